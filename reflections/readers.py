"""Who would read an entry: named before writing starts, resolved again when it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnerships.models import TripMember
from people.models import Membership, Role, Supervision, User

from .models import Entry, Reading


@dataclass(frozen=True)
class Reader:
    """One person who would read, and on which right."""

    user: User
    right: str


def mentors_of(author: User, on: date) -> list[User]:
    """Supervisors of today."""
    rows = Supervision.objects.filter(learner=author).valid(on).select_related("supervisor")
    return [row.supervisor for row in rows if row.supervisor.is_active]


def reviewers_of(author: User, member: TripMember | None, on: date) -> list[User]:
    """Reviewers of the author's institution: first those who supervise the author, else all.

    A reviewer bound to another programme than the author's is not asked.
    """
    home = member.membership if member else own_membership(author, on)
    if home is None:
        return []
    rows = (
        Membership.objects.filter(institution_id=home.institution_id, role=Role.REVIEWER)
        .valid(on)
        .select_related("user")
        .order_by("user__display_name")
    )
    fitting = [
        row.user
        for row in rows
        if row.user.is_active
        and row.user_id != author.pk
        and (row.programme_id is None or row.programme_id == home.programme_id)
    ]
    mentors = {user.pk for user in mentors_of(author, on)}
    return [user for user in fitting if user.pk in mentors] or fitting


def own_membership(author: User, on: date) -> Membership | None:
    """Where the author learns, when no visit says it."""
    return (
        Membership.objects.for_user(author).valid(on).order_by("-since").filter(role=Role.LEARNER)
    ).first() or Membership.objects.for_user(author).valid(on).order_by("-since").first()


def hosts_of(author: User, member: TripMember | None) -> list[User]:
    """Host supervisors of the visit."""
    if member is None:
        return []
    rows = TripMember.objects.filter(
        trip_id=member.trip_id, part__in=TripMember.HOST_PARTS, withdrawn_on=None
    ).select_related("user")
    return [row.user for row in rows if row.user.is_active and row.user_id != author.pk]


def named(author: User, member: TripMember | None, on: date) -> dict[str, list[User]]:
    """The people behind each choice of readers."""
    return {
        Reading.Right.MENTOR: mentors_of(author, on),
        Reading.Right.REVIEWER: reviewers_of(author, member, on),
        Reading.Right.HOST: hosts_of(author, member),
    }


def readers_of(entry: Entry, on: date) -> list[Reader]:
    """Who reads this entry today, each once; a rubric's right goes before a mentor's."""
    people = named(entry.author, entry.trip_member, on)
    chosen: list[tuple[str, Iterable[User]]] = []
    if entry.for_reviewers:
        chosen.append((Reading.Right.REVIEWER, people[Reading.Right.REVIEWER]))
    if entry.for_hosts:
        chosen.append((Reading.Right.HOST, people[Reading.Right.HOST]))
    if entry.for_mentor:
        chosen.append((Reading.Right.MENTOR, people[Reading.Right.MENTOR]))
    once: dict[int, Reader] = {}
    for right, users in chosen:
        for user in users:
            once.setdefault(user.pk, Reader(user, right))
    return list(once.values())
