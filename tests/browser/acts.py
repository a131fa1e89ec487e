"""What people do in the browser, by the words they see. Stories are made of these."""

from __future__ import annotations

import re
from html import unescape

from django.core import mail
from django.utils import timezone
from django.utils.html import strip_tags
from playwright.sync_api import Locator, Page, expect

from curriculum.models import LessonPage
from curriculum.reading import read_edition
from curriculum.rendering import Check, Choice
from jobs.clock import tick
from people.models import User
from publishing.models import Edition
from tests.conftest import PASSWORD


def press(page: Page | Locator, words: str) -> None:
    """Press the button that says exactly this."""
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page | Locator, words: str) -> None:
    """Follow the link that says exactly this, the first of its kind."""
    page.get_by_role("link", name=words, exact=True).first.click()


def sees(page: Page | Locator, words: str) -> None:
    """The page says this, visibly."""
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()


def sees_not(page: Page | Locator, words: str) -> None:
    """Nothing visible says this. Ask after something else was seen."""
    expect(page.get_by_text(words).filter(visible=True)).to_have_count(0)


def sees_heading(page: Page, words: str) -> None:
    """A heading says this."""
    expect(page.get_by_role("heading", name=words).first).to_be_visible()


def sign_in(
    page: Page, person: User | str, path: str = "/dashboard/", words: str = PASSWORD
) -> None:
    """Through the real form, on the way to a page. `person` is somebody, or an address."""
    page.goto(path)
    page.get_by_label("E-mail").fill(person if isinstance(person, str) else person.email)
    page.get_by_label("Password", exact=True).fill(words)
    press(page, "Sign in")
    expect(page).not_to_have_url(re.compile("/accounts/login/"))


def account(page: Page, words: str) -> None:
    """Open the account menu and follow one of its links."""
    page.locator("summary", has_text="Account:").click()
    follow(page.get_by_role("banner"), words)


def read_notice(page: Page, subject: str) -> None:
    """Open a notice from the account menu."""
    page.locator("summary", has_text="Account:").click()
    page.get_by_role("banner").get_by_role("link", name=re.compile("^Notices")).click()
    page.get_by_role("button", name=subject, exact=True).first.click()


def checks_of(lesson: LessonPage) -> tuple[Check, ...]:
    """The knowledge checks as readers have them."""
    return read_edition(Edition.objects.filter(page=lesson).latest("number")).checks


def answer_check(page: Page, check: Check, *, right: bool = True) -> None:
    """Choose the right answers, or one that is wrong, and have it marked."""
    form = page.locator("form").filter(has=page.get_by_role("group", name=check.question))
    for choice in check.choices:
        box = form.get_by_label(choice.text, exact=True)
        wanted = choice.right if right else choice == wrong_choice(check)
        if wanted:
            box.check()
        elif check.multiple:
            box.uncheck()
    form.get_by_role("button", name=re.compile("^Check my answer")).click()


def wrong_choice(check: Check) -> Choice:
    """Something a good doctor might do, and yet."""
    return next(choice for choice in check.choices if not choice.right)


def answer_checks(page: Page, lesson: LessonPage) -> None:
    """Every check, wrong first, with its explanation read; then right."""
    for check in checks_of(lesson):
        answer_check(page, check, right=False)
        sees(page, unescape(strip_tags(wrong_choice(check).explanation)))
        answer_check(page, check)
        sees(page, "Yes.")


def sentences(page: Page) -> Locator:
    """The sentences of a self-assessment, each with its five answers."""
    return page.get_by_role("main").get_by_role("group").filter(has=page.get_by_role("radio"))


def answer_all(page: Page, words: str, *, only: int | None = None) -> None:
    """Give every sentence of the self-assessment one answer, or the first `only` of them."""
    for sentence in sentences(page).all()[:only]:
        sentence.get_by_role("radio", name=words, exact=True).check()


def write(page: Page, words: str) -> None:
    """Type into the entry, and wait until the server has it and the page says so."""
    page.wait_for_load_state()
    with page.expect_response(lambda answer: "/autosave/" in answer.url and answer.ok):
        page.get_by_label("Your entry").fill(words)
    expect(page.locator("#saved")).to_contain_text("Saved")


def keep_word(page: Page, word: str, reason: str) -> None:
    """Keep a marked word and say why."""
    mark = page.get_by_role("listitem").filter(has=page.locator("mark", has_text=word))
    mark.get_by_text("Keep it, say why").click()
    mark.get_by_label("Why nobody can be recognised by it").fill(reason)
    press(mark, "Keep it")


def choose_readers(page: Page, *labels: str) -> None:
    """Tick the readers whose label begins so, and begin."""
    for label in labels:
        page.get_by_label(label).check()
    press(page, "Start writing")


def rate_by_keyboard(page: Page, levels: str) -> None:
    """One digit a criterion, from where the page begins; Tab goes on to the next."""
    page.wait_for_load_state()
    for level in levels:
        page.keyboard.press(level)
        page.keyboard.press("Tab")


def answer_by_keyboard(page: Page, words: str) -> None:
    """F goes to the feedback, Control and Enter release it."""
    page.keyboard.press("f")
    page.keyboard.type(words)
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.keyboard.press("Control+Enter")


def mails_to(person: User) -> list[str]:
    """The subjects of the mails to somebody, once the clock has ticked."""
    tick(timezone.now())
    return [mail.subject for mail in mail.outbox if person.email in mail.to]
