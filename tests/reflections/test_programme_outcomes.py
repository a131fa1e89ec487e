"""What a programme sees: response and change, each person once, and never fewer than five."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from partnerships.models import Trip, TripMember
from people.models import Institution, Role, User
from reflections.models import InstrumentVersion
from reflections.outcomes import group_outcome, visitors_between
from tests.conftest import join, make_person
from tests.reflections.conftest import answer_all

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 12, tzinfo=UTC)
URL = "/outcomes/programme/"


def visitor(
    trip: Trip, home: Institution, n: int, after: int | None, ask: InstrumentVersion
) -> TripMember:
    """Somebody who said 3 before and, if they answered, `after` afterwards."""
    person = make_person(f"visitor{n}")
    member = TripMember.objects.create(
        trip=trip,
        user=person,
        membership=join(person, home, Role.LEARNER),
        part="resident",
        departs=date(2026, 6, 6),
        returns=date(2026, 7, 4),
    )
    answer_all(member, "pre", 3, ask, BEFORE)
    if after is not None:
        answer_all(member, "post", after, ask, AFTER)
    return member


def read(client: Client, person: User) -> str:
    client.force_login(person)
    with time_machine.travel(AFTER):
        return client.get(URL).text


def test_five_people_are_counted(
    client: Client, trip: Trip, harrow_lake: Institution, ruth: User, questions: InstrumentVersion
) -> None:
    for n, after in enumerate([4, 4, 5, 3, 2]):
        visitor(trip, harrow_lake, n, after, questions)

    text = read(client, ruth)

    assert "Of 5 people who answered both times, 3 moved up, 1 stayed, 1 moved down." in text


def test_four_people_are_not_counted(
    client: Client, trip: Trip, harrow_lake: Institution, ruth: User, questions: InstrumentVersion
) -> None:
    for n in range(4):
        visitor(trip, harrow_lake, n, 5, questions)

    text = read(client, ruth)

    assert "Fewer than 5 people took part" in text
    assert "moved up" not in text


def test_response_is_shown_where_pairs_are_too_few(
    client: Client, trip: Trip, harrow_lake: Institution, ruth: User, questions: InstrumentVersion
) -> None:
    for n in range(6):
        visitor(trip, harrow_lake, n, 5 if n < 3 else None, questions)

    text = read(client, ruth)

    assert "6 of 6 people answered before the visit, 3 of 6 people answered after it" in text
    assert "no change is shown" in text
    assert "moved up" not in text


def test_host_side_sees_the_same_people_as_its_visitors(
    client: Client, trip: Trip, harrow_lake: Institution, neema: User, questions: InstrumentVersion
) -> None:
    for n in range(5):
        visitor(trip, harrow_lake, n, 4, questions)

    assert "Of 5 people who answered both times, 5 moved up" in read(client, neema)


def test_who_is_still_away_lowers_no_response_rate(
    client: Client, trip: Trip, harrow_lake: Institution, ruth: User, questions: InstrumentVersion
) -> None:
    for n in range(6):
        visitor(trip, harrow_lake, n, 4, questions)
    away = TripMember.objects.filter(trip=trip).latest("pk")
    away.assessments.filter(wave="post").delete()
    TripMember.objects.filter(pk=away.pk).update(returns=date(2026, 8, 1))

    text = read(client, ruth)

    assert "5 of 5 people answered after it" in " ".join(text.split())


def test_person_with_two_visits_counts_once(
    trip: Trip, harrow_lake: Institution, questions: InstrumentVersion, mission: Trip
) -> None:
    member = visitor(trip, harrow_lake, 0, 4, questions)
    TripMember.objects.create(
        trip=mission,
        user=member.user,
        membership=member.membership,
        part="resident",
        departs=date(2026, 8, 1),
        returns=date(2026, 9, 1),
    )

    group = group_outcome("own", visitors_between(harrow_lake, outgoing=True, on=AFTER.date()))

    assert (group.asked, group.both) == (1, 1)


@pytest.mark.parametrize("who", ["amara", "tomas", "eleni", "admin"])
def test_page_is_for_coordinators_and_reviewers(
    client: Client, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(URL).status_code == 403


def test_foreign_institution_in_the_address_shows_ones_own(
    client: Client, ruth: User, kilimari: Institution
) -> None:
    client.force_login(ruth)

    text = client.get(URL, {"institution": "kilimari"}).text

    assert "Harrow Lake University Hospital" in text
    assert "Kilimari" not in text


def test_queries_stay_the_same_for_any_number_of_people(
    client: Client,
    trip: Trip,
    harrow_lake: Institution,
    ruth: User,
    questions: InstrumentVersion,
    django_assert_num_queries: Any,
) -> None:
    client.force_login(ruth)
    visitor(trip, harrow_lake, 0, 4, questions)
    client.get(URL)
    with django_assert_num_queries(8):
        client.get(URL)
    for n in range(1, 12):
        visitor(trip, harrow_lake, n, 4, questions)

    with django_assert_num_queries(8):
        client.get(URL)
