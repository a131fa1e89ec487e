"""Answering a self-assessment: begin, save half-way, hand in once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnerships.models import TripMember

from ..models import Assessment, InstrumentVersion, Item
from ..waves import state_of


class Closed(Exception):
    """The wave does not take answers on this day."""


class Unfinished(Exception):
    """Some questions have no answer yet; `keys` names them."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def valid_answers(instrument: InstrumentVersion, raw: dict[str, str]) -> dict[str, int]:
    """The answers among what was posted: known questions, 1 to 5. Anything else is left out."""
    known = set(instrument.items.values_list("key", flat=True))
    return {
        key: int(value)
        for key, value in raw.items()
        if key in known and value in {str(n) for n in range(Item.LOWEST, Item.HIGHEST + 1)}
    }


@transaction.atomic
def save_answers(
    member: TripMember,
    wave: str,
    instrument: InstrumentVersion,
    raw: dict[str, str],
    *,
    at: datetime,
) -> Assessment:
    """Keep what is there. Saving less than before takes nothing away. Closed if it is too late.

    Somebody may go on in another language of the same version: the last one is kept.
    """
    TripMember.objects.select_for_update().get(pk=member.pk)
    found = Assessment.objects.current().filter(trip_member=member, wave=wave).first()
    if found and found.submitted_at:
        return found
    if not state_of(member, wave, found, member.local_day(at)).may_answer:
        raise Closed
    if found is None:
        return Assessment.objects.create(
            trip_member=member,
            wave=wave,
            instrument=instrument,
            answers=valid_answers(instrument, raw),
            started_at=at,
            saved_at=at,
        )
    found.answers = found.answers | valid_answers(found.instrument, raw)
    found.saved_at = at
    if found.instrument.source_id == instrument.source_id:
        found.instrument = instrument
    found.save(update_fields=["answers", "saved_at", "instrument"])
    return found


def sums(items: list[Item], answers: dict[str, int]) -> dict[str, list[int]]:
    """Per scale the sum of the turned answers and how many there are."""
    result: dict[str, list[int]] = {}
    for item in items:
        if item.key in answers:
            value = answers[item.key]
            turned = Item.LOWEST + Item.HIGHEST - value if item.is_reversed else value
            total, count = result.get(item.scale, [0, 0])
            result[item.scale] = [total + turned, count + 1]
    return result


@transaction.atomic
def submit_answers(assessment: Assessment, *, at: datetime) -> Assessment:
    """Hand in. A second time changes nothing; Unfinished names what is missing."""
    row = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if row.submitted_at:
        return row
    items = list(row.instrument.items.all())
    missing = [item.key for item in items if item.key not in row.answers]
    if missing:
        raise Unfinished(missing)
    row.scales = sums(items, row.answers)
    row.submitted_at = at
    row.save(update_fields=["scales", "submitted_at"])
    return row
