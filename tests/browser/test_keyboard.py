"""Everything by keyboard: reachable, with a focus that shows, and the desk's own keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry, Review, ReviewRequest
from reflections.workflow.entries import save_entry, submit_entry
from tests.conftest import NOON

from .acts import sees
from .conftest import SitDown
from .every_page import House, enter
from .every_page import furnished as furnished
from .writing_room import SAVED, begin, come_in, state

pytestmark = pytest.mark.browser

# What can be used, each once: of a group of radios the browser reaches one.
USABLE = """() => {
  document.querySelectorAll("main details").forEach((one) => { one.open = true; });
  const groups = new Set();
  const usable = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((one) => {
    if (one.matches(":disabled, [type=hidden]") || !one.checkVisibility()) return false;
    if (one.type !== "radio") return true;
    const group = (one.form ? one.form.action : "") + one.name;
    return !groups.has(group) && groups.add(group);
  });
  return usable.length;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = one.closest(".choice") || one;
  const style = getComputedStyle(one);
  const around = getComputedStyle(seen);
  const box = seen.getBoundingClientRect();
  const shows = [style, around].some(
    (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  if (one === window.before) return "inside"; // a date has a stop for day, month and year
  window.before = one;
  one.dataset.walked = one.dataset.walked ? "again" : "yes";
  return { html: one.outerHTML.slice(0, 90), shows, inside, again: one.dataset.walked === "again" };
}"""


def tab_through(page: Page) -> tuple[int, int, list[str]]:
    """How many things can be used, how many Tab reaches, and which of these do not show it."""
    usable = page.evaluate(USABLE)
    hidden, reached = [], 0
    for _press in range(4 * usable + 5):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus == "inside":
            continue
        if focus is None or focus["again"]:
            break
        reached += 1
        if not (focus["shows"] and focus["inside"]):
            hidden.append(focus["html"])
    return usable, reached, hidden


@pytest.mark.parametrize(
    ("who", "find"),
    [
        ("learner", "/journal/"),
        ("learner", "what-an-interpreter"),
        ("learner", "/pre/"),
        ("learner", "/edit/"),
        ("reviewer", "/reviews/"),
        ("coordinator", "/trips/new/"),
    ],
)
def test_tab_reaches_everything_and_shows_where_it_is(
    furnished: House, sit_down: SitDown, who: str, find: str, base_url: str
) -> None:
    tour = furnished.tours[who]
    page = sit_down()
    enter(page, tour, base_url)
    page.goto([path for path in tour.pages if find in path][-1])
    usable, reached, hidden = tab_through(page)
    assert hidden == []
    assert reached >= usable


def test_the_first_tab_skips_to_the_content(phone: Page) -> None:
    phone.goto("/help/")
    phone.keyboard.press("Tab")
    link = phone.get_by_role("link", name="Skip to the main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    phone.keyboard.press("Enter")
    expect(phone.locator("#main")).to_be_focused()


@pytest.fixture
def queue(house: None, amara: User, amara_part: TripMember, dr_osei: User) -> list[ReviewRequest]:
    """Three entries of Amara wait, in this order."""
    for number in range(3):
        entry = begin(amara, amara_part, reviewers=True)
        save_entry(entry, body=f"Night number {number}.", base=1, at=NOON)
        submit_entry(Entry.objects.get(pk=entry.pk), at=NOON.replace(hour=12 + number))
    return list(ReviewRequest.objects.order_by("since"))


def test_a_reviewer_walks_rates_writes_and_releases_by_keyboard(
    sit_down: SitDown, queue: list[ReviewRequest], dr_osei: User, base_url: str
) -> None:
    page = sit_down()
    come_in(page, dr_osei, base_url)
    page.goto(f"/reviews/{queue[0].public_id}/")
    page.keyboard.press("j")
    page.wait_for_url(f"**/{queue[1].public_id}/")
    page.keyboard.press("Shift+J")
    page.wait_for_url(f"**/{queue[2].public_id}/")
    page.keyboard.press("k")
    page.wait_for_url(f"**/{queue[1].public_id}/")
    page.keyboard.press("2")
    expect(page.locator(".rubric fieldset").nth(0).locator("input").nth(1)).to_be_checked()
    expect(page.locator(".rubric fieldset").nth(0).locator("input").nth(1)).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_label("Feedback")).to_be_focused()
    page.keyboard.type("3 nights, jk.")
    expect(page.get_by_label("Feedback")).to_have_value("3 nights, jk.")
    state(page, SAVED)
    page.keyboard.press("Control+Enter")
    sees(page, "Released.")
    review = Review.objects.get(request=queue[1])
    assert (review.feedback, list(review.ratings.values())) == ("3 nights, jk.", [2])
    assert review.status == "released"


def test_the_keys_of_the_desk_can_be_switched_off(
    sit_down: SitDown, queue: list[ReviewRequest], dr_osei: User, base_url: str
) -> None:
    page = sit_down()
    come_in(page, dr_osei, base_url)
    page.goto(f"/reviews/{queue[0].public_id}/")
    page.get_by_text("Keyboard", exact=True).click()
    page.get_by_label("Single letters and numbers work as shortcuts").uncheck()
    page.reload()
    page.keyboard.press("f")
    page.keyboard.press("j")
    page.wait_for_timeout(500)
    expect(page.get_by_label("Feedback")).not_to_be_focused()
    assert str(queue[0].public_id) in page.url
