"""What the templates of certificates are given: one frozen dataclass a page."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .frozen import Content, read
from .models import Certificate


@dataclass(frozen=True)
class Sheet:
    """The certificate itself, on a screen, on paper or in a PDF."""

    certificate: Certificate
    content: Content
    address: str
    qr: SafeString


def sheet_of(certificate: Certificate) -> Sheet:
    """Everything that stands on it."""
    address = check_address(certificate)
    return Sheet(certificate, read(certificate.content), address, qr_of(address))


def check_address(certificate: Certificate) -> str:
    """Where anybody can check it."""
    return settings.BASE_URL + reverse("pathways:check", args=[certificate.printed_code])


def qr_of(address: str) -> SafeString:
    """The address as a picture: black on white, whatever the scheme of the screen."""
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=2, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(svg)  # drawn by segno from an address of ours


def heading_of(certificate: Certificate) -> str:
    """What it is about, in one line."""
    if certificate.is_of_visit:
        return _("Required modules, before a visit to %(place)s") % {"place": certificate.title}
    return certificate.title
