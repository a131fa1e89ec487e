"""The programme's page says nothing of four people, and counts five."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page

from partnerships.models import Trip, TripMember
from people.models import Institution, Role, User
from reflections.models import InstrumentVersion, Wave
from tests.conftest import join, make_person
from tests.reflections.conftest import answer_all, questions

from .acts import sees, sees_not, sign_in

__all__ = ["questions"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE = datetime(2026, 5, 20, 10, tzinfo=UTC)
AFTER = datetime(2026, 7, 6, 10, tzinfo=UTC)
COUNTED = "Of 5 people who answered both times, 5 moved up, 0 stayed, 0 moved down."


@pytest.fixture
def four_visitors(trip: Trip, harrow_lake: Institution, questions: InstrumentVersion) -> None:
    """Four residents who answered before and after."""
    for number in range(4):
        visitor_who_answered(f"visitor{number}", trip, harrow_lake, questions)


def visitor_who_answered(
    name: str, trip: Trip, home: Institution, questions: InstrumentVersion
) -> None:
    """A resident who disagreed before the visit and agreed after it."""
    member = TripMember.objects.create(
        trip=trip,
        user=(user := make_person(name)),
        membership=join(user, home, Role.LEARNER),
        part=TripMember.Part.RESIDENT,
        departs=date(2026, 6, 6),
        returns=date(2026, 7, 4),
    )
    answer_all(member, Wave.PRE, 2, questions, BEFORE)
    answer_all(member, Wave.POST, 4, questions, AFTER)


def test_fifth_person_opens_the_numbers(
    desk: Page,
    four_visitors: None,
    dr_osei: User,
    trip: Trip,
    harrow_lake: Institution,
    questions: InstrumentVersion,
) -> None:
    sign_in(desk, dr_osei, "/outcomes/programme/")
    sees(desk, "Fewer than 5 people took part; a number could point to one of them.")
    sees_not(desk, "moved up")

    visitor_who_answered("visitor4", trip, harrow_lake, questions)
    desk.reload()

    sees(desk, "5 of 5 people answered before the visit, 5 of 5 people answered after it,")
    sees(desk, COUNTED)
