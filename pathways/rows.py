"""Certificates as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .frozen import read
from .models import Certificate
from .showing import heading_of


@dataclass(frozen=True)
class Row:
    """One certificate: what it is about, and whether it counts."""

    certificate: Certificate
    heading: str
    valid_until: date | None
    tag: str
    shape: str


def rows_of(certificates: Iterable[Certificate]) -> list[Row]:
    """The lines, without a query."""
    return [row_of(certificate, timezone.localdate()) for certificate in certificates]


def row_of(certificate: Certificate, on: date) -> Row:
    """One line."""
    until = read(certificate.content).last_day
    tag, shape = _("Counts"), "done"
    if certificate.is_revoked:
        tag, shape = _("Revoked"), "stop"
    elif until and until < on:
        tag, shape = _("Has run out"), "later"
    return Row(certificate, heading_of(certificate), until, tag, shape)
