"""Whom a person could talk to: those who coordinate where they belong and where they visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from partnerships.models import Trip, TripMember
from people.models import Membership, Role, Supervision, User


@dataclass(frozen=True)
class Listener:
    """Somebody to write to, and where they work."""

    name: str
    email: str
    places: list[str]


def listeners_of(user: User, *, at: datetime) -> list[Listener]:
    """Coordinators of the person's institutions and visits, in four queries.

    Never somebody who is their mentor: who reads what they write is not asked to carry this too.
    """
    on = at.astimezone(user.zone).date()
    mentors = Supervision.objects.filter(learner=user).valid(on).values("supervisor")
    rows = (
        Membership.objects.filter(institution__in=places_of(user, on), role=Role.COORDINATOR)
        .valid(on)
        .filter(user__is_active=True)
        .exclude(user=user)
        .exclude(user__in=mentors)
        .select_related("user", "institution")
        .order_by("user__display_name", "institution__name")
    )
    found: dict[int, Listener] = {}
    for row in rows:
        person = row.user
        one = found.setdefault(person.pk, Listener(person.display_name, person.email, []))
        one.places.append(row.institution.name)
    return list(found.values())


def places_of(user: User, on: date) -> set[int]:
    """The ids of the institutions that the person belongs to or visits."""
    own = set(
        Membership.objects.filter(user=user).valid(on).values_list("institution_id", flat=True)
    )
    parts = TripMember.objects.for_user(user).standing().exclude(trip__status=Trip.Status.CLOSED)
    sides = parts.values_list("trip__partnership__first", "trip__partnership__second")
    return own | {place for pair in sides for place in pair}
