"""Whoever a change of a visit concerns is told of it, once, and not of their own act."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from partnerships.models import Partnership, Trip, TripMember
from partnerships.workflow import Part, cancel_trip, join_trip, withdraw_from_trip
from people.models import Institution, Notice, Role, User
from people.notices import MAIL_WAITS, send_due
from tests.partnerships.test_trips import agreed, post, proposal

__all__ = ["agreed"]
pytestmark = pytest.mark.django_db
PART = {"part": "resident", "departs": "2026-06-06", "returns": "2026-07-04"}


@pytest.fixture
def host_coordinator(neema: User, kilimari: Institution) -> User:
    """Whoever coordinates at Kilimari is Dr Neema."""
    assert neema.memberships.filter(institution=kilimari, role=Role.COORDINATOR).exists()
    return neema


def told(person: User) -> list[str]:
    """What stands on the person's notices page, oldest first."""
    rows = Notice.objects.standing_for(person).order_by("pk")
    return [f"{row.subject} | {row.body}" for row in rows]


def test_other_side_is_told_of_a_proposed_visit_and_the_proposer_of_the_answer(
    client: Client, agreed: Partnership, kilimari: Institution, ruth: User, host_coordinator: User
) -> None:
    post(client, ruth, "trip_new", **proposal(agreed, kilimari))
    assert told(host_coordinator) == [
        "Harrow Lake University Hospital proposes a visit"
        " | Co-teach the recovery-room course, 8 June 2027 to 3 July 2027."
    ]
    assert told(ruth) == []

    post(client, host_coordinator, "trip_agree", Trip.objects.get().public_id)

    assert [line.split(" | ")[0] for line in told(ruth)] == [
        "The visit that you proposed is agreed"
    ]


def test_both_sides_hear_of_a_partnership(
    client: Client, harrow_lake: Institution, kilimari: Institution, ruth: User, neema: User
) -> None:
    data = {"own": harrow_lake.pk, "partner": kilimari.pk, "since": "2027-01-01", "agreement": ""}
    post(client, ruth, "partnership_new", **data)
    assert "Harrow Lake University Hospital proposes a partnership" in told(neema)[0]

    post(client, neema, "partnership_agree", Partnership.objects.get().slug)

    assert "Kilimari Regional Referral Hospital agreed to the partnership" in told(ruth)[0]


def test_person_is_told_of_their_part_in_their_language(
    client: Client, trip: Trip, ruth: User, amara: User
) -> None:
    amara.language = "es"
    amara.save(update_fields=["language"])

    post(client, ruth, "member_new", trip.public_id, person=amara.public_id, **PART)

    (line,) = told(amara)
    assert "6 de junio de 2026" in line
    assert "Kilimari Regional Referral Hospital" in line


def test_new_days_replace_news_that_nobody_read(
    client: Client, trip: Trip, ruth: User, amara: User
) -> None:
    post(client, ruth, "member_new", trip.public_id, person=amara.public_id, **PART)
    part = TripMember.objects.get()

    days = PART | {"returns": "2026-07-06"}
    for _again in range(2):
        post(client, ruth, "member_change", trip.public_id, part.public_id, **days)

    (line,) = told(amara)
    assert line.startswith("Your part in a visit changed: Kilimari")
    assert "6 July 2026" in line


def test_person_who_no_longer_takes_part_is_told_once(
    client: Client, trip: Trip, amara_part: TripMember, ruth: User
) -> None:
    for _again in range(2):
        post(client, ruth, "member_withdraw", trip.public_id, amara_part.public_id)

    (line,) = told(amara_part.user)
    assert "What you wrote for it stays yours." in line


def test_cancelled_visit_is_told_to_members_and_both_sides_but_not_to_who_did_it(
    client: Client, trip: Trip, amara_part: TripMember, ruth: User, host_coordinator: User
) -> None:
    for _again in range(2):
        post(client, ruth, "trip_cancel", trip.public_id)

    assert [len(told(person)) for person in (amara_part.user, host_coordinator, ruth)] == [1, 1, 0]


def test_changed_days_are_told_and_the_same_days_are_not(
    client: Client, trip: Trip, amara_part: TripMember, ruth: User
) -> None:
    same = {"purpose": trip.purpose, "starts": str(trip.starts), "ends": str(trip.ends)}
    post(client, ruth, "trip_change", trip.public_id, **same)
    assert told(amara_part.user) == []

    post(client, ruth, "trip_change", trip.public_id, **same | {"ends": "2026-07-10"})

    (line,) = told(amara_part.user)
    assert "10 July 2026. Members keep their own dates." in line


def test_mail_waits_ten_minutes_and_leads_to_the_visit(
    client: Client, trip: Trip, amara_part: TripMember, ruth: User
) -> None:
    post(client, ruth, "trip_cancel", trip.public_id)
    now = timezone.now()
    send_due(now)
    assert mail.outbox == []

    send_due(now + MAIL_WAITS)

    (letter,) = mail.outbox
    assert letter.to == [amara_part.user.email]
    assert f"/trips/{trip.public_id}/" in letter.body


def test_visits_played_by_a_program_tell_nobody(trip: Trip, amara: User) -> None:
    part = Part("resident", date(2026, 6, 6), date(2026, 7, 4))

    withdraw_from_trip(join_trip(trip, amara.memberships.get(), part), on=date(2026, 6, 1))
    cancel_trip(trip)

    assert not Notice.objects.exists()
