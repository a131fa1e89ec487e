"""Right to left nothing leaves the page; on paper the bars stay away and the words stand."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import DESK, PHONE, SitDown
from .every_page import House, enter
from .every_page import furnished as furnished
from .test_weight import CULPRIT, SCROLLS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["visitor", "learner", "reviewer"])
def test_right_to_left_leaves_nothing_outside(
    furnished: House, sit_down: SitDown, name: str, base_url: str
) -> None:
    tour = furnished.tours[name]
    page = sit_down(PHONE)
    enter(page, tour, base_url)
    found = {}
    for path in tour.pages:
        page.goto(f"{path}{'&' if '?' in path else '?'}lang=ar")
        page.evaluate("document.documentElement.dir = 'rtl'")
        if page.evaluate(SCROLLS):
            found[path] = page.evaluate(CULPRIT)
    assert found == {}


def test_the_page_says_its_language_and_direction(sit_down: SitDown) -> None:
    page = sit_down()
    page.goto("/help/?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("find", ["what-an-interpreter", "/outcomes/"])
def test_on_paper_the_bars_stay_away(
    furnished: House, sit_down: SitDown, find: str, base_url: str
) -> None:
    tour = furnished.tours["learner"]
    page = sit_down(DESK)
    enter(page, tour, base_url)
    page.goto(next(path for path in tour.pages if find in path))
    page.emulate_media(media="print")
    for bar in (".topbar", ".footer", ".skip", ".crumbs"):
        for one in page.locator(bar).all():
            expect(one).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main .btn:visible").count() == 0
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
