"""The reviewer's queue, of the length that the size says, and one entry on the desk."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.http import urlencode

from bench.bulk import multiply, seconds_after, settle
from bench.cases import Case, Size
from reflections.desk import Place, waiting_for

from .a_people import person
from .c_journal import bring_to

DAYS = 60
SHORT = "The queue shows no words, so a million of these entries need only a few."
EACH = 3  # so many entries arrive in the same second


def build(size: Size) -> None:
    """Copies of one entry that was sent to the reviewer, waiting for 60 days and less."""
    learner = person("learner0")
    seed = bring_to("submitted", learner, SHORT)
    request = seed.requests.select_related("version").get()
    assert request.reviewer == person("reviewer")
    start = timezone.now() - timedelta(days=DAYS)
    count = size.waiting - waiting_for(request.reviewer).count()
    entries = multiply(seed, count)
    versions = multiply(request.version, count, entry_id=f"{entries} + n")
    multiply(
        request,
        count,
        entry_id=f"{entries} + n",
        version_id=f"{versions} + n",
        since=seconds_after(start, f"n / {EACH}"),
    )
    settle()


def deep() -> str:
    """A page from the middle of the queue."""
    ids = waiting_for(person("reviewer")).order_by("pk")
    first = ids.aggregate(first=Min("pk"))["first"]
    row = ids.get(pk=first + waiting_for(person("reviewer")).count() // 2)
    return f"/reviews/?{urlencode({'after': str(Place(row.since, row.pk))})}"


def last() -> str:
    """The end of the queue."""
    newest = waiting_for(person("reviewer")).order_by("-since", "-pk")[60]
    return f"/reviews/?{urlencode({'after': str(Place(newest.since, newest.pk))})}"


def desk_entry() -> str:
    """An entry of some length, opened before."""
    found = waiting_for(person("reviewer")).filter(entry__author=person("resident"))
    return f"/reviews/{found[0].public_id}/"


CASES = [
    Case(
        name,
        url,
        lambda: person("reviewer"),
        queries=8,
        ratio=8,
        database_ms=2,
    )
    for name, url in [
        ("review queue, first page", lambda: "/reviews/"),
        ("review queue, from the middle", deep),
        ("review queue, last page", last),
    ]
] + [Case("review desk, one entry", desk_entry, lambda: person("reviewer"), queries=14, ratio=10)]
