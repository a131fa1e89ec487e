"""What tests of this room share: the questions, and answers to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from partnerships.models import TripMember
from reflections import instruments
from reflections.models import Assessment, InstrumentVersion
from reflections.workflow.assessments import save_answers, submit_answers


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
