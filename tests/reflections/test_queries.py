"""Journal, desk and outcomes cost the same for a few entries and for many (DESIGN §9)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from partnerships.models import Trip, TripMember
from people.models import Institution, User
from reflections.desk import Place, answered_by, count_waiting, queue_page, waiting_for
from reflections.models import Entry, InstrumentVersion, Remark, Review, ReviewRequest
from reflections.workflow.entries import Readers
from reflections.workflow.reviews import open_feedback, release_review, save_review
from tests.conftest import NOON
from tests.queries import assert_same_at_two_sizes, counted, queries_of

from .conftest import begin_entry, send_words
from .test_programme_outcomes import AFTER, visitor
from .test_review_entry import fill_queue
from .test_write_entry import autosave

pytestmark = pytest.mark.django_db


def answer(request: ReviewRequest) -> Review:
    """Dr Osei answers, the author writes back."""
    draft = save_review(request, feedback="I noticed …", ratings={}, base=0, at=NOON).review
    review = release_review(draft, at=NOON)
    open_feedback(request.entry, at=NOON)
    Remark.objects.create(
        token=uuid4(), request=request, author=request.entry.author, body="Thank you.", at=NOON
    )
    return review


def more_answered(author: User, part: TripMember, count: int = 6) -> None:
    """Entries that were sent, answered and talked about."""
    for _number in range(count):
        entry = send_words(begin_entry(author, part, Readers(reviewers=True)), "Some words.")
        answer(entry.requests.get())


@pytest.fixture
def asked(sent: Entry) -> ReviewRequest:
    """Dr Osei is asked to read Amara's entry."""
    return ReviewRequest.objects.get()


def test_journal(client: Client, amara: User, amara_part: TripMember, asked: ReviewRequest) -> None:
    answer(asked)

    assert_same_at_two_sizes(
        client, amara, "/journal/", lambda: more_answered(amara, amara_part), most=8
    )


def test_entry_of_its_author(client: Client, amara: User, asked: ReviewRequest) -> None:
    answer(asked)

    def more_talk() -> None:
        for _number in range(8):
            Remark.objects.create(
                token=uuid4(), request=asked, author=asked.reviewer, body="And?", at=NOON
            )

    url = reverse("reflections:entry", args=[asked.entry.public_id])
    assert_same_at_two_sizes(client, amara, url, more_talk, most=18)


def test_desk(
    client: Client, dr_osei: User, amara: User, amara_part: TripMember, asked: ReviewRequest
) -> None:
    more_answered(amara, amara_part, 1)
    fill_queue(asked, 60)

    def grow() -> None:
        fill_queue(asked, 200)
        more_answered(amara, amara_part)

    assert_same_at_two_sizes(client, dr_osei, "/reviews/", grow, most=8)


def test_deep_page_of_the_queue(client: Client, dr_osei: User, asked: ReviewRequest) -> None:
    fill_queue(asked, 300)
    row = waiting_for(dr_osei)[200]

    client.force_login(dr_osei)
    page = queries_of(client, f"/reviews/?after={Place(row.since, row.pk)}".replace("+", "%2B"))

    assert len(page) <= 8


def test_one_entry_on_the_desk(client: Client, dr_osei: User, asked: ReviewRequest) -> None:
    save_review(asked, feedback="I noticed …", ratings={"feeling": "3"}, base=0, at=NOON)
    fill_queue(asked, 20)
    url = reverse("reflections:desk_entry", args=[asked.public_id])

    assert_same_at_two_sizes(client, dr_osei, url, lambda: fill_queue(asked, 200), most=14)


def test_counting_the_queue_ends_at_a_thousand(dr_osei: User, asked: ReviewRequest) -> None:
    fill_queue(asked, 1_200)

    assert count_waiting(dr_osei, queue_page(dr_osei)) == 1_001


def plan(found: QuerySet[ReviewRequest]) -> str:
    """How the database reads these rows. PostgreSQL would read so few without any index."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    return found.explain()


SORTS = re.compile("TEMP B-TREE|Sort Key")


def test_queue_is_read_from_its_index(dr_osei: User, asked: ReviewRequest) -> None:
    fill_queue(asked, 300)
    row = waiting_for(dr_osei)[100]

    for found in (
        waiting_for(dr_osei)[:51],
        waiting_for(dr_osei).filter(since__gte=row.since)[:51],
        waiting_for(dr_osei).order_by()[:1001],
    ):
        steps = plan(found)
        assert "review_request_waiting" in steps
        assert not SORTS.search(steps)


def test_answered_entries_are_read_from_their_index(dr_osei: User, asked: ReviewRequest) -> None:
    steps = plan(answered_by(dr_osei)[:20])

    assert "review_request_handled" in steps
    assert connection.vendor == "postgresql" or not SORTS.search(steps)  # it sorts so few rows


def test_save_of_a_draft(client: Client, amara: User, entry: Entry) -> None:
    client.force_login(amara)
    autosave(client, entry, "Warm.", 1)

    with counted() as few:
        assert autosave(client, entry, "A few words.", 2).status_code == 200
    with counted() as many:
        assert autosave(client, entry, "Very many words. " * 2_000, 3).status_code == 200

    assert len(few) == len(many) <= 6


@pytest.mark.django_db(transaction=True)
def test_save_is_acknowledged_only_after_its_commit(
    client: Client, entry: Entry, amara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(amara)
    client.raise_request_exception = False
    assert autosave(client, entry, "Kept.", 1).status_code == 200

    def refuse() -> None:
        raise DatabaseError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "_commit", refuse)
        answer = autosave(client, entry, "Lost, and not called saved.", 2)

    assert answer.status_code == 500
    assert Entry.objects.get().body == "Kept."


def more_visits(member: TripMember, asked: InstrumentVersion, host: Institution) -> None:
    """Earlier visits of the same person."""
    for number in range(1, 6):
        days = timedelta(days=90 * number)
        trip = Trip.objects.create(
            partnership=member.trip.partnership,
            host=host,
            purpose=f"Visit {number}",
            starts=member.trip.starts - days,
            ends=member.trip.ends - days,
            status=Trip.Status.CLOSED,
        )
        TripMember.objects.create(
            trip=trip,
            user=member.user,
            membership=member.membership,
            part=member.part,
            departs=trip.starts,
            returns=trip.ends,
        )


def test_my_outcomes(
    client: Client,
    trip: Trip,
    harrow_lake: Institution,
    kilimari: Institution,
    questions: InstrumentVersion,
) -> None:
    member = visitor(trip, harrow_lake, 0, 4, questions)

    with time_machine.travel(AFTER):
        assert_same_at_two_sizes(
            client,
            member.user,
            "/outcomes/",
            lambda: more_visits(member, questions, kilimari),
            most=8,
        )


def test_programme_outcomes(
    client: Client,
    trip: Trip,
    harrow_lake: Institution,
    ruth: User,
    questions: InstrumentVersion,
) -> None:
    for number in range(6):
        visitor(trip, harrow_lake, number, 4, questions)

    with time_machine.travel(AFTER):
        assert_same_at_two_sizes(
            client,
            ruth,
            "/outcomes/programme/",
            lambda: [visitor(trip, harrow_lake, n, 3 + n % 3, questions) for n in range(6, 26)],
            most=12,
        )
