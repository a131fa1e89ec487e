"""The people whose pages are measured, and the trip that joins them. Built first."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from bench.cases import Case, Size
from partnerships.models import Partnership, Trip, TripMember
from people.models import Institution, Membership, Role, Supervision, User

ROLES = {
    "resident": [Role.LEARNER],
    "reviewer": [Role.REVIEWER],
    "coordinator": [Role.COORDINATOR, Role.REVIEWER],
    "editor": [Role.EDITOR],
}


def person(name: str) -> User:
    """A person of the bench, by name."""
    return User.objects.get(email=f"{name}@bench.example")


def make_institution(name: str) -> Institution:
    """One side of the partnership."""
    return Institution.objects.create(
        slug=name.lower(), name=f"{name} Hospital", short_name=name, time_zone="UTC"
    )


def build(size: Size) -> None:
    """Two institutions, a trip under way, `size.people` learners who took part, and staff."""
    today = timezone.now().date()
    home, host = make_institution("Home"), make_institution("Host")
    names = [*ROLES, *(f"learner{number}" for number in range(size.people))]
    User.objects.bulk_create(
        [User(email=f"{name}@bench.example", display_name=name, password="!") for name in names]
    )
    users = {user.display_name: user for user in User.objects.all()}
    Membership.objects.bulk_create(
        Membership(user=users[name], institution=home, role=role, since=date(2020, 1, 1))
        for name in names
        for role in ROLES.get(name, [Role.LEARNER])
    )
    first, second = sorted([home, host], key=lambda place: place.pk)
    trip = Trip.objects.create(
        partnership=Partnership.objects.create(
            slug="bench", first=first, second=second, since=date(2020, 1, 1)
        ),
        host=host,
        purpose="Bench",
        starts=today - timedelta(days=10),
        ends=today + timedelta(days=10),
        status=Trip.Status.AGREED,
    )
    learners = Membership.objects.filter(role=Role.LEARNER)
    TripMember.objects.bulk_create(
        TripMember(
            trip=trip,
            user_id=membership.user_id,
            membership=membership,
            part=TripMember.Part.RESIDENT,
            departs=trip.starts,
            returns=trip.ends,
        )
        for membership in learners
    )
    Supervision.objects.bulk_create(
        Supervision(supervisor=users["reviewer"], learner_id=pk, since=date(2020, 1, 1))
        for pk in learners.values_list("user_id", flat=True)[:20]
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
