"""Where visitors stand is derived, and costs the same for any number of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from curriculum.models import LessonPage
from curriculum.tree import ensure_tree
from partnerships.models import Trip, TripMember
from partnerships.workflow import Part, join_trip
from pathways.models import Enrolment, Pathway
from pathways.standing import standing_of
from pathways.workflow import enrol, load_default_pathway
from people.models import Role, User
from reflections.models import InstrumentVersion
from tests.conftest import join, make_person
from tests.curriculum.making import make_lesson, make_module, publish, translate
from tests.reflections.conftest import answer_all

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
AWAY = datetime(2026, 6, 15, 12, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 12, tzinfo=UTC)


def states(member: TripMember, at: datetime) -> dict[str, str]:
    rows = TripMember.objects.with_trip().filter(pk=member.pk)
    (visit,) = standing_of(list(rows), at=at)
    return {
        f"{step.kind}{step.prompt_key and ':'}{step.prompt_key}": step.state for step in visit.steps
    }


@pytest.fixture
def lesson() -> LessonPage:
    """The one lesson of a module that is required."""
    page: LessonPage = make_lesson(make_module(ensure_tree(), required="before"))
    return page


@pytest.fixture
def enrolled(amara_part: TripMember) -> TripMember:
    """Amara is on the default pathway."""
    enrol(amara_part, at=BEFORE)
    return amara_part


def test_joining_a_visit_puts_a_visitor_on_the_pathway(trip: Trip, amara: User) -> None:
    part = Part("resident", date(2026, 6, 6), date(2026, 7, 4))

    member = join_trip(trip, amara.memberships.get(), part)

    assert Enrolment.objects.get(trip_member=member).pathway == load_default_pathway()


def test_host_supervisor_is_on_no_pathway(trip: Trip, neema: User) -> None:
    part = Part("host_supervisor", date(2026, 6, 8), date(2026, 7, 3))

    join_trip(trip, neema.memberships.filter(role=Role.REVIEWER).get(), part)

    assert not Enrolment.objects.exists()


def test_institution_with_a_pathway_of_its_own_uses_it(
    amara_part: TripMember, harrow_lake: Any
) -> None:
    own = Pathway.objects.create(title="Ours", institution=harrow_lake)

    enrolment = enrol(amara_part, at=BEFORE)

    assert enrolment is not None
    assert enrolment.pathway == own


def test_before_the_visit_the_first_half_is_open(enrolled: TripMember) -> None:
    assert states(enrolled, BEFORE) == {
        "pre": "now",
        "modules": "done",  # none is published
        "entry:before-i-go": "now",
        "weekly": "later",
        "post": "later",
        "entry:first-answer-again": "later",
    }


def test_answered_questions_are_done(enrolled: TripMember, questions: InstrumentVersion) -> None:
    answer_all(enrolled, "pre", 3, questions, BEFORE)

    assert states(enrolled, BEFORE)["pre"] == "done"


def test_away_the_unanswered_questions_are_missed(enrolled: TripMember) -> None:
    found = states(enrolled, AWAY)

    assert (found["pre"], found["weekly"]) == ("missed", "now")


def test_back_home_the_second_half_is_open(enrolled: TripMember) -> None:
    found = states(enrolled, AFTER)

    assert (found["post"], found["entry:first-answer-again"]) == ("now", "now")


def test_module_in_two_languages_is_asked_once(enrolled: TripMember, lesson: LessonPage) -> None:
    translate(lesson, title="Lo que se pierde")

    (visit,) = standing_of([enrolled], at=BEFORE)

    assert visit.lessons_left == 1
    assert [line.module.title for line in visit.modules] == ["Language"]


def test_module_is_named_in_the_language_of_whoever_looks(
    enrolled: TripMember, lesson: LessonPage
) -> None:
    publish(translate(lesson).get_parent().specific, title="Idioma")

    with translation.override("es"):
        (visit,) = standing_of([enrolled], at=BEFORE)

    assert [line.module.title for line in visit.modules] == ["Idioma"]


def test_standing_costs_the_same_for_any_number_of_visitors(
    enrolled: TripMember, trip: Trip, django_assert_max_num_queries: Any
) -> None:
    part = Part("resident", date(2026, 6, 6), date(2026, 7, 4))
    for n in range(8):
        person = make_person(f"v{n}")
        join_trip(trip, join(person, enrolled.membership.institution, "learner"), part)
    members = list(TripMember.objects.with_trip().filter(trip=trip))

    with django_assert_max_num_queries(10):
        assert len(standing_of(members, at=BEFORE)) == 9
