"""What the author of the world has written and answered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from partnerships.models import Trip
from reflections import instruments
from reflections.models import Entry, Prompt, ReviewRequest
from reflections.workflow.assessments import save_answers
from reflections.workflow.entries import Readers, save_entry, start_entry, submit_entry
from reflections.workflow.reviews import add_remark, release_review, save_review

from .world import CANARY, World


def begin(world: World, readers: Readers, body: str) -> Entry:
    """A draft of the author with these words."""
    entry = start_entry(
        world.people["author"],
        public_id=uuid4(),
        member=world.data["author_part"],
        prompt=Prompt.objects.get(key="did-without", locale__language_code="en"),
        phase="before",
        readers=readers,
        title="A test I did without",
        at=timezone.now(),
    )
    return save_entry(entry, body=body, base=1, at=timezone.now()).entry


def add_entries(world: World, trip: Trip) -> None:
    """An entry with three readers, one of whom has answered; drafts; half-answered questions."""
    now = timezone.now()
    sent = begin(world, Readers(True, True, True), f"The machine is off. {CANARY['body']}")
    sent = submit_entry(sent, at=now)
    requests = {row.right: row for row in ReviewRequest.objects.filter(entry=sent)}
    ratings = {"feeling": "3"}
    save_review(requests["reviewer"], feedback=CANARY["feedback"], ratings=ratings, base=0, at=now)
    answer = save_review(
        requests["host"], feedback=CANARY["released"], ratings=ratings, base=0, at=now
    ).review
    release_review(answer, at=now)
    add_remark(
        requests["host"],
        world.people["author"],
        token=uuid4(),
        body=f"Thank you. {CANARY['remark']}",
        at=now,
    )
    draft = begin(world, Readers(), f"Only for me. {CANARY['private']} Call 555 0147 01 99.")
    other = save_entry(draft, body=CANARY["other"], base=0, at=now).other
    assert other is not None
    Entry.objects.filter(pk=draft.pk).update(kept_findings={"0000": CANARY["reason"]})
    kept = submit_entry(begin(world, Readers(), "Kept."), at=now)
    part = world.data["author_part"]
    instrument = world.data["instrument"] = newest_instrument()
    begun = save_answers(part, "pre", instrument, answers_of(instrument, 3), at=now)
    world.data |= {"requests": requests, "sent": sent, "draft": draft, "begun": begun}
    world.names |= {
        "sent": str(sent.public_id),
        "draft": str(draft.public_id),
        "kept": str(kept.public_id),
        "other": str(other.public_id),
        "request": str(requests["reviewer"].public_id),
        "mentor_request": str(requests["mentor"].public_id),
        "host_request": str(requests["host"].public_id),
    }


def newest_instrument() -> Any:
    """The questions in English."""
    return instruments.current("en")


def answers_of(instrument: Any, most: int) -> dict[str, str]:
    """Some answers."""
    return {item.key: "4" for item in list(instrument.items.all())[:most]}
