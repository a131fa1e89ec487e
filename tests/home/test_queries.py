"""The dashboard of every role costs the same for a few facts and for many, at most 16 queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from curriculum.models import LessonPage, ModulePage
from curriculum.reporting import Said, send_report
from partnerships.models import Partnership, Trip, TripMember
from partnerships.workflow import Part, join_trip
from people.models import Institution, Notice, Role, User
from people.workflow import Wanted, invite
from publishing.models import Edition
from reflections.models import Entry, InstrumentVersion, ReviewRequest
from reflections.workflow.entries import Readers
from tests.conftest import NOON, join, make_person
from tests.curriculum.making import make_lesson, publish
from tests.queries import assert_same_at_two_sizes
from tests.reflections.conftest import WORDS, answer_all, begin_entry, send_words
from tests.reflections.test_review_entry import fill_queue

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
MOST = 16


@pytest.fixture(autouse=True)
def shortly_before() -> object:
    """A week before Amara leaves."""
    with time_machine.travel(BEFORE):
        yield


@pytest.fixture
def lived_in(
    amara: User,
    amara_part: TripMember,
    dr_osei: User,
    neema: User,
    neema_part: TripMember,
    ruth: User,
    eleni: User,
    module: ModulePage,
    lesson: LessonPage,
    shipped: None,
    questions: InstrumentVersion,
    harrow_lake: Institution,
) -> Entry:
    """One of everything: a required module, a visit, an entry that waits, an invitation."""
    publish(module, required=ModulePage.Required.BEFORE)
    join_trip(amara_part.trip, amara_part.membership, part_of(amara_part))
    more_people(amara_part, 1)
    wanted = Wanted("late@example.org", "Late", harrow_lake, Role.LEARNER)
    invite(wanted, by=ruth, at=BEFORE - timedelta(days=90), mail_now=False)
    report(amara, 1)
    entry = send_words(begin_entry(amara, amara_part, Readers(reviewers=True, hosts=True)), WORDS)
    for request in ReviewRequest.objects.filter(entry=entry):
        fill_queue(request, 60)  # more than a page: the rest is counted
    return entry


def report(reader: User, count: int) -> None:
    """What somebody says is wrong on the lesson."""
    edition = Edition.objects.latest("pk")
    for _ in range(count):
        send_report(reader, edition, Said(uuid4(), "wrong", WORDS), at=BEFORE)


def part_of(member: TripMember) -> Part:
    """The same dates again."""
    return Part("resident", member.departs, member.returns)


def more_people(member: TripMember, count: int) -> None:
    """Other visitors of the same trip, of whom every second has answered the questions."""
    asked = InstrumentVersion.objects.get(translates=None)
    start = TripMember.objects.count()
    for number in range(start, start + count):
        person = make_person(f"visitor{number}")
        membership = join(person, member.membership.institution, Role.LEARNER)
        made = join_trip(member.trip, membership, part_of(member))
        if number % 2:
            answer_all(made, "pre", 3, asked, BEFORE)


def more_trips(partnership: Partnership, count: int = 6) -> None:
    """Visits in both directions, to come."""
    for number in range(count):
        Trip.objects.create(
            partnership=partnership,
            host=partnership.sides[number % 2],
            purpose=f"Visit {number}",
            starts=date(2026, 9, 1),
            ends=date(2026, 9, 20),
            status=[Trip.Status.PROPOSED, Trip.Status.AGREED][number % 2],
            proposed_by=partnership.sides[1],
        )


def grow(entry: Entry) -> None:
    """Much more of it."""
    member = entry.trip_member
    assert member is not None
    module = ModulePage.objects.get()
    for number in range(2, 6):
        make_lesson(module, f"Lesson {number}", number=number)
    more_people(member, 8)
    report(entry.author, 8)
    more_trips(member.trip.partnership)
    for number in range(12):
        draft = begin_entry(entry.author, member, Readers(reviewers=True))
        Entry.objects.filter(pk=draft.pk).update(body=WORDS, words=17)
        Notice.objects.create(
            user=entry.author, kind="n", key=f"n{number}", subject="N", url="/", created_at=NOON
        )
    for request in ReviewRequest.objects.filter(entry=entry):
        fill_queue(request, 70)


@pytest.mark.parametrize("who", ["amara", "dr_osei", "ruth", "eleni", "neema", "admin"])
def test_dashboard(
    client: Client, who: str, request: pytest.FixtureRequest, lived_in: Entry
) -> None:
    person = request.getfixturevalue(who)

    assert_same_at_two_sizes(client, person, "/dashboard/", lambda: grow(lived_in), most=MOST)
