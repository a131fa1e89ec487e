"""The resident's journal: entries in every state, and a draft that is saved again and again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bench.bulk import multiply, seconds_after
from bench.cases import Case, Size
from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry, Prompt, Review
from reflections.shipped import load_shipped
from reflections.workflow.entries import Readers, save_entry, start_entry, submit_entry
from reflections.workflow.reviews import (
    note_reading,
    open_feedback,
    release_review,
    return_review,
    save_review,
)

from .a_people import person

PARAGRAPH = (
    "The machine is switched off from noon to six, and nobody tells you why before you ask. "
    "I asked for a gas to calm myself, not to treat the child, and the nurse saw that sooner "
    "than I did. She put her hand on his back and counted. We waited. The number on the chart "
    "would have changed nothing that either of us did in the next hour. At home I would have "
    "had it in four minutes, and I would have looked at it in place of him. "
)
TEXT = "\n\n".join([PARAGRAPH * 2] * 3)
DRAFT_TITLE = "The draft that is saved"
STATES = ["draft", "kept", "submitted", "in_review", "returned", "released", "answered"]


def part_of(author: User) -> TripMember:
    """The author's visit."""
    return TripMember.objects.for_user(author).with_trip().select_related("membership").get()


def write(author: User, title: str, readers: Readers, text: str = TEXT) -> Entry:
    """A draft with words."""
    at = timezone.now() - timedelta(days=5)
    prompt = Prompt.objects.get(key="did-without", locale__language_code="en")
    entry = start_entry(
        author,
        public_id=uuid4(),
        member=part_of(author),
        prompt=prompt,
        phase=prompt.phase,
        readers=readers,
        title=title,
        at=at,
    )
    return save_entry(entry, body=text, base=entry.version, at=at).entry


def bring_to(state: str, author: User, text: str = TEXT) -> Entry:
    """An entry of this person in this state, by the way that leads there."""
    at = timezone.now() - timedelta(days=4)
    entry = write(author, f"Entry, {state}", Readers(reviewers=state != "kept"), text)
    if state != "draft":
        entry = submit_entry(entry, at=at)
    if state in {"draft", "kept", "submitted"}:
        return entry
    request = entry.requests.select_related("version", "reviewer").get()
    note_reading(request, at=at)
    if state == "in_review":
        return Entry.objects.get(pk=entry.pk)
    draft = save_review(request, feedback="I stopped here.", ratings={}, base=0, at=at).review
    (return_review if state == "returned" else release_review)(draft, at=at)
    if state == "answered":
        open_feedback(entry, at=at)
    return Entry.objects.get(pk=entry.pk)


def copy_entry(seed: Entry, count: int) -> None:
    """Copies of an entry, with what hangs on it."""
    start = seed.saved_at - timedelta(days=300)
    entries = multiply(seed, count, saved_at=seconds_after(start, "n * 3600"))
    for request in seed.requests.select_related("version"):
        versions = multiply(request.version, count, entry_id=f"{entries} + n")
        owner = {"version_id": f"{versions} + n"}
        for reading in request.version.readings.all():
            multiply(reading, count, **owner)
        requests = multiply(request, count, entry_id=f"{entries} + n", **owner)
        for review in Review.objects.filter(request=request):
            multiply(review, count, request_id=f"{requests} + n", **owner)


def build(size: Size) -> None:
    """As many entries as the size says, in equal shares of the states."""
    load_shipped(timezone.now() - timedelta(days=400))
    resident = person("resident")
    for state in STATES:
        copy_entry(bring_to(state, resident), size.entries // len(STATES))
    write(resident, DRAFT_TITLE, Readers(reviewers=True))


def draft() -> Entry:
    """The draft that is saved."""
    return Entry.objects.get(title=DRAFT_TITLE)


def save_url() -> str:
    """Where the device sends it."""
    return f"/journal/{draft().public_id}/autosave/"


class Typing:
    """What the device sends: the text, a little longer each time, upon the version it knows."""

    def __init__(self) -> None:
        self.base = 0

    def __call__(self) -> dict[str, Any]:
        self.base = self.base + 1 if self.base else draft().version
        return {"base": self.base, "fields": {"body": f"{TEXT} {self.base}"}}


CASES = [
    Case(
        "journal, newest 50",
        lambda: "/journal/",
        lambda: person("resident"),
        queries=8,
        ratio=8,
    ),
    Case(
        "journal, last page",
        lambda: "/journal/?page=9999",
        lambda: person("resident"),
        queries=8,
        ratio=8,
    ),
    Case(
        "save of a draft (JSON)",
        save_url,
        lambda: person("resident"),
        queries=6,
        ratio=3,
        post=Typing(),
    ),
]
