"""The editors' home says what waits, leads to the place to act, and quotes nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from curriculum.due import modules_due
from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from curriculum.reporting import settle_report
from curriculum.tree import ensure_tree
from people.models import Institution, Role, User
from people.workflow import grant
from tests.conftest import NOON
from tests.curriculum.making import make_lesson, make_module, publish, translate
from tests.curriculum.test_report_send import WORDS, send
from tests.queries import assert_same_at_two_sizes

pytestmark = pytest.mark.django_db
REPORTS, DUE = "Readers report something", "Modules to look at again"


@pytest.fixture
def index() -> CurriculumIndexPage:
    return ensure_tree()


@pytest.fixture
def editor(eleni: User, harrow_lake: Institution) -> User:
    """Eleni, as a coordinator names an editor."""
    eleni.memberships.all().delete()
    grant(eleni, harrow_lake, Role.EDITOR, at=NOON)
    return eleni


@pytest.fixture
def module(
    index: CurriculumIndexPage, harrow_lake: Institution, kilimari: Institution
) -> ModulePage:
    """Led by Harrow Lake, reviewed by Kilimari yesterday."""
    return make_module(
        index,
        leading_institution=harrow_lake,
        reviewing_institution=kilimari,
        reviewed_on=timezone.localdate() - timedelta(days=1),
    )


@pytest.fixture
def lesson(module: ModulePage) -> LessonPage:
    return make_lesson(module)


def home(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/cms/").text


def why(user: User) -> list[str]:
    """Every reason that somebody is told."""
    return [reason for due in modules_due(user, on=timezone.localdate()) for reason in due.reasons]


def test_report_leads_to_the_place_to_answer_it(
    client: Client, editor: User, amara: User, lesson: LessonPage
) -> None:
    report = send(amara, lesson)

    page = home(client, editor)

    assert REPORTS in page
    assert f'href="/curriculum/reports/{report.public_id}/"' in page
    assert WORDS not in page
    assert "Amara" not in page


def test_answered_report_waits_no_more(
    client: Client, editor: User, amara: User, lesson: LessonPage
) -> None:
    report = send(amara, lesson)
    settle_report(report, by=editor, state="answered", answer="Yes.", at=timezone.now())

    assert REPORTS not in home(client, editor)


def test_report_on_somebody_elses_module_is_not_there(
    client: Client, editor: User, amara: User, module: ModulePage, kilimari: Institution
) -> None:
    lesson = make_lesson(module)
    publish(module, leading_institution=kilimari, reviewing_institution=None)
    send(amara, lesson)

    assert REPORTS not in home(client, editor)


def test_administrator_is_shown_no_report(
    client: Client, admin: User, amara: User, lesson: LessonPage
) -> None:
    send(amara, lesson)

    assert REPORTS not in home(client, admin)


def test_nothing_is_due_on_a_module_that_was_reviewed(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    assert why(editor) == []
    assert DUE not in home(client, editor)


def test_module_without_a_partner_leads_its_editor_to_the_form(
    client: Client, editor: User, module: ModulePage
) -> None:
    publish(module, reviewing_institution=None, reviewed_on=None)

    page = home(client, editor)

    assert "No partner has reviewed it yet." in page
    assert f'href="/cms/pages/{module.pk}/edit/"' in page


def test_partner_who_reviews_is_led_to_the_page_itself(
    client: Client, tomas: User, lesson: LessonPage, module: ModulePage, kilimari: Institution
) -> None:
    grant(tomas, kilimari, Role.EDITOR, at=NOON)
    publish(lesson, summary="Changed.", change="re-read")

    page = home(client, tomas)

    assert 'href="/curriculum/language/"' in page
    assert f"/cms/pages/{module.pk}/edit/" not in page


def test_wording_does_not_ask_the_partner_again(editor: User, lesson: LessonPage) -> None:
    publish(lesson, summary="Mended.", change="wording")
    assert why(editor) == []

    publish(lesson, summary="Otherwise.", change="re-test")

    assert [reason[:40] for reason in why(editor)] == ["Lessons changed after Kilimari reviewed "]


@pytest.mark.parametrize(
    ("days", "begin"),
    [(40, None), (20, "Look at its facts again by"), (-1, "Its facts should have been looked at")],
)
def test_facts_are_due_four_weeks_before(
    editor: User, module: ModulePage, days: int, begin: str | None
) -> None:
    publish(module, facts_due=timezone.localdate() + timedelta(days=days))

    found = why(editor)

    assert len(found) == (begin is not None)
    assert not begin or found[0].startswith(begin)


def test_modules_of_others_are_not_told(editor: User, module: ModulePage, amara: User) -> None:
    other = Institution.objects.create(slug="third", name="Third", short_name="Third")
    publish(module, leading_institution=other, reviewing_institution=None, reviewed_on=None)

    assert why(editor) == []
    assert why(amara) == []


def test_what_wagtail_shows_stays(client: Client, editor: User, lesson: LessonPage) -> None:
    lesson.summary = "A draft."
    lesson.save_revision(user=editor, log_action=True)

    assert "Your most recent edits" in home(client, editor)


def grow(index: CurriculumIndexPage, reader: User, place: Institution) -> None:
    """Modules of several languages that are due, with reports on their lessons."""
    for number in range(4, 9):
        module = make_module(index, f"Module {number}", number=number, leading_institution=place)
        lesson = make_lesson(module, f"Lesson {number}")
        publish(translate(lesson), title=f"Lección {number}")
        send(reader, lesson)


def test_panels_cost_the_same_for_few_and_many(
    client: Client,
    editor: User,
    amara: User,
    index: CurriculumIndexPage,
    lesson: LessonPage,
    harrow_lake: Institution,
) -> None:
    first = make_module(index, "Module 9", number=9, leading_institution=harrow_lake)
    translate(make_lesson(first, "Lesson 9"))
    send(amara, lesson)

    assert_same_at_two_sizes(
        client, editor, "/cms/", lambda: grow(index, amara, harrow_lake), most=40
    )
