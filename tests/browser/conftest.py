"""Real browsers on a real server: headless Chromium, one request at a time, an honest house.

A person sits at a screen: `phone` and `desk` are two of them, `sit_down` gives more. Each has
cookies and storage of its own. Addresses are paths: `phone.goto("/dashboard/")`.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone, translation
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection

from curriculum.management.commands.load_curriculum import CONTENT
from curriculum.models import LessonPage
from curriculum.tree import ensure_tree
from pathways.workflow import load_default_pathway
from people.policies import load_policies
from reflections.shipped import load_shipped

PATIENCE = 15_000  # milliseconds; the machine may be busy with other work
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SitDown = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser of the system: nothing is downloaded."""
    names = [os.environ.get("CHROMIUM") or "chromium", "google-chrome", "chromium-browser"]
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("There is no Chromium here: scripts/find-chromium says how to get one.")
    return {**browser_type_launch_args, "executable_path": found, "args": FLAGS}


class OneAtATime:
    """Requests one after the other: on SQLite in memory all threads share one connection."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app
        self.turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer as a whole, so that the turn ends with the answer."""
        with self.turn:
            answer = self.app(environ, start_response)
            try:
                return list(answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()


@pytest.fixture(scope="session")
def orderly_server(live_server: LiveServer) -> LiveServer:
    """The server of the tests, without two requests inside each other's transactions."""
    httpd = live_server.thread.httpd
    httpd.set_app(OneAtATime(httpd.get_app()))
    return live_server


@pytest.fixture(scope="session")
def base_url(orderly_server: LiveServer) -> str:
    """Where pages open paths."""
    return str(orderly_server.url)


@pytest.fixture
def house(transactional_db: None, base_url: str, settings: Settings) -> Iterator[None]:
    """The house as `migrate` leaves it; a transactional test before this one emptied it.

    Mailed links lead to the running server. Rate limits of other tests are forgotten.
    """
    settings.BASE_URL = base_url
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    ensure_tree()
    load_policies(at=timezone.now())
    load_shipped(timezone.now())
    load_default_pathway()
    cache.clear()
    yield
    cache.clear()
    translation.activate("en")


@pytest.fixture
def sit_down(house: None, browser: Browser, base_url: str) -> Iterator[SitDown]:
    """Opens a page on a screen of its own: `sit_down(PHONE, java_script_enabled=False)`.

    A fault of our scripts, or anything the security policy refuses, fails the test at its end.
    """
    expect.set_options(timeout=PATIENCE)
    contexts, faults = [], []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def open_page(size: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(
            base_url=base_url, viewport=size, locale="en-GB", timezone_id="UTC", **options
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", note)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def phone(sit_down: SitDown) -> Page:
    """A page on somebody's phone."""
    return sit_down(PHONE, has_touch=True)


@pytest.fixture
def desk(sit_down: SitDown) -> Page:
    """A page on somebody's desk, at another computer."""
    return sit_down(DESK)


@pytest.fixture
def travel() -> Iterator[Callable[[Any], None]]:
    """Moves the clock of the server: `travel(datetime)`. Sessions older than the idle time end."""
    travellers = []

    def go(to: Any) -> None:
        for traveller in travellers:
            traveller.stop()
        travellers[:] = [time_machine.travel(to, tick=True)]
        travellers[0].start()

    yield go
    for traveller in travellers:
        traveller.stop()


@pytest.fixture
def module_3(house: None) -> list[LessonPage]:
    """The real module 3, loaded as an operator loads it; its lessons in order."""
    folder = next(CONTENT.glob("en/3-*"))
    call_command("load_curriculum", folder, verbosity=0)
    return list(LessonPage.objects.live().order_by("path"))
