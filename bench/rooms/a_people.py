"""The people whose pages are measured, and the visits that join them. Built first."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from bench.cases import Case, Size
from partnerships.models import Partnership, Trip, TripMember
from pathways.models import Enrolment
from pathways.workflow import load_default_pathway
from people.models import Acceptance, Institution, Membership, Policy, Role, Supervision, User
from people.policies import load_policies

ROLES: dict[str, list[Role]] = {
    "resident": [Role.LEARNER],
    "reviewer": [Role.REVIEWER],
    "coordinator": [Role.COORDINATOR],
    "editor": [Role.EDITOR],
    "host": [Role.REVIEWER],
    "admin": [],
}
BY_VISIT = 20  # visitors of one trip
SINCE = date(2020, 1, 1)


def person(name: str) -> User:
    """A person of the bench, by name."""
    return User.objects.get(email=f"{name}@bench.example")


def make_institution(name: str) -> Institution:
    """One side of the partnership."""
    return Institution.objects.create(
        slug=name.lower(), name=f"{name} Hospital", short_name=name, time_zone="UTC"
    )


def make_people(size: Size, home: Institution, host: Institution) -> list[Membership]:
    """Staff and learners with their roles; the memberships of the learners."""
    names = [*ROLES, *(f"learner{number}" for number in range(size.people))]
    User.objects.bulk_create(
        User(
            email=f"{name}@bench.example",
            display_name=name,
            password="!",
            is_superuser=name == "admin",
        )
        for name in names
    )
    users = {user.display_name: user for user in User.objects.all()}
    load_policies(at=timezone.now())
    Acceptance.objects.bulk_create(
        Acceptance(user=users[name], policy=policy, accepted_at=timezone.now())
        for policy in Policy.objects.all()
        for name in ROLES
    )
    Membership.objects.bulk_create(
        Membership(
            user=users[name], institution=host if name == "host" else home, role=role, since=SINCE
        )
        for name in names
        for role in ROLES.get(name, [Role.LEARNER])
    )
    return list(Membership.objects.filter(role=Role.LEARNER).order_by("pk"))


def make_visit(partnership: Partnership, host: Institution, number: int) -> Trip:
    """The first is under way, the second is ahead, all others are over."""
    today = timezone.now().date()
    days = {0: -10, 1: 10}.get(number, -30 * number)
    return Trip.objects.create(
        partnership=partnership,
        host=host,
        purpose=f"Visit {number}",
        starts=today + timedelta(days=days),
        ends=today + timedelta(days=days + 20),
        status=Trip.Status.AGREED if number < 2 else Trip.Status.CLOSED,
    )


def take_part(trip: Trip, members: list[Membership], part: str) -> list[TripMember]:
    """Everybody takes part from the first to the last day."""
    return TripMember.objects.bulk_create(
        TripMember(
            trip=trip,
            user_id=membership.user_id,
            membership=membership,
            part=part,
            departs=trip.starts,
            returns=trip.ends,
        )
        for membership in members
    )


def build(size: Size) -> None:
    """Two institutions, their people, and visits of twenty people each."""
    home, host = make_institution("Home"), make_institution("Host")
    learners = make_people(size, home, host)
    first, second = sorted([home, host], key=lambda place: place.pk)
    partnership = Partnership.objects.create(
        slug="bench", first=first, second=second, since=SINCE, agreed_on=SINCE
    )
    pathway = load_default_pathway()
    receives = Membership.objects.filter(institution=host)
    for number, start in enumerate(range(0, len(learners), BY_VISIT)):
        trip = make_visit(partnership, host, number)
        parts = take_part(trip, learners[start : start + BY_VISIT], TripMember.Part.RESIDENT)
        Enrolment.objects.bulk_create(Enrolment(trip_member=p, pathway=pathway) for p in parts)
        take_part(trip, list(receives), TripMember.Part.HOST_SUPERVISOR)
    Supervision.objects.bulk_create(
        Supervision(supervisor=person("reviewer"), learner_id=row.user_id, since=SINCE)
        for row in learners[:BY_VISIT]
    )


def dashboard_of(name: str) -> Case:
    """The dashboard as this person sees it."""
    return Case(
        f"dashboard, {name}", lambda: "/dashboard/", lambda: person(name), queries=16, ratio=8
    )


CASES = [
    Case("front page", lambda: "/", lambda: None, queries=2, ratio=8),
    *[dashboard_of(name) for name in ROLES],
]
