"""What people do in the browser, by the words they see. Stories are made of these."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from people.models import User
from tests.conftest import PASSWORD


def press(page: Page, words: str) -> None:
    """Press the button that says exactly this."""
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Follow the link that says exactly this."""
    page.get_by_role("link", name=words, exact=True).first.click()


def sees(page: Page, words: str) -> None:
    """The page says this, visibly."""
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()


def sees_heading(page: Page, words: str) -> None:
    """A heading says this."""
    expect(page.get_by_role("heading", name=words).first).to_be_visible()


def sign_in(page: Page, person: User, path: str = "/dashboard/") -> None:
    """Through the real form, on the way to a page."""
    page.goto(path)
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page).not_to_have_url("**/accounts/login/**")
