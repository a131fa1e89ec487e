"""The way in: a role is offered to an address, and accepted, declined, withdrawn or run out.

The link holds 32 random bytes; the table keeps their SHA-256 only, so that a copy of the
database opens no door. A letter that could not be sent is sent again with a new token.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..audit import Kind, record
from ..models import Cohort, Institution, Invitation, Membership, Programme, User
from ..notices import notify
from .memberships import NotPossible, grant

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LASTS = timedelta(days=14)
NOT_AGAIN_BEFORE = timedelta(minutes=1)

log = logging.getLogger(__name__)


class HasAccount(NotPossible):
    """Somebody has an account with this address already: they sign in to accept."""


@dataclass(frozen=True)
class Wanted:
    """Who is asked to be what."""

    email: str
    display_name: str
    institution: Institution
    role: str
    programme: Programme | None = None
    cohort: Cohort | None = None


@dataclass(frozen=True)
class NewPerson:
    """What somebody says about themselves when they accept for the first time."""

    display_name: str
    password: str
    language: str
    time_zone: str


def hash_of(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation whose link holds this token, in whatever state; None for a wrong one."""
    wanted = hash_of(token)
    found = (
        Invitation.objects.filter(token_hash=wanted)
        .select_related("institution", "programme", "cohort", "invited_by")
        .first()
    )
    return found if found and hmac.compare_digest(found.token_hash, wanted) else None


@transaction.atomic
def invite(wanted: Wanted, *, by: User, at: datetime, mail_now: bool = True) -> Invitation | None:
    """Offer a role. None: the person holds it already. An open offer is found, not doubled.

    With `mail_now=False` the clock sends the letter, so that a long roster is quick.
    """
    email = wanted.email.strip().lower()
    place = Institution.objects.select_for_update().get(pk=wanted.institution.pk)
    roles = Membership.objects.valid(at.date()).filter(institution=place, role=wanted.role)
    if roles.filter(user__email=email).exists():
        return None
    same = Invitation.objects.filter(
        email=email, institution=place, role=wanted.role, answered_at=None, withdrawn_at=None
    )
    found = same.first()
    if found:
        if not found.is_open(at):
            resend_invitation(found, by=by, at=at, mail_now=mail_now)
        return found
    cohort, programme = wanted.cohort, wanted.programme
    made = Invitation.objects.create(
        email=email,
        display_name=wanted.display_name,
        institution=place,
        programme=cohort.programme if cohort else programme,
        cohort=cohort,
        role=wanted.role,
        invited_by=by,
        token_hash=hash_of(secrets.token_urlsafe(32)),
        invited_at=at,
        expires_at=at + LASTS,
    )
    record(Kind.INVITED, at=at, actor=by, institution=place, detail=wanted.role)
    if mail_now:
        transaction.on_commit(lambda: try_to_mail(made, at=at))
    return made


def try_to_mail(invitation: Invitation, *, at: datetime) -> bool:
    """Send the letter; where the mail server fails, the clock tries again."""
    try:
        mail_invitation(invitation, at=at)
    except OSError:
        log.exception("invitation %s waits for the mail server", invitation.public_id)
        return False
    return True


def mail_invitation(invitation: Invitation, *, at: datetime) -> None:
    """Send the letter with a fresh token; an older link stops working."""
    token = secrets.token_urlsafe(32)
    rows = Invitation.objects.filter(pk=invitation.pk)
    rows.update(token_hash=hash_of(token))
    letter(invitation, token).send()
    rows.update(mailed_at=at)


def letter(invitation: Invitation, token: str) -> EmailMessage:
    """The invitation as a plain mail. An answer goes to the person who invites.

    In the reader's language where they have an account, else in that of the person who invites.
    """
    context = {
        "invitation": invitation,
        "link": settings.BASE_URL + reverse("people:join", args=[token]),
    }
    known = User.objects.filter(email=invitation.email).first()
    with translation.override((known or invitation.invited_by).language):
        body = render_to_string("people/mail/invitation.txt", context)
        subject = render_to_string("people/mail/invitation_subject.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[invitation.email],
        reply_to=[invitation.invited_by.email],
    )


