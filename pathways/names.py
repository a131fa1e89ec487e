"""What others see of a person's name."""

from __future__ import annotations

from people.models.user import TITLES

from .models import Certificate

Shown = Certificate.Shown


def initials(name: str) -> str:
    """A. S. for Dr Amina Said: titles are not part of a name."""
    words = [word for word in name.split() if word.lower().rstrip(".") not in TITLES]
    return " ".join(f"{word[0].upper()}." for word in words or name.split())


def public_name(certificate: Certificate) -> str:
    """As the owner chose; nothing where they chose that."""
    if certificate.shown == Shown.FULL:
        return certificate.name
    return initials(certificate.name) if certificate.shown == Shown.INITIALS else ""
