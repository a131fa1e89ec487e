"""What tests of this room share: the questions, and answers to them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from partnerships.models import TripMember
from people.models import User
from reflections import instruments
from reflections.models import Assessment, Entry, InstrumentVersion, Prompt
from reflections.shipped import load_shipped
from reflections.workflow.assessments import save_answers, submit_answers
from reflections.workflow.entries import Readers, save_entry, start_entry, submit_entry
from tests.conftest import NOON


@pytest.fixture
def questions(db: None) -> InstrumentVersion:
    """Our own 21 questions."""
    return instruments.load_all(at=datetime(2026, 1, 1, tzinfo=UTC))[0]


def answer_all(
    member: TripMember, wave: str, value: int, instrument: InstrumentVersion, at: datetime
) -> Assessment:
    """Answer every question with one value and hand in."""
    raw = {item.key: str(value) for item in instrument.items.all()}
    return submit_answers(save_answers(member, wave, instrument, raw, at=at), at=at)


@pytest.fixture
def shipped(db: None) -> None:
    """Prompts, rubric and questions."""
    load_shipped(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def entry(shipped: None, amara: User, amara_part: TripMember, dr_osei: User) -> Entry:
    """Amara's draft for her reviewer, about a week at Kilimari."""
    return begin_entry(amara, amara_part, Readers(reviewers=True))


def begin_entry(
    author: User, part: TripMember | None, readers: Readers, key: str = "did-without"
) -> Entry:
    """A draft answering "A test I did without", or another prompt."""
    prompt = Prompt.objects.get(key=key, locale__language_code="en")
    return start_entry(
        author,
        public_id=uuid4(),
        member=part,
        prompt=prompt,
        phase=prompt.phase,
        readers=readers,
        title=prompt.title,
        at=NOON,
    )


WORDS = "The machine is switched off from noon to six. I asked for a gas to calm myself."


@pytest.fixture
def sent(entry: Entry) -> Entry:
    """The same entry, with words, sent to Dr Osei."""
    return send_words(entry, WORDS)


def send_words(entry: Entry, words: str) -> Entry:
    """Write and send."""
    fresh = Entry.objects.get(pk=entry.pk)
    save_entry(fresh, body=words, base=fresh.version, at=NOON)
    return submit_entry(Entry.objects.get(pk=entry.pk), at=NOON)
