"""A reader says what is wrong on a lesson, an editor mends it, and the reader hears of it."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from curriculum.models import LessonPage, LessonReport, ModulePage
from people.models import Institution, Role, User
from people.workflow import grant
from tests.curriculum.making import publish

from .acts import follow, mails_to, press, sees, sees_heading, sign_in
from .conftest import PHONE, SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSAGE = "You cannot hear a wrong word in a language you do not speak."
WORDS = "Mrs Adebayo hears it, and she speaks neither."
MARK = """(words) => {
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const at = texts.currentNode.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(
      texts.currentNode, at, texts.currentNode, at + words.length);
  }
}"""


@pytest.fixture
def editor(eleni: User, harrow_lake: Institution) -> User:
    """Eleni, whose role a coordinator gave her."""
    eleni.memberships.all().delete()
    grant(eleni, harrow_lake, Role.EDITOR, at=timezone.now())
    return eleni


@pytest.fixture
def lesson(
    module_3: list[LessonPage], editor: User, harrow_lake: Institution, kilimari: Institution
) -> LessonPage:
    """The first of module 3, which Harrow Lake leads and Kilimari reviews."""
    module = ModulePage.objects.parent_of(module_3[0]).get()
    publish(module, leading_institution=harrow_lake, reviewing_institution=kilimari)
    return module_3[0]


def test_reader_reports_and_hears_what_became_of_it(
    desk: Page, phone: Page, lesson: LessonPage, editor: User, amara: User
) -> None:
    sign_in(phone, amara)
    marks_a_passage_and_finds_it_in_the_field(phone, lesson)
    is_shown_the_name_and_writes_without_it(phone)
    sign_in(desk, editor, "/cms/")
    follow(desk, lesson.title)
    sees(desk, PASSAGE)

    publish(lesson, summary="Two minutes, ten seconds.", change="wording")
    desk.reload()
    answers(desk)

    hears_of_it(phone, amara)
    assert LessonReport.objects.get().mended_in.number == 2  # type: ignore[union-attr]


def marks_a_passage_and_finds_it_in_the_field(phone: Page, lesson: LessonPage) -> None:
    phone.goto(lesson.get_url() or "")
    phone.evaluate(MARK, PASSAGE)
    phone.get_by_text("Tell its editors").click()
    expect(phone.get_by_label("The passage")).to_have_value(PASSAGE)
    sees(phone, "curriculum editors of Harrow Lake and of Kilimari")


def is_shown_the_name_and_writes_without_it(phone: Page) -> None:
    phone.get_by_label("Wrong: it is not true").check()
    phone.get_by_label("What the editors should know").fill(WORDS)
    press(phone, "Send to the editors")
    sees(phone, "1 word could point to a patient")
    expect(phone.get_by_label("What the editors should know")).to_have_value(WORDS)
    phone.get_by_label("What the editors should know").fill("Some hear it, and speak neither.")
    press(phone, "Send it as it stands below")
    sees(phone, "You will be told when the editors have answered.")


def answers(desk: Page) -> None:
    desk.get_by_label("Mended in edition 2").check()
    desk.get_by_label("Your answer").fill("Some do. The sentence says “seldom” now.")
    press(desk, "Answer and close")
    sees(desk, "Answered. The reader is told.")


def hears_of_it(phone: Page, amara: User) -> None:
    phone.goto("/me/notices/")
    press(phone, "What you reported on “What an interpreter catches” is answered")
    sees_heading(phone, "Mended")
    sees(phone, "The sentence says “seldom” now.")
    sees(phone, "In edition 2 of")
    assert mails_to(amara) == []  # read before the mail was due


def test_reader_reports_without_script_and_takes_it_back(
    sit_down: SitDown, lesson: LessonPage, amara: User
) -> None:
    phone = sit_down(PHONE, java_script_enabled=False)
    sign_in(phone, amara)
    phone.goto(lesson.get_url() or "")
    phone.get_by_text("Tell its editors").click()
    phone.get_by_label("Not so here: where I work it is otherwise").check()
    phone.get_by_label("The passage").fill(PASSAGE)
    phone.get_by_label("What the editors should know").fill("Here everybody speaks four.")
    press(phone, "Send to the editors")
    sees(phone, "You will be told when the editors have answered.")

    phone.get_by_text("Tell its editors").click()
    follow(phone, "What you have reported")
    follow(phone, lesson.title)
    press(phone, "Take it back")

    sees(phone, "Taken back. Nobody sees it any more.")
    assert not LessonReport.objects.exists()
