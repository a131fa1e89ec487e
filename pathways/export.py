"""What this room knows about a person, and what is left when they go (DESIGN §4)."""

from __future__ import annotations

from typing import Any

from people.models import User

from .models import Certificate, Enrolment
from .papers import forget
from .showing import check_address


def export_for(user: User) -> dict[str, Any]:
    """Everything in this room about the person, as JSON holds it."""
    return {
        "certificates": [certificate_of(row) for row in Certificate.objects.visible_to(user)],
        "pathways": [
            {"pathway": row.pathway.title, "since": row.enrolled_at.isoformat()}
            for row in Enrolment.objects.filter(trip_member__user=user).select_related("pathway")
        ],
    }


def certificate_of(row: Certificate) -> dict[str, Any]:
    """One certificate with all that it says."""
    return {
        "code": row.printed_code,
        "address": check_address(row),
        "name": row.name,
        "others_see": row.shown,
        "issued": row.issued_at.isoformat(),
        "revoked": row.revoked_at.isoformat() if row.revoked_at else None,
        "reason": row.revocation_reason,
        **row.content,
    }


def erase(user: User) -> None:
    """Certificates stay, named, until the institution's retention ends: others rely on them.

    The PDFs go; nobody could fetch them any more. A second time changes nothing.
    """
    for certificate in Certificate.objects.visible_to(user):
        forget(certificate)
