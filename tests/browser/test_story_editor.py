"""An editor changes a lesson; who had completed it sees what changed and loses nothing."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from curriculum.models import LessonPage
from people.models import Institution, Role, User
from people.workflow import grant

from .acts import answer_checks, follow, press, sees, sees_heading, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "One study, and nobody has repeated it. "
# Wagtail takes two seconds to learn what the form says before anybody types; the preview follows
# what is typed after that.
SAY_WHEN_EDITS_ARE_WATCHED = """
addEventListener("w-unsaved:watch-edits", () => document.body.classList.add("watched"));
"""
NOTE = "The first paragraph says how little is known."


@pytest.fixture
def editor(eleni: User, harrow_lake: Institution) -> User:
    """Eleni, whose role a coordinator gave her."""
    eleni.memberships.all().delete()
    grant(eleni, harrow_lake, Role.EDITOR, at=timezone.now())
    return eleni


def test_editor_changes_a_lesson_and_the_reader_loses_nothing(
    desk: Page, phone: Page, module_3: list[LessonPage], editor: User, amara: User
) -> None:
    lesson = module_3[0]
    sign_in(phone, amara)
    completes_it(phone, lesson)

    desk.add_init_script(SAY_WHEN_EDITS_ARE_WATCHED)
    sign_in(desk, editor, "/cms/")
    finds_it_in_the_cms(desk, lesson)
    changes_the_text_and_watches_the_preview(desk)
    chooses_re_read_and_publishes(desk)

    sees_that_it_changed(phone, lesson)
    still_has_what_she_read(phone)


def completes_it(phone: Page, lesson: LessonPage) -> None:
    follow(phone, "Modules")
    phone.get_by_role("link", name="Language, interpreters, consent").click()
    phone.get_by_role("link", name=lesson.title).click()
    answer_checks(phone, lesson)
    phone.get_by_role("button", name="Mark complete").click()
    sees(phone, "1 of 4 lessons complete")


def finds_it_in_the_cms(desk: Page, lesson: LessonPage) -> None:
    press(desk, "Pages")
    follow(desk, "View child pages of 'Language, interpreters, consent'")
    follow(desk, f"Edit '{lesson.title}'")
    sees_heading(desk, lesson.title)


def changes_the_text_and_watches_the_preview(desk: Page) -> None:
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.locator("iframe[title=Preview]").last.content_frame
    expect(preview.get_by_text("This is a draft. Readers do not see it.")).to_be_visible()

    expect(desk.locator("body.watched")).to_be_visible()
    desk.locator("[contenteditable=true]").first.click()
    desk.keyboard.press("Control+Home")
    desk.keyboard.type(NEW)
    expect(preview.get_by_text(NEW.strip())).to_be_visible()


def chooses_re_read_and_publishes(desk: Page) -> None:
    desk.get_by_label("Re-read: suggest reading it again").check()
    desk.get_by_label("What changed").fill(NOTE)
    desk.get_by_role("button", name="More actions").click()
    press(desk, "Publish")
    sees(desk, "has been published")


def sees_that_it_changed(phone: Page, lesson: LessonPage) -> None:
    follow(phone, "Modules")
    phone.get_by_role("link", name="Language, interpreters, consent").click()
    sees(phone, "Changed since you completed it.")
    sees(phone, NOTE)
    sees(phone, "What you completed stands.")
    sees(phone, "1 of 4 lessons complete")
    phone.get_by_role("link", name=lesson.title).click()
    sees(phone, "This lesson changed since you completed it.")
    sees(phone, NEW.strip())


def still_has_what_she_read(phone: Page) -> None:
    follow(phone, "The text as you completed it")
    sees_heading(phone, "What an interpreter catches")
    sees(phone, "This is the text as you completed it on")
    expect(phone.get_by_text(NEW.strip())).to_have_count(0)
