"""Editions ready for reading: drawn once, kept in this process by the hash of their content."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language

from publishing.models import Edition

from .rendering import Lesson, draw

KEPT = 200


def read_edition(edition: Edition) -> Lesson:
    """The lesson of an edition in the reader's interface language."""
    return _drawn(edition.pk, edition.content_hash, get_language() or "")


@lru_cache(maxsize=KEPT)
def _drawn(pk: int, content_hash: str, language: str) -> Lesson:
    """What is drawn from a frozen copy never changes: the copy does not."""
    return draw(Edition.objects.get(pk=pk).read())
