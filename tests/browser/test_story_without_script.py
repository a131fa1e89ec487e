"""Everything but offline drafts works in a browser that runs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from curriculum.models import LessonPage
from partnerships.models import TripMember
from people.models import User

from .acts import (
    answer_all,
    answer_checks,
    choose_readers,
    follow,
    press,
    sees,
    sees_heading,
    sign_in,
    write,
)
from .conftest import DESK, PHONE, SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE = datetime(2026, 5, 20, 10, tzinfo=UTC)
FIRST = "Agnes told me what she needs. Write to me at amara.reyes@harrowlake.example."
SECOND = "She wants the night shift taught, and nobody had asked her."


@pytest.fixture
def plain(sit_down: SitDown) -> Page:
    """An old phone that runs no script."""
    return sit_down(PHONE, java_script_enabled=False)


@pytest.fixture
def plain_desk(sit_down: SitDown) -> Page:
    """A computer of a hospital that lets no script run."""
    return sit_down(DESK, java_script_enabled=False)


def test_journal_review_and_questions_need_no_script(
    plain: Page,
    plain_desk: Page,
    phone: Page,
    travel: Callable[[datetime], None],
    module_3: list[LessonPage],
    amara: User,
    dr_osei: User,
    amara_part: TripMember,
) -> None:
    travel(BEFORE)
    sign_in(plain, amara)
    reads_a_lesson(plain, module_3[0])
    answers_the_questions(plain)
    saves_an_entry_by_hand(plain)
    writes_elsewhere_meanwhile(phone, amara)
    finds_both_versions(plain)
    makes_it_general_and_sends(plain)
    sign_in(plain_desk, dr_osei)
    reviews(plain_desk)
    reads_the_answer(plain)


def reads_a_lesson(plain: Page, lesson: LessonPage) -> None:
    follow(plain, f"Read “{lesson.title}”")
    answer_checks(plain, lesson)
    plain.get_by_role("button", name="Mark complete").click()
    sees(plain, "1 of 4 lessons complete")


def answers_the_questions(plain: Page) -> None:
    follow(plain, "Home")
    follow(plain, "Answer")
    answer_all(plain, "Agree", only=5)
    press(plain, "Save and go on later")
    sees(plain, "Saved. You can go on later, on any device.")
    expect(plain.get_by_role("radio", checked=True)).to_have_count(5)
    answer_all(plain, "Agree")
    press(plain, "Hand in")
    sees(plain, "Handed in on 20 May 2026")


def saves_an_entry_by_hand(plain: Page) -> None:
    follow(plain, "Home")
    follow(plain, "Write “Before I go”")
    choose_readers(plain, "Faculty reviewers: Dr Kwame Osei")
    plain.get_by_label("Your entry").fill(FIRST)
    press(plain, "Save")
    sees_heading(plain, "1 word to check")


def writes_elsewhere_meanwhile(phone: Page, amara: User) -> None:
    sign_in(phone, amara, "/journal/")
    follow(phone, "Before I go")
    write(phone, SECOND)


def finds_both_versions(plain: Page) -> None:
    plain.get_by_label("Your entry").fill(f"{FIRST} I said yes.")
    press(plain, "Save")
    sees(plain, "This entry was written in two places. Nothing was overwritten.")
    sees_heading(plain, "The other text")
    press(plain, "Keep both, one under the other")
    expect(plain.get_by_label("Your entry")).to_have_value(f"{SECOND}\n\n{FIRST} I said yes.")


def makes_it_general_and_sends(plain: Page) -> None:
    press(plain, "Send to Dr Kwame Osei")
    sees(plain, "Look at the marked words first")
    press(plain, "Use “a message”")
    press(plain, "Send to Dr Kwame Osei")
    sees(plain, "Sent. You can take it back until somebody has opened it.")


def reviews(desk: Page) -> None:
    follow(desk, "Open it")
    sees(desk, SECOND)
    for criterion in (
        desk.get_by_role("main").get_by_role("group").filter(has=desk.get_by_role("radio")).all()
    ):
        criterion.get_by_role("radio").nth(2).check()
    desk.get_by_label("Feedback", exact=True).fill("Who asked her first?")
    press(desk, "Save")
    sees(desk, "Saved. Only you can see it.")
    expect(desk.get_by_role("radio", checked=True)).to_have_count(4)
    press(desk, "Release to Amara")
    sees(desk, "Released.")


def reads_the_answer(plain: Page) -> None:
    follow(plain, "Home")
    follow(plain, "Read the answer")
    sees(plain, "Who asked her first?")
