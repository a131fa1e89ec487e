"""Words and a network that comes and goes: none is lost, none is doubled, the line is true."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry

from .acts import press, sees
from .conftest import SitDown
from .writing_room import DEVICE, SAVED, Network, begin, come_in, holds, open_draft, state

pytestmark = pytest.mark.browser

WEATHER = ["pass", "away", "pass", "lost", "broken", "pass", "lost", "away", "lost", "pass"]


def waits_for_server(page: Page) -> None:
    """The words are here, and the page says when they go."""
    state(page, DEVICE)
    expect(page.locator("#saved")).to_contain_text("when the server can be reached again")


def test_fifty_edits_through_bad_weather_arrive_whole(
    phone: Page, amara: User, amara_part: TripMember, base_url: str
) -> None:
    entry = begin(amara, amara_part)
    come_in(phone, amara, base_url)
    network = Network(phone)
    field = open_draft(phone, entry)
    field.focus()
    for number in range(50):
        network.plan = WEATHER[number // 5]
        phone.context.set_offline(network.plan == "away")
        phone.keyboard.insert_text(f"word{number} ")
        if number % 5 == 4:
            phone.wait_for_timeout(1100)
        if number == 22:
            state(phone, SAVED) if network.plan == "pass" else state(phone, DEVICE)
    network.plan = "pass"
    phone.evaluate("window.dispatchEvent(new Event('focus'))")
    state(phone, SAVED)
    fresh = Entry.objects.get(pk=entry.pk)
    assert fresh.body == "".join(f"word{number} " for number in range(50))
    assert len(network.acknowledged) >= 4
    assert all(set(text.split()) <= set(fresh.body.split()) for text in network.acknowledged)
    assert not fresh.versions.exists()
    holds(phone, 0)


def test_a_lost_answer_makes_no_second_version(phone: Page, amara: User, base_url: str) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="lost")
    field = open_draft(phone, entry)
    field.press_sequentially("First. ")
    waits_for_server(phone)
    network.plan = "pass"
    field.press_sequentially("Second.")
    state(phone, SAVED)
    fresh = Entry.objects.get(pk=entry.pk)
    assert (fresh.body, fresh.versions.count()) == ("First. Second.", 0)


def test_a_text_kept_offline_is_there_after_a_reload_and_is_sent(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="away")
    open_draft(phone, entry).fill("Nobody has this yet.")
    state(phone, DEVICE)
    phone.reload()
    expect(phone.get_by_label("Your entry")).to_have_value("Nobody has this yet.")
    state(phone, DEVICE)
    network.plan = "pass"
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    state(phone, SAVED)
    assert Entry.objects.get(pk=entry.pk).body == "Nobody has this yet."
    holds(phone, 0)


def test_a_tab_closed_at_once_loses_nothing(phone: Page, amara: User, base_url: str) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    open_draft(phone, entry).press_sequentially("Closed at once.")
    phone.goto("/journal/")
    holds(phone, 0)
    assert Entry.objects.get(pk=entry.pk).body == "Closed at once."


def test_sending_without_a_network_keeps_the_page_and_the_words(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    field = open_draft(phone, entry)
    phone.context.set_offline(True)
    field.fill("Sent from the minibus.")
    press(phone, "Keep for myself")
    waits_for_server(phone)
    expect(field).to_have_value("Sent from the minibus.")
    phone.context.set_offline(False)
    state(phone, SAVED)
    press(phone, "Keep for myself")
    sees(phone, "Kept. Only you can read it.")
    assert Entry.objects.get(pk=entry.pk).status == "kept"
    holds(phone, 0)


def test_sending_to_a_broken_server_keeps_the_page_and_the_words(
    phone: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(phone, amara, base_url)
    network = Network(phone, plan="broken")
    field = open_draft(phone, entry)
    field.fill("The server is busy.")
    press(phone, "Keep for myself")
    waits_for_server(phone)
    expect(field).to_have_value("The server is busy.")
    network.plan = "pass"
    press(phone, "Keep for myself")
    sees(phone, "Kept. Only you can read it.")
    assert Entry.objects.get(pk=entry.pk).body == "The server is busy."


def test_without_a_store_the_line_says_not_saved_and_the_page_works(
    sit_down: SitDown, amara: User, base_url: str
) -> None:
    private = sit_down()
    private.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    entry = begin(amara)
    come_in(private, amara, base_url)
    network = Network(private, plan="away")
    field = open_draft(private, entry)
    field.fill("In a private window.")
    state(private, "Not saved")
    network.plan = "pass"
    field.press_sequentially(" And on.")
    state(private, SAVED)
    assert Entry.objects.get(pk=entry.pk).body == "In a private window. And on."


def test_a_text_over_the_limit_stays_in_the_field_and_on_the_device(
    desk: Page, amara: User, base_url: str
) -> None:
    entry = begin(amara)
    come_in(desk, amara, base_url)
    field = open_draft(desk, entry)
    field.fill("x" * 75_000)
    expect(desk.locator("#saved")).to_contain_text("At most 60,000 characters")
    state(desk, DEVICE)
    assert len(field.input_value()) == 75_000
    field.fill("short")
    state(desk, SAVED)
    assert Entry.objects.get(pk=entry.pk).body == "short"
