"""Reads access.txt, and knows what the POST rows send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from .world import ROLES, World

FILE = Path(__file__).with_name("access.txt")


@dataclass(frozen=True)
class Row:
    """One line of the table: what each role gets."""

    method: str
    address: str
    expected: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def read() -> list[Row]:
    """All rows of the table."""
    rows = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            method, address, *numbers = line.split()
            statuses = dict(zip(ROLES, map(int, numbers), strict=True))
            rows.append(Row(method, address, statuses))
    return rows


ROWS = read()
# Below these prefixes others own the addresses (DESIGN §11).
OTHERS = ("accounts/", "cms/")


def patterns(found: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the installation, as written in its urls.py."""
    for entry in get_resolver().url_patterns if found is None else found:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, route)
        else:
            yield route, entry


def ours() -> dict[str, URLPattern]:
    """Our own, without those below the prefixes of others."""
    return {route: entry for route, entry in patterns() if not route.startswith(OTHERS)}


PLACE = {
    "name": "Third Clinic",
    "short_name": "Clinic",
    "city": "Lund",
    "country": "Sweden",
    "time_zone": "Europe/Stockholm",
}
GROUP = {"role-role": "reviewer", "role-group": ""}


def form_of(address: str, world: World) -> dict[str, Any]:
    """What somebody who may do it would send; nothing where a button alone is enough."""
    today = timezone.localdate()
    days = {"starts": today + timedelta(days=1), "ends": today + timedelta(days=3)}
    own_days = {"departs": days["starts"], "returns": days["ends"]}
    names = world.names
    forms: dict[str, dict[str, Any]] = {
        "/i18n/language/": {"language": "en", "next": "/help/"},
        "/people/invite/": {
            "display_name": "Nia",
            "email": "nia@example.org",
            "role": "learner",
            "group": "",
        },
        "/people/partner/": {**PLACE, "display_name": "Bo", "email": "bo@example.org"},
        "/people/policies/{home}/new/": {
            "kind": "terms",
            "language": "en",
            "body": "Be kind.",
            "change": "major",
        },
        "/people/places/new/": PLACE,
        "/people/places/{home}/change/": PLACE,
        "/people/places/{home}/programmes/": {"new-name": "Paediatrics"},
        "/people/places/{home}/programmes/{programme}/rename/": {
            f"p{names['programme_pk']}-name": "Anaesthesia and pain"
        },
        "/people/places/{home}/programmes/{programme}/cohorts/": {
            f"c{names['programme_pk']}-year": "2026"
        },
        "/people/{author}/roles/": GROUP,
        "/people/{author}/mentors/": {"mentor-supervisor": names["reviewer"]},
        "/me/": {"display_name": "New Name", "language": "en", "time_zone": "UTC"},
        "/me/policies/": {"policy": names["policy_pk"], "next": "/journal/"},
        "/me/shared/": {"shared": "yes"},
        "/partnerships/new/": {
            "own": names["home_pk"],
            "partner": names["away_pk"],
            "since": "2026-01-01",
        },
        "/trips/new/": {
            "partnership": names["partnership_pk"],
            "host": names["away_pk"],
            "purpose": "Learn",
            **days,
        },
        "/trips/{trip}/change/": {"purpose": "Teach more", **days},
        "/trips/{trip}/members/new/": {
            "person": names["stranger"],
            "part": "resident",
            **own_days,
        },
        "/trips/{trip}/members/{author_part}/": {"part": "resident", **own_days},
        "/journal/new/": {"prompt": "free", "token": names["draft"], "visit": names["author_part"]},
        "/journal/{draft}/save/": {"base": "2", "body": "New words."},
        "/journal/{sent}/readers/": {"readers": ["mentor"]},
        "/journal/{draft}/versions/{other}/": {"keep": "mine"},
        "/journal/{draft}/marks/0000/": {"reason": "It is on the notice board."},
        "/reviews/{request}/save/": {"base": "1", "feedback": "I noticed.", "keep": "1"},
        "/reviews/{host_request}/remarks/": {"token": names["nothing"], "body": "Thank you."},
        "/outcomes/{author_part}/pre/": {"q": "1"},
        "/certificates/{certificate}/name/": {"shown": "full"},
        "/certificates/{certificate}/revoke/": {"reason": "Given to the wrong person."},
        "/curriculum/opinions/{module_key}/": {world.data["question"]: "Yes"},
        "/curriculum/editions/{edition}/report/": {
            "once": names["nothing"],
            "kind": "wrong",
            "words": "It is otherwise.",
        },
        "/curriculum/reports/{report}/settle/": {"state": "answered", "answer": "You are right."},
        "/curriculum/editions/{edition}/checks/{check}/": {"answer": world.data["right"]},
    }
    return forms.get(address, {})


JSON = {
    "/journal/{draft}/autosave/": {"fields": {"body": "New words."}, "base": 2},
    "/reviews/{request}/autosave/": {"fields": {"feedback": "I noticed."}, "base": 1},
}


def ask(client: Client, row: Row, world: World) -> HttpResponse:
    """Send what the row says."""
    url = world.fill(row.address)
    if row.method == "GET":
        return client.get(url)
    if row.address in JSON:
        body = json.dumps(JSON[row.address])
        return client.post(url, body, content_type="application/json")
    return client.post(url, form_of(row.address, world))
