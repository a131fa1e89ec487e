"""What Bothways knows about a person, and what is left when they go (DESIGN §4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .audit import sentence
from .models import Acceptance, AuditEvent, Invitation, Membership, Notice, Supervision, User
from .workflow import keep_groups_in_step


def export_for(user: User) -> dict[str, Any]:
    """Everything in this room about the person, as JSON holds it."""
    return {
        "profile": {
            "name": user.display_name,
            "email": user.email,
            "language": user.language,
            "time_zone": user.time_zone,
            "joined": user.joined_at.isoformat(),
            "second_step": Authenticator.objects.filter(user=user).exists(),
        },
        "roles": [role_of(row) for row in user.memberships.with_places()],  # type: ignore[attr-defined]
        "supervisions": [pair_of(row) for row in pairs_of(user)],
        "invitations": [
            {"role": row.role, "institution": row.institution.name, "invited": day(row.invited_at)}
            for row in Invitation.objects.filter(Q(accepted_by=user) | Q(email=user.email))
            .select_related("institution")
            .distinct()
        ],
        "notices": [
            {"subject": row.subject, "text": row.body, "at": day(row.created_at)}
            for row in Notice.objects.for_user(user)
        ],
        "accepted_texts": [
            {"text": str(row.policy), "at": day(row.accepted_at)}
            for row in Acceptance.objects.filter(user=user).select_related("policy")
        ],
        "log": [
            {"at": day(event.at), "what": sentence(event)}
            for event in AuditEvent.objects.filter(Q(actor=user) | Q(subject=user)).select_related(
                "actor", "subject", "institution"
            )
        ],
    }


def day(at: datetime) -> str:
    """A stamp as text."""
    return at.isoformat()


def role_of(row: Membership) -> dict[str, Any]:
    """One membership."""
    return {
        "role": row.role,
        "institution": row.institution.name,
        "programme": row.programme.name if row.programme else None,
        "cohort": row.cohort.year if row.cohort else None,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
    }


def pairs_of(user: User) -> Any:
    """The supervisions on either side."""
    both = Supervision.objects.filter(Q(learner=user) | Q(supervisor=user))
    return both.select_related("learner", "supervisor")


def pair_of(row: Supervision) -> dict[str, Any]:
    """One supervision."""
    return {
        "supervisor": row.supervisor.display_name,
        "learner": row.learner.display_name,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
    }


@transaction.atomic
def erase(user: User, *, at: datetime | None = None) -> None:
    """Leave a tombstone: no name, no address, no way in. A second time changes nothing.

    Roles and supervisions end but stay, because visits and the ledger point at them.
    """
    at = at or timezone.now()
    last = at.date() - timedelta(days=1)
    row = User.objects.select_for_update().get(pk=user.pk)
    scrub_invitations(row)
    Notice.objects.filter(user=row).delete()
    Acceptance.objects.filter(user=row).delete()
    EmailAddress.objects.filter(user=row).delete()
    Authenticator.objects.filter(user=row).delete()
    for rows in (Membership.objects.filter(user=row), pairs_of(row).order_by()):
        open_rows = rows.filter(Q(until=None) | Q(until__gt=last))
        open_rows.filter(since__gt=last).update(since=last)
        open_rows.update(until=last)
    row.user_permissions.clear()
    keep_groups_in_step(row, on=at.date())
    row.email = f"{row.public_id}@former.invalid"
    row.display_name = _("former member")
    row.is_active = row.is_superuser = False
    row.set_unusable_password()
    row.save()


def scrub_invitations(user: User) -> None:
    """Letters to this person keep neither name nor address; open ones are withdrawn."""
    rows = Invitation.objects.filter(Q(accepted_by=user) | Q(email=user.email))
    now = timezone.now()
    rows.filter(answered_at=None, withdrawn_at=None).update(withdrawn_at=now)
    rows.update(email=f"{user.public_id}@former.invalid", display_name=_("former member"))
