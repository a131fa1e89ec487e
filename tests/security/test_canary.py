"""A text for a few is nowhere that somebody else can look."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.urls import get_resolver
from django.utils import timezone

from curriculum.export import export_for as curriculum_export
from pathways.export import export_for as pathways_export
from people.export import export_for
from people.models import AuditEvent, Notice
from people.notices import send_due
from reflections.models import Assessment

from .tables import ROWS
from .world import CANARY, ROLES, World

pytestmark = pytest.mark.django_db

# Who may meet which word, anywhere. Everything else is a leak.
MAY_READ = {
    "body": {"author", "mentor", "reviewer", "host_sup"},
    "private": {"author"},
    "other": {"author"},
    "feedback": {"reviewer"},
    "released": {"author", "host_sup"},
    "remark": {"author", "host_sup"},
    "reason": {"author"},
    "opinion": {"author"},
    "report": {"author", "editor"},
    "passage": {"author", "editor"},
    "answer": {"author", "editor"},
    "holder": {"author"},
}
QUERIES = ["", "?page=2&q=zq&show=drafts&institution=kilimari&after=x~1&kind=data&lang=es"]


def content(response: Any) -> str:
    """Headers and body as text."""
    body = b"" if response.streaming else response.content
    return f"{dict(response.headers)} {body.decode(errors='replace')}"


def words_in(text: str) -> set[str]:
    """The words that a text has, whoever may read them."""
    return {name for name, word in CANARY.items() if word in text}


def leaks(text: str, role: str) -> set[str]:
    """The words in a text that this role may not meet."""
    return {name for name in words_in(text) if role not in MAY_READ[name]}


@pytest.mark.parametrize("role", ROLES)
def test_word_appears_in_no_page_for_others(role: str, world: World) -> None:
    client = world.client(role)
    pages = sorted({row.address for row in ROWS if row.method == "GET"})

    found = {
        (address, query): leaks(content(client.get(world.fill(address) + query)), role)
        for address in pages
        for query in (QUERIES if "{" not in address else [""])
    }

    assert {where: words for where, words in found.items() if words} == {}


def test_crawl_meets_every_word_where_it_may_be_read(world: World) -> None:
    """Else the other tests would look for words that are nowhere."""
    met = set()
    for role in ("author", "reviewer", "host_sup"):
        for row in ROWS:
            if row.method == "GET":
                text = content(world.client(role).get(world.fill(row.address)))
                met |= {name for name, word in CANARY.items() if word in text}

    # A reason is shown on no page yet; an opinion once the module is complete.
    assert met == set(CANARY) - {"reason", "opinion"}


def admin_pages() -> Iterator[str]:
    """Every page of the CMS that needs no id."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "cms/":
            yield from without_ids(pattern.url_patterns, "/cms/")


def without_ids(found: Any, prefix: str) -> Iterator[str]:
    for entry in found:
        part = str(entry.pattern).removeprefix("^").removesuffix("$")
        if "<" in part or "(" in part or "logout" in part:
            continue
        if hasattr(entry, "url_patterns"):
            yield from without_ids(entry.url_patterns, prefix + part)
        else:
            yield prefix + part


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_word_appears_in_no_page_of_the_cms(role: str, world: World) -> None:
    client = world.client(role)
    client.raise_request_exception = False
    pages = sorted(set(admin_pages()))
    assert len(pages) > 50

    found = {page: words_in(content(client.get(page, {"q": "zq"}))) for page in pages}

    assert {page: words for page, words in found.items() if words} == {}


def test_word_appears_in_no_mail_notice_or_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for role in ("author", "host_sup", "stranger"):
        for row in ROWS:
            if row.method == "GET":
                world.client(role).get(world.fill(row.address))
    Notice.objects.update(mail_at=timezone.now())
    send_due(timezone.now())
    assert mail.outbox

    told = [str(message.message()) for message in mail.outbox]
    told += [str(row) for row in Notice.objects.values()]
    told += [str(row) for row in AuditEvent.objects.values()]
    told += [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]

    assert not [text for text in told if "zq" in text.replace("matrix", "")]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_word_appears_in_no_export_of_others(role: str, world: World) -> None:
    person = world.people[role]
    parts = [export_for(person), curriculum_export(person), pathways_export(person)]

    assert leaks(json.dumps(parts, default=str), role) == set()


def test_answering_a_report_does_not_give_an_editor_its_words_to_take_away(world: World) -> None:
    text = json.dumps(curriculum_export(world.people["editor"]))

    assert words_in(text) == {"answer"}


def test_refused_save_does_not_tell_the_words_to_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"/journal/{world.names['draft']}/autosave/"
    for body in ('{"fields": {"body": 5, "x": "zqtypedzq"}, "base": 1}', '{"zqtypedzq'):
        world.client("author").post(url, body, content_type="application/json")
        world.client("stranger").post(url, body, content_type="application/json")

    lines = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [line for line in lines if "zq" in line]


@pytest.mark.parametrize("role", ["mentor", "coord", "host_coord", "host_sup", "admin", "stranger"])
def test_single_answers_are_in_no_page_of_others(role: str, world: World) -> None:
    """The answers of one person are a pattern that nobody else can ask for."""
    begun = Assessment.objects.get()

    assert not Assessment.objects.visible_to(world.people[role]).exists()
    assert Assessment.objects.visible_to(begun.trip_member.user).get() == begun


def test_error_page_tells_nothing_of_what_was_typed(world: World) -> None:
    client = world.client("author")
    url = f"/journal/{world.names['draft']}/save/"

    too_large = client.post(url, {"body": "zqtypedzq " * 300_000, "base": "2"})
    not_found = client.post(f"/journal/{world.names['nothing']}/save/", {"body": "zqtypedzq"})

    assert (too_large.status_code, not_found.status_code) == (413, 404)
    assert "zqtyped" not in too_large.text + not_found.text
