"""The dashboard tells each role what is next, from facts, in a bounded number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership, Trip, TripMember
from partnerships.workflow import Part, join_trip
from people.models import Role, User
from reflections.models import InstrumentVersion, ReviewRequest
from reflections.workflow.entries import Readers
from reflections.workflow.reviews import release_review, return_review, save_review
from tests.conftest import NOON, join, make_person
from tests.reflections.conftest import WORDS, answer_all, begin_entry, send_words

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
AWAY = datetime(2026, 6, 15, 12, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 12, tzinfo=UTC)


def heading(client: Client, person: User, at: datetime) -> str:
    """What the page says first."""
    client.force_login(person)
    with time_machine.travel(at):
        page = client.get("/dashboard/")
    assert page.status_code == 200
    return str(page.context["page"].first.title if page.context["page"].first else "")


def test_resident_is_asked_the_questions_before_leaving(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    assert heading(client, amara, BEFORE) == "Answer 21 sentences about how you work now"


def test_answered_questions_are_not_asked_again(
    client: Client,
    amara: User,
    amara_part: TripMember,
    dr_osei: User,
    questions: InstrumentVersion,
) -> None:
    answer_all(amara_part, "pre", 3, questions, BEFORE)
    assert heading(client, amara, BEFORE) == "Write “Before I go”"

    entry = begin_entry(amara, amara_part, Readers(reviewers=True))
    send_words(entry, WORDS)
    assert "Before I go" in heading(client, amara, BEFORE)  # another prompt was answered


def test_feedback_comes_first_and_goes_when_it_was_read(
    client: Client,
    amara: User,
    amara_part: TripMember,
    dr_osei: User,
    questions: InstrumentVersion,
) -> None:
    entry = send_words(begin_entry(amara, amara_part, Readers(reviewers=True)), WORDS)
    request = ReviewRequest.objects.get()
    review = save_review(request, feedback="Who else knew?", ratings={}, base=0, at=NOON).review
    release_review(review, at=NOON)
    assert heading(client, amara, AWAY) == "Read what your reader wrote"

    with time_machine.travel(AWAY):
        client.get(reverse("reflections:entry", args=[entry.public_id]))

    assert heading(client, amara, AWAY) != "Read what your reader wrote"


def test_visitor_from_the_host_side_is_asked_the_same(
    client: Client, amina: User, amina_part: TripMember, questions: InstrumentVersion
) -> None:
    at = datetime(2026, 5, 20, 12, tzinfo=UTC)

    assert heading(client, amina, at) == "Answer 21 sentences about how you work now"


def test_reviewer_is_led_to_the_oldest_entry(
    client: Client, amara: User, amara_part: TripMember, dr_osei: User
) -> None:
    send_words(begin_entry(amara, amara_part, Readers(reviewers=True)), WORDS)

    assert heading(client, dr_osei, AWAY) == "Read “A test I did without”"


def test_returned_entry_is_opened_where_its_question_stands(
    client: Client, amara: User, amara_part: TripMember, dr_osei: User
) -> None:
    entry = send_words(begin_entry(amara, amara_part, Readers(reviewers=True)), WORDS)
    request = ReviewRequest.objects.get()
    review = save_review(request, feedback="Who else knew?", ratings={}, base=0, at=NOON).review
    return_review(review, at=NOON)
    client.force_login(amara)

    first = client.get("/dashboard/").context["page"].first

    assert first.url == reverse("reflections:entry", args=[entry.public_id])
    assert "Who else knew?" in client.get(first.url).text


def test_learner_finds_her_outcomes_in_her_own_menu(
    client: Client, amara: User, ruth: User
) -> None:
    link = f'href="{reverse("reflections:my_outcomes")}"'

    client.force_login(amara)
    assert link in client.get("/dashboard/").text

    client.force_login(ruth)
    assert link not in client.get("/dashboard/").text


def test_visit_that_is_over_leads_to_what_changed_once_both_are_answered(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    answer_all(amara_part, "pre", 3, questions, BEFORE)
    assert not can_see_change(client, amara)

    answer_all(amara_part, "post", 4, questions, AFTER)

    assert can_see_change(client, amara)


def can_see_change(client: Client, person: User) -> bool:
    """Whether the visit on the dashboard leads to what changed."""
    client.force_login(person)
    with time_machine.travel(AFTER):
        aside = client.get("/dashboard/").text.split("<aside")[1].split("</aside>")[0]
    return "See what changed in you" in aside


def test_first_person_of_an_installation_names_where_she_works(client: Client) -> None:
    first = make_person("first")

    assert heading(client, first, BEFORE) == "Name your institution"


def test_nobody_else_is_asked_to_name_an_institution(client: Client, ruth: User) -> None:
    nobody = make_person("nobody")

    assert heading(client, nobody, BEFORE) == ""


def test_coordinator_of_the_empty_start_is_told_where_to_begin(client: Client, ruth: User) -> None:
    client.force_login(ruth)

    page = client.get("/dashboard/").context["page"]

    assert [step.key for step in page.steps] == ["people", "partner"]


def test_coordinator_sees_who_leaves_without_answers(
    client: Client, ruth: User, amara_part: TripMember, dr_osei: User
) -> None:
    assert heading(client, ruth, BEFORE) == "Remind Amara Reyes of the questions before the visit"


def test_other_side_is_asked_to_agree(
    client: Client, neema: User, trip: Trip, harrow_lake: Any
) -> None:
    Trip.objects.update(status="proposed", proposed_by=harrow_lake)

    assert heading(client, neema, BEFORE).startswith("Agree to a visit")


def test_visit_is_closed_only_when_everybody_is_back(
    client: Client, ruth: User, trip: Trip, amara_part: TripMember, neema_part: TripMember
) -> None:
    TripMember.objects.filter(pk=amara_part.pk).update(returns=date(2026, 7, 20))
    keys = []
    for at in (AFTER, datetime(2026, 7, 22, 12, tzinfo=UTC)):
        with time_machine.travel(at):
            client.force_login(ruth)
            keys.append([s.key for s in client.get("/dashboard/").context["page"].steps])
    early, late = keys

    assert "close" not in early
    assert "close" in late


def test_host_sees_who_comes(client: Client, neema: User, neema_part: TripMember) -> None:
    client.force_login(neema)

    with time_machine.travel(BEFORE):
        page = client.get("/dashboard/").context["page"]

    assert "arriving" in [step.key for step in page.steps]


def test_admin_is_told_that_worker_and_clock_stand_still(client: Client, admin: User) -> None:
    client.force_login(admin)

    keys = [step.key for step in client.get("/dashboard/").context["page"].steps]

    assert keys[:2] == ["worker", "clock"]


def test_person_without_anything_to_do_reads_that(client: Client, tomas: User) -> None:
    client.force_login(tomas)

    assert "Nothing waits for you" in client.get("/dashboard/").text


@pytest.mark.parametrize("who", ["amara", "dr_osei", "ruth", "eleni", "admin"])
def test_each_role_stays_within_sixteen_queries(
    client: Client,
    who: str,
    request: pytest.FixtureRequest,
    amara: User,
    amara_part: TripMember,
    dr_osei: User,
    trip: Trip,
    partnership: Partnership,
    django_assert_max_num_queries: Any,
) -> None:
    person = request.getfixturevalue(who)
    part = Part("resident", date(2026, 6, 6), date(2026, 7, 4))
    for n in range(6):
        visitor = make_person(f"v{n}")
        join_trip(trip, join(visitor, amara_part.membership.institution, Role.LEARNER), part)
    client.force_login(person)
    with time_machine.travel(BEFORE):
        client.get("/dashboard/")

        with django_assert_max_num_queries(16):
            client.get("/dashboard/")
