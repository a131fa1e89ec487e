"""Sessions that end, browsers that close, first words, and the reviewer's draft."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry, Review, ReviewRequest
from reflections.workflow.entries import save_entry, submit_entry
from reflections.workflow.reviews import save_review
from tests.conftest import NOON

from .acts import press, sees, sign_in
from .conftest import SitDown
from .writing_room import DEVICE, SAVED, TWO, Network, begin, come_in, holds, open_draft, state

pytestmark = pytest.mark.browser


def end_session(page: Page) -> None:
    """The session is over; the browser does not know."""
    page.context.clear_cookies(name="sessionid")


def test_a_session_that_ends_while_writing_costs_no_word(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    field = open_draft(phone, entry)
    end_session(phone)
    field.fill("Written after the session.")
    state(phone, DEVICE)
    expect(phone.locator("#saved")).to_contain_text("Sign in again in another window")
    window = phone.context.new_page()
    sign_in(window, amara)
    window.wait_for_url("**/dashboard/")
    phone.bring_to_front()
    phone.evaluate("window.dispatchEvent(new Event('focus'))")
    state(phone, SAVED)
    assert Entry.objects.get(pk=entry.pk).body == "Written after the session."
    holds(phone, 0)


def test_a_send_after_the_session_ended_comes_back_after_signing_in(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    field = open_draft(phone, entry)
    end_session(phone)
    field.fill("Sent too late.")
    press(phone, "Save")
    expect(phone).to_have_url(re.compile("/accounts/login/"))
    phone.get_by_label("E-mail").fill(amara.email)
    phone.get_by_label("Password", exact=True).fill("bothways-demo")
    press(phone, "Sign in")
    phone.wait_for_url(lambda url: "/accounts/login/" not in url)
    phone.goto("/journal/")
    holds(phone, 0)
    assert Entry.objects.get(pk=entry.pk).body == "Sent too late."


def test_a_browser_that_was_closed_still_has_the_words(
    house: None,
    browser: Browser,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, str],
    tmp_path: Path,
    amara: User,
    base_url: str,
) -> None:
    entry = begin(amara)

    def start() -> Page:
        context = browser_type.launch_persistent_context(
            tmp_path, base_url=base_url, **browser_type_launch_args
        )
        return context.pages[0]

    page = start()
    come_in(page, amara, base_url)
    Network(page, plan="away")
    open_draft(page, entry).fill("Then the battery died.")
    state(page, DEVICE)
    page.context.close()
    page = start()
    come_in(page, amara, base_url)
    expect(open_draft(page, entry)).to_have_value("Then the battery died.")
    state(page, SAVED)
    holds(page, 0)
    page.context.close()
    assert Entry.objects.get(pk=entry.pk).body == "Then the battery died."


def test_a_beginning_that_is_sent_twice_makes_one_entry(
    phone: Page, amara: User, base_url: str
) -> None:
    come_in(phone, amara, base_url)
    phone.goto("/journal/new/?prompt=did-without")
    phone.evaluate(
        "fetch(location, {method: 'POST', body: new FormData(document.querySelector('main form'))})"
    )  # arrives; the answer is never seen
    phone.get_by_role("button", name="Start writing").click()
    phone.wait_for_url("**/edit/")
    assert Entry.objects.filter(author=amara).count() == 1


@pytest.fixture
def request_to_osei(
    house: None, amara: User, amara_part: TripMember, dr_osei: User
) -> ReviewRequest:
    """Amara's entry waits for Dr Osei."""
    entry = begin(amara, amara_part, reviewers=True)
    save_entry(entry, body="The machine is off from noon to six.", base=1, at=NOON)
    submit_entry(Entry.objects.get(pk=entry.pk), at=NOON)
    return ReviewRequest.objects.get(entry=entry)


def open_request(page: Page, request: ReviewRequest) -> None:
    page.goto(f"/reviews/{request.public_id}/")


def test_a_reviewers_draft_survives_a_reload_without_a_network(
    sit_down: SitDown, request_to_osei: ReviewRequest, dr_osei: User, base_url: str
) -> None:
    page = sit_down()
    come_in(page, dr_osei, base_url)
    network = Network(page, plan="away")
    open_request(page, request_to_osei)
    page.get_by_label("Feedback").fill("I stopped at the gas.")
    page.locator(".rubric input[type=radio]").nth(2).check()
    state(page, DEVICE)
    page.reload()
    expect(page.get_by_label("Feedback")).to_have_value("I stopped at the gas.")
    expect(page.locator(".rubric input[type=radio]").nth(2)).to_be_checked()
    network.plan = "pass"
    press(page, "Release to Amara")
    sees(page, "Released.")
    review = Review.objects.get(request=request_to_osei)
    assert (review.feedback, review.status) == ("I stopped at the gas.", "released")
    assert len(review.ratings) == 1
    holds(page, 0)


def test_a_reviewers_draft_meets_a_newer_one_and_both_are_shown(
    sit_down: SitDown, request_to_osei: ReviewRequest, dr_osei: User, base_url: str
) -> None:
    page = sit_down()
    come_in(page, dr_osei, base_url)
    open_request(page, request_to_osei)
    save_review(request_to_osei, feedback="From the ward.", ratings={}, base=0, at=NOON)
    page.get_by_label("Feedback").fill("From the office.")
    state(page, TWO)
    press(page, "Save")
    sees(page, "From the ward.")
    expect(page.get_by_label("Feedback")).to_have_value("From the office.")
    page.get_by_label("Feedback").fill("From the office. And the ward.")
    page.wait_for_timeout(1200)
    assert Review.objects.get().feedback == "From the ward."
    press(page, "Save")
    sees(page, "Saved. Only you can see it.")
    assert Review.objects.get().feedback == "From the office. And the ward."
    holds(page, 0)


def test_another_persons_id_for_a_new_entry_makes_a_new_one(
    phone: Page, amara: User, tomas: User, base_url: str
) -> None:
    theirs = begin(amara)
    come_in(phone, tomas, base_url)
    phone.goto("/journal/new/?prompt=free")
    phone.locator("input[name=token]").evaluate(
        "(field, id) => { field.value = id }", str(theirs.public_id)
    )
    press(phone, "Start writing")
    phone.wait_for_url("**/edit/")
    assert str(theirs.public_id) not in phone.url
    assert Entry.objects.filter(author=tomas).count() == 1
