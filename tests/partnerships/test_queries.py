"""Pages about partnerships and trips cost the same for a few visits and for many."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership, Trip, TripMember
from partnerships.workflow import Part, join_trip
from people.models import Institution, Role, Supervision, User
from tests.conftest import join, make_person
from tests.queries import assert_same_at_two_sizes

pytestmark = pytest.mark.django_db
MOST = 8


def more_trips(partnership: Partnership, count: int = 8) -> None:
    """Visits in both directions, in all states, one of them under way."""
    for number in range(count):
        Trip.objects.create(
            partnership=partnership,
            host=partnership.sides[number % 2],
            purpose=f"Visit {number}",
            starts=date(2026, 1 + number % 12, 1),
            ends=date(2026, 1 + number % 12, 20),
            status=list(Trip.Status)[number % len(Trip.Status)],
            proposed_by=partnership.sides[0],
        )


def more_partners(own: Institution, count: int = 6) -> None:
    """Partners, each with a visit."""
    for number in range(count):
        partner = Institution.objects.create(
            slug=f"partner-{number}",
            name=f"Partner {number}",
            short_name=f"Partner {number}",
            time_zone="UTC",
        )
        first, second = sorted([own, partner], key=lambda place: place.pk)
        made = Partnership.objects.create(
            slug=f"pair-{number}",
            first=first,
            second=second,
            since=date(2024, 1, 1),
            proposed_by=partner,
        )
        more_trips(made, 1)


def more_members(trip: Trip, home: Institution, mentor: User, count: int = 8) -> None:
    """Visitors, each with a mentor."""
    for number in range(count):
        person = make_person(f"visitor{number}")
        membership = join(person, home, Role.LEARNER)
        join_trip(trip, membership, Part("resident", trip.starts, trip.ends))
        Supervision.objects.create(supervisor=mentor, learner=person, since=date(2025, 1, 1))


def test_trips(client: Client, ruth: User, trip: Trip, partnership: Partnership) -> None:
    assert_same_at_two_sizes(
        client,
        ruth,
        reverse("partnerships:trip_list"),
        lambda: more_trips(partnership),
        most=MOST,
    )


def test_partnerships(
    client: Client, ruth: User, partnership: Partnership, harrow_lake: Institution
) -> None:
    assert_same_at_two_sizes(
        client,
        ruth,
        reverse("partnerships:partnership_list"),
        lambda: more_partners(harrow_lake),
        most=MOST,
    )


@pytest.mark.parametrize("who", ["ruth", "neema", "amara"])
def test_one_partnership(
    client: Client,
    who: str,
    request: pytest.FixtureRequest,
    trip: Trip,
    partnership: Partnership,
) -> None:
    assert_same_at_two_sizes(
        client,
        request.getfixturevalue(who),
        reverse("partnerships:partnership_detail", args=[partnership.slug]),
        lambda: more_trips(partnership),
        most=MOST,
    )


@pytest.mark.parametrize("who", ["ruth", "neema", "amara"])
def test_one_trip(
    client: Client,
    who: str,
    request: pytest.FixtureRequest,
    trip: Trip,
    amara_part: TripMember,
    neema_part: TripMember,
    dr_osei: User,
    harrow_lake: Institution,
) -> None:
    assert_same_at_two_sizes(
        client,
        request.getfixturevalue(who),
        reverse("partnerships:trip_detail", args=[trip.public_id]),
        lambda: more_members(trip, harrow_lake, dr_osei),
        most=MOST,
    )