@transaction.atomic
def resend_invitation(
    invitation: Invitation, *, by: User, at: datetime, mail_now: bool = True
) -> None:
    """A new letter with a new link, good for another 14 days. The old link stops working."""
    row = _locked(invitation)
    if row.answered_at or row.withdrawn_at:
        raise NotPossible(_("This invitation is answered or withdrawn; write a new one."))
    if at - (row.mailed_at or row.invited_at) < NOT_AGAIN_BEFORE:
        return  # a letter has just gone out, or is on its way
    row.invited_at, row.expires_at, row.mailed_at = at, at + LASTS, None
    row.save(update_fields=["invited_at", "expires_at", "mailed_at"])
    record(Kind.INVITED, at=at, actor=by, institution=row.institution, detail="resent")
    if mail_now:
        transaction.on_commit(lambda: try_to_mail(row, at=at))


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Take the offer back. A second time changes nothing."""
    row = _locked(invitation)
    if row.withdrawn_at:
        return
    if row.answered_at:
        raise NotPossible(_("This invitation is answered. End the role on the page of the person."))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    record(Kind.INVITED, at=at, actor=by, institution=row.institution, detail="withdrawn")


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User, at: datetime) -> Membership:
    """The person who has this address takes the role. A second time finds the first answer."""
    row = _locked(invitation)
    if row.accepted_by_id == user.pk:
        return grant_offered(row, user, at=at)
    _must_be_open(row, at)
    if user.email.lower() != row.email:
        raise NotPossible(_("This invitation was written to another address."))
    row.answered_at, row.accepted_by = at, user
    row.save(update_fields=["answered_at", "accepted_by"])
    record(
        Kind.INVITATION_ANSWERED,
        at=at,
        actor=user,
        subject=user,
        institution=row.institution,
        detail=row.role,
    )
    _tell_inviter(row, gettext_lazy("{name} has accepted your invitation"), at=at)
    return grant_offered(row, user, at=at)


@transaction.atomic
def accept_as_new(invitation: Invitation, person: NewPerson, *, at: datetime) -> User:
    """Somebody without an account makes one and takes the role. The address counts as proven."""
    row = _locked(invitation)
    _must_be_open(row, at)
    if User.objects.filter(email=row.email).exists():
        raise HasAccount(_("This address has an account. Sign in to accept."))
    user = User.objects.create_user(
        row.email,
        person.password,
        display_name=person.display_name,
        language=person.language,
        time_zone=person.time_zone,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept_invitation(row, user=user, at=at)
    return user


@transaction.atomic
def decline_invitation(invitation: Invitation, *, at: datetime) -> None:
    """The person says no. A second time changes nothing."""
    row = _locked(invitation)
    if row.answered_at and row.accepted_by_id is None:
        return
    _must_be_open(row, at)
    row.answered_at = at
    row.save(update_fields=["answered_at"])
    record(Kind.INVITATION_ANSWERED, at=at, institution=row.institution, detail="declined")
    _tell_inviter(row, gettext_lazy("{name} has declined your invitation"), at=at)


def grant_offered(row: Invitation, user: User, *, at: datetime) -> Membership:
    """The role that the invitation offers."""
    return grant(
        user,
        row.institution,
        row.role,
        at=at,
        by=row.invited_by,
        programme=row.programme,
        cohort=row.cohort,
    )


def _locked(invitation: Invitation) -> Invitation:
    """The row as it stands now, held until the act is done."""
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("institution", "programme", "cohort", "invited_by")
        .get(pk=invitation.pk)
    )


def _must_be_open(row: Invitation, at: datetime) -> None:
    if row.withdrawn_at:
        raise NotPossible(_("This invitation has been withdrawn."))
    if row.answered_at:
        raise NotPossible(_("This link has been used."))
    if not row.is_open(at):
        raise NotPossible(_("This link has run out. Ask for a new one."))


def _tell_inviter(row: Invitation, subject: _StrPromise, *, at: datetime) -> None:
    notify(
        row.invited_by,
        "invitation",
        f"invitation-{row.public_id}",
        format_lazy(subject, name=row.display_name),
        format_lazy("{}, {}", row.institution.name, row.get_role_display()),
        reverse("people:invitations"),
        at,
    )
