"""Somebody writes: a draft on a screen, a network that comes and goes, what the server has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.test import Client
from playwright.sync_api import Locator, Page, Route, expect

from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry, Prompt
from reflections.workflow.entries import Readers, start_entry
from tests.conftest import NOON

DEVICE, SAVED, TWO = "On this device", "Saved", "Two versions"


def come_in(page: Page, person: User, base_url: str) -> None:
    """Signed in, without the form."""
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def begin(author: User, part: TripMember | None = None, **readers: bool) -> Entry:
    """A draft without words."""
    prompt = Prompt.objects.get(key="did-without", locale__language_code="en")
    return start_entry(
        author,
        public_id=uuid4(),
        member=part,
        prompt=prompt,
        phase=prompt.phase,
        readers=Readers(**readers),
        title=prompt.title,
        at=NOON,
    )


def open_draft(page: Page, entry: Entry) -> Locator:
    """The writing page; gives the field."""
    page.goto(f"/journal/{entry.public_id}/edit/")
    return page.get_by_label("Your entry")


def state(page: Page, words: str) -> None:
    """The line under the text says this."""
    expect(page.locator("#saved .tag")).to_have_text(words)


def kept(page: Page) -> int:
    """How many records this device holds, of whomever."""
    return page.evaluate(
        """() => new Promise((done, fail) => {
          const asked = indexedDB.open("bothways", 1);
          asked.onupgradeneeded = () =>
            asked.result.createObjectStore("drafts", { keyPath: "key" });
          asked.onerror = fail;
          asked.onsuccess = () => {
            const all = asked.result.transaction("drafts").objectStore("drafts").count();
            all.onsuccess = () => { asked.result.close(); done(all.result); };
          };
        })"""
    )


def holds(page: Page, number: int) -> None:
    """Wait until this device holds so many records."""
    for _turn in range(100):
        if kept(page) == number:
            return
        page.wait_for_timeout(100)
    assert kept(page) == number


@dataclass
class Network:
    """What becomes of each automatic save: `plan` is pass, away, broken, or lost (the answer)."""

    page: Page
    plan: str = "pass"
    acknowledged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/autosave/", self.answer)

    def answer(self, route: Route) -> None:
        if self.plan == "away":
            route.abort("internetdisconnected")
        elif self.plan == "broken":
            route.fulfill(status=503, body="busy")
        elif self.plan == "lost":
            route.fetch()
            route.abort("connectionreset")
        else:
            response = route.fetch()
            if response.status == 200:
                fields = route.request.post_data_json["fields"]
                self.acknowledged.append(fields.get("body", fields.get("feedback", "")))
            route.fulfill(response=response)


Type = Callable[[str], None]
