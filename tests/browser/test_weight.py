"""The first view of every page is light: at most 60 KB as sent, without media.

The test server does not compress static files, so the sum is made here, as production sends it:
the page through the real middleware with gzip, and each style, script and icon that it names
compressed once, as WhiteNoise does. Headers are counted with 400 bytes a file. That the browser
asks for nothing else, says nothing in its console and does not scroll sideways is seen in Chromium.
"""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page

from curriculum.models import LessonPage

from .conftest import SitDown
from .every_page import House, Tour, enter
from .every_page import furnished as furnished

pytestmark = pytest.mark.browser

MOST = 60 * 1024
HEADERS = 400
ASSET = re.compile(r'(?:src|href)="/static/([^"?#]+)"')
TOURS = ["visitor", "learner", "newcomer", "reviewer", "coordinator", "editor", "codeless"]
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Wider than the screen, and not inside something that scrolls by itself: what to look at first.
CULPRIT = """[...document.querySelectorAll("main *, header *, footer *")].filter((one) =>
  one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 ||
  one.getBoundingClientRect().left < -1).slice(-1).map((one) => one.outerHTML.slice(0, 120))[0]"""


def sent_bytes(answer: Any) -> int:
    """The page and what it names, compressed."""
    names = set(ASSET.findall(gzip.decompress(answer.content).decode()))
    total = len(answer.content) + HEADERS
    for name in names:
        path = finders.find(name)
        assert isinstance(path, str), name
        with open(path, "rb") as file:
            total += len(gzip.compress(file.read())) + HEADERS
    return total


@pytest.mark.parametrize("name", TOURS)
def test_every_first_view_is_light(furnished: House, name: str) -> None:
    tour, client = furnished.tours[name], Client(raise_request_exception=False)
    if tour.person is not None:
        client.force_login(tour.person)
    sizes = {}
    lessons = [page.get_url() for page in LessonPage.objects.live()] if name == "learner" else []
    for path in [*tour.pages, *lessons]:
        answer = client.get(path, headers={"accept-encoding": "gzip"}, follow=True)
        assert answer.headers["Content-Encoding"] == "gzip", path
        sizes[path] = sent_bytes(answer)
    heaviest = max(sizes, key=sizes.__getitem__)
    print(f"{name}: heaviest {heaviest} {sizes[heaviest] / 1024:.1f} KB")  # noqa: T201
    assert {path: size for path, size in sizes.items() if size > MOST} == {}


def look(page: Page, tour: Tour) -> dict[str, str]:
    """What scrolls sideways at 320 px, or with a text of twice the size at 390 px."""
    found = {}
    for path in tour.pages:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true })")
        if page.evaluate(SCROLLS):
            found[f"{path} at 320"] = page.evaluate(CULPRIT)
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate(SCROLLS):
            found[f"{path} at 200 %"] = page.evaluate(CULPRIT)
    return found


@pytest.mark.parametrize("name", TOURS)
def test_no_page_scrolls_sideways_or_complains(
    furnished: House, sit_down: SitDown, name: str, base_url: str
) -> None:
    tour = furnished.tours[name]
    page = sit_down()
    said, strangers = [], []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status" not in message.text:
            said.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("request", lambda r: r.url.startswith((base_url, "data:")) or strangers.append(r.url))
    enter(page, tour, base_url)
    assert look(page, tour) == {}
    assert said == []
    assert strangers == []
