"""Two windows, two devices, two people: both texts are shown, nobody else's ever is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from people.models import User
from reflections.models import Entry
from reflections.workflow.entries import save_entry
from tests.conftest import NOON

from .acts import press, sees, sees_heading
from .conftest import SitDown
from .writing_room import DEVICE, SAVED, TWO, Network, begin, come_in, holds, open_draft, state

pytestmark = pytest.mark.browser


def two_texts(desk: Page, phone: Page, author: User, base_url: str) -> Entry:
    """One entry, written on a computer, then on a phone that had opened it before."""
    entry = begin(author)
    for page in (desk, phone):
        come_in(page, author, base_url)
    on_desk, on_phone = open_draft(desk, entry), open_draft(phone, entry)
    on_desk.fill("From the desk.")
    state(desk, SAVED)
    on_phone.fill("From the phone.")
    state(phone, TWO)
    expect(on_phone).to_have_value("From the phone.")
    phone.reload()
    sees_heading(phone, "Two versions")
    section = phone.locator("#versions")
    expect(section).to_contain_text("From the desk.")
    expect(section).to_contain_text("phone.")
    return entry


def body(entry: Entry) -> str:
    return Entry.objects.get(pk=entry.pk).body


def test_two_devices_and_both_are_kept(desk: Page, phone: Page, amara: User, base_url: str) -> None:
    entry = two_texts(desk, phone, amara, base_url)
    press(phone, "Keep both, one under the other")
    expect(phone.get_by_label("Your entry")).to_have_value("From the desk.\n\nFrom the phone.")
    assert body(entry) == "From the desk.\n\nFrom the phone."


def test_two_devices_and_the_other_text_is_chosen(
    desk: Page, phone: Page, amara: User, base_url: str
) -> None:
    entry = two_texts(desk, phone, amara, base_url)
    phone.get_by_role("button", name="Keep this one").nth(1).click()
    sees(phone, "The other version stays in the history.")
    assert body(entry) == "From the phone."
    assert entry.versions.filter(kind="replaced", body="From the desk.").exists()


def test_a_kept_text_meets_a_newer_one_and_both_are_shown_at_once(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="away")
    open_draft(phone, entry).fill("On the train.")
    state(phone, DEVICE)
    save_entry(entry, body="At home.", base=entry.version, at=NOON)
    network.plan = "pass"
    phone.reload()
    sees_heading(phone, "Two versions")
    expect(phone.get_by_label("Your entry")).to_have_value("At home.")
    assert body(entry) == "At home."
    assert entry.versions.get(kind="other").body == "On the train."
    holds(phone, 0)


def test_two_tabs_keep_a_copy_each_and_lose_neither(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    second = phone.context.new_page()
    networks = [Network(page, plan="away") for page in (phone, second)]
    open_draft(phone, entry).fill("In the first tab.")
    open_draft(second, entry).fill("In the second tab.")
    state(phone, DEVICE)
    state(second, DEVICE)
    holds(phone, 2)
    expect(phone.get_by_label("Your entry")).to_have_value("In the first tab.")
    second.close()
    phone.goto("/privacy/")
    networks[0].plan = "pass"
    phone.goto("/journal/")
    holds(phone, 0)
    found = {body(entry), entry.versions.get(kind="other").body}
    assert found == {"In the first tab.", "In the second tab."}


def test_an_open_tab_is_left_alone_by_another(phone: Page, amara: User, base_url: str) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="away")
    field = open_draft(phone, entry)
    field.fill("One.")
    state(phone, DEVICE)
    other = phone.context.new_page()
    other.goto("/journal/")
    other.wait_for_timeout(700)
    network.plan = "pass"
    field.fill("One. Two.")
    state(phone, SAVED)
    assert (body(entry), entry.versions.count()) == ("One. Two.", 0)


def test_an_entry_sent_elsewhere_keeps_later_words_on_the_device_and_says_so(
    desk: Page, phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    for page in (desk, phone):
        come_in(page, amara, base_url)
    on_phone = open_draft(phone, entry)
    open_draft(desk, entry).fill("Kept on the desk.")
    press(desk, "Keep for myself")
    sees(desk, "Kept. Only you can read it.")
    on_phone.fill("One more thought.")
    state(phone, DEVICE)
    expect(phone.locator("#saved")).to_contain_text("sent or taken away in another window")
    phone.goto("/dashboard/")
    sees(phone, "Some of your words are only on this device")
    phone.get_by_role("link", name="Look at them").click()
    expect(phone.locator("#kept")).to_contain_text("One more thought.")
    press(phone, "Throw away")
    expect(phone.locator("#kept")).to_be_hidden()
    holds(phone, 0)


def test_words_of_another_account_are_neither_shown_nor_sent_nor_wiped(
    phone: Page, amara: User, tomas: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="away")
    open_draft(phone, entry).fill("Only for Amara.")
    state(phone, DEVICE)
    phone.goto("/privacy/")
    phone.context.clear_cookies()
    network.plan = "pass"
    come_in(phone, tomas, base_url)
    phone.goto("/journal/")
    expect(phone.locator("#device-words")).to_be_hidden()
    sign_out(phone)
    assert network.acknowledged == []
    holds(phone, 1)
    come_in(phone, amara, base_url)
    phone.goto("/journal/")
    holds(phone, 0)
    assert body(entry) == "Only for Amara."


FRONT = re.compile(r"://[^/]+/$")


def sign_out(page: Page) -> None:
    """By the page that asks."""
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(FRONT)


def test_signing_out_sends_what_waits_and_leaves_nothing(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="away")
    open_draft(phone, entry).fill("Before I go.")
    state(phone, DEVICE)
    phone.goto("/privacy/")
    network.plan = "pass"
    sign_out(phone)
    assert body(entry) == "Before I go."
    holds(phone, 0)


def test_signing_out_with_unsent_words_asks_first(phone: Page, amara: User, base_url: str) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    Network(phone, plan="away")
    open_draft(phone, entry).fill("Cannot be sent.")
    state(phone, DEVICE)
    questions = []
    phone.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.dismiss()))
    phone.goto("/accounts/logout/")
    phone.locator("main").get_by_role("button", name="Sign out").click()
    for _turn in range(100):
        if questions:
            break
        phone.wait_for_timeout(100)
    assert "only on this device" in questions[0]
    phone.goto("/journal/")
    sees_heading(phone, "Your journal")
    holds(phone, 1)


def test_a_shared_computer_keeps_nothing(sit_down: SitDown, amara: User, base_url: str) -> None:
    library = sit_down()
    entry = begin(amara)
    come_in(library, amara, base_url)
    library.goto("/me/")
    press(library, "This is a shared computer")
    network = Network(library, plan="away")
    field = open_draft(library, entry)
    field.fill("In the library.")
    state(library, "Not saved")
    holds(library, 0)
    network.plan = "pass"
    field.press_sequentially(" Online.")
    state(library, SAVED)
    holds(library, 0)


def test_deleting_a_draft_deletes_its_copy(phone: Page, amara: User, base_url: str) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    Network(phone, plan="away")
    open_draft(phone, entry).fill("Not worth keeping.")
    state(phone, DEVICE)
    phone.get_by_text("Delete this draft").click()
    press(phone, "Delete the draft")
    sees(phone, "The draft is deleted.")
    holds(phone, 0)
