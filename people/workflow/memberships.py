"""Roles in an institution, and who supervises whom: given, ended, never deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..audit import Kind, record
from ..models import Cohort, Institution, Membership, Programme, Role, Supervision, User
from ..notices import notify
from .groups import keep_groups_in_step


class NotPossible(Exception):
    """The change does not fit the state of things; the text is a sentence for the person."""


@transaction.atomic
def grant(
    user: User,
    institution: Institution,
    role: str,
    *,
    at: datetime,
    by: User | None = None,
    programme: Programme | None = None,
    cohort: Cohort | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Membership:
    """Give a role from `since` (today, if not said). Who holds it already keeps the first row."""
    Institution.objects.select_for_update().get(pk=institution.pk)
    first = since or at.date()
    held = Membership.objects.for_user(user).filter(institution=institution, role=role)
    found = held.filter(Q(until=None) | Q(until__gte=at.date())).first()
    if found:
        return found
    made = Membership.objects.create(
        user=user,
        institution=institution,
        role=role,
        programme=cohort.programme if cohort and programme is None else programme,
        cohort=cohort,
        since=first,
        until=until,
    )
    keep_groups_in_step(user, on=at.date())
    record(Kind.ROLE_GRANTED, at=at, actor=by, subject=user, institution=institution, detail=role)
    return made


@transaction.atomic
def revoke(membership: Membership, *, at: datetime, by: User | None = None) -> None:
    """End a role at once: yesterday was its last day. Ending it twice changes nothing."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    last = at.date() - timedelta(days=1)
    if row.until is not None and row.until <= last:
        return
    if row.role == Role.COORDINATOR and not _another_coordinator(row, on=at.date()):
        raise NotPossible(
            _("An institution needs a coordinator. Give somebody else the role first.")
        )
    row.until, row.since = last, min(row.since, last)
    row.save(update_fields=["until", "since"])
    membership.until, membership.since = row.until, row.since
    _end_what_hung_on_it(row, at=at, by=by)
    keep_groups_in_step(row.user, on=at.date())
    record(
        Kind.ROLE_REVOKED,
        at=at,
        actor=by,
        subject=row.user,
        institution=row.institution,
        detail=row.role,
    )


def _another_coordinator(membership: Membership, *, on: date) -> bool:
    """Whether the institution still has a coordinator without this row."""
    return (
        Membership.objects.filter(institution=membership.institution, role=Role.COORDINATOR)
        .valid(on)
        .exclude(user=membership.user)
        .exists()
    )


def _end_what_hung_on_it(row: Membership, *, at: datetime, by: User | None) -> None:
    """Who no longer reviews or learns anywhere supervises, or is supervised, no longer."""
    if row.role not in {Role.REVIEWER, Role.LEARNER}:
        return
    elsewhere = Membership.objects.for_user(row.user).valid(at.date()).filter(role=row.role)
    if elsewhere.exists():
        return
    side = "supervisor" if row.role == Role.REVIEWER else "learner"
    for supervision in Supervision.objects.filter(**{side: row.user}).valid(at.date()):
        end_supervision(supervision, at=at, by=by)


@transaction.atomic
def change_cohort(
    membership: Membership,
    *,
    programme: Programme | None,
    cohort: Cohort | None,
    at: datetime,
    by: User,
) -> None:
    """Move somebody to another programme or cohort of the same institution."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    programme = cohort.programme if cohort else programme
    if (row.programme, row.cohort) == (programme, cohort):
        return
    row.programme, row.cohort = programme, cohort
    row.save(update_fields=["programme", "cohort"])
    record(
        Kind.SETTING,
        at=at,
        actor=by,
        subject=row.user,
        institution=row.institution,
        detail="cohort",
    )


@transaction.atomic
def supervise(
    supervisor: User,
    learner: User,
    *,
    at: datetime,
    by: User | None = None,
    since: date | None = None,
) -> Supervision:
    """Name a mentor. Both are told; the learner still chooses who reads what."""
    if supervisor == learner:
        raise NotPossible(_("Nobody supervises themselves. Choose another person."))
    User.objects.select_for_update().get(pk=learner.pk)
    pair = Supervision.objects.filter(supervisor=supervisor, learner=learner)
    found = pair.filter(Q(until=None) | Q(until__gte=at.date())).first()
    if found:
        return found
    made = Supervision.objects.create(
        supervisor=supervisor, learner=learner, since=since or at.date()
    )
    _record_supervision(made, "begun", at=at, by=by)
    key = f"supervision-{made.public_id}"
    for user, subject, other in (
        (learner, gettext_lazy("{name} is your mentor from today"), supervisor),
        (supervisor, gettext_lazy("You are mentor of {name} from today"), learner),
    ):
        notify(
            user,
            "supervision",
            f"{key}-{user.pk}",
            format_lazy(subject, name=other.display_name),
            gettext_lazy("What a mentor reads is chosen by the writer, entry by entry."),
            "/me/",
            at,
        )
    return made


@transaction.atomic
def end_supervision(supervision: Supervision, *, at: datetime, by: User | None = None) -> None:
    """End a supervision at once. Ending it twice changes nothing."""
    row = Supervision.objects.select_for_update().get(pk=supervision.pk)
    last = at.date() - timedelta(days=1)
    if row.until is not None and row.until <= last:
        return
    row.until, row.since = last, min(row.since, last)
    row.save(update_fields=["until", "since"])
    _record_supervision(row, "ended", at=at, by=by)


def _record_supervision(row: Supervision, detail: str, *, at: datetime, by: User | None) -> None:
    """One line, in the log of the learner's institution."""
    place = (
        Institution.objects.filter(
            memberships__in=Membership.objects.for_user(row.learner)
            .valid(at.date())
            .filter(role=Role.LEARNER)
        )
        .order_by("pk")
        .first()
    )
    record(Kind.SUPERVISION, at=at, actor=by, subject=row.learner, institution=place, detail=detail)
