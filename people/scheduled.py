"""What the clock does for people: due mails, letters that wait, roles that have run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from .models import Invitation, Role, User
from .notices import send_due
from .workflow import EDITORS, keep_groups_in_step, try_to_mail

AT_ONCE = 200
TRY_FOR = timedelta(days=1)


def mail_notices(at: datetime) -> None:
    """Notices whose hour has come."""
    send_due(at)


def mail_invitations(at: datetime) -> None:
    """Letters of a roster, and for a day those that the mail server refused before."""
    waiting = Invitation.objects.to_mail(at).filter(invited_at__gt=at - TRY_FOR)
    for invitation in waiting.select_related("institution", "invited_by")[:AT_ONCE]:
        try_to_mail(invitation, at=at)


def tidy_roles(at: datetime) -> None:
    """Editors whose role has ended leave their group; who begins today joins it."""
    on = at.date()
    ended = User.objects.filter(groups__name__startswith=EDITORS)
    begun = User.objects.filter(memberships__role=Role.EDITOR, memberships__since=on)
    for user in (ended | begun).distinct():
        keep_groups_in_step(user, on=on)


TASKS: list[Callable[[datetime], None]] = [mail_notices, mail_invitations, tidy_roles]
