"""Answers of everybody before and after a visit, and the programme's picture of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from bench.cases import Case, Size
from partnerships.models import TripMember
from reflections.models import Assessment, InstrumentVersion, Item, Wave
from reflections.workflow.assessments import sums

from .a_people import person

SEED = 7


def answered(
    member: TripMember, wave: Wave, asked: InstrumentVersion, items: list[Item], draw: Random
) -> Assessment:
    """One person's answers, handed in; after the visit a little higher than before."""
    at: datetime = timezone.now()
    lift = 1 if wave == Wave.POST else 0
    answers = {item.key: min(5, draw.randint(1, 5) + draw.randint(0, lift)) for item in items}
    return Assessment(
        trip_member=member,
        instrument=asked,
        wave=wave,
        answers=answers,
        scales=sums(items, answers),
        started_at=at - timedelta(minutes=3),
        saved_at=at,
        submitted_at=at,
    )


def build(size: Size) -> None:
    """Both waves of every visitor but one: the resident, who still has them before them."""
    draw = Random(SEED)
    asked = InstrumentVersion.objects.get(translates=None)
    items = list(asked.items.all())
    members = TripMember.objects.visitors().exclude(user=person("resident"))
    Assessment.objects.bulk_create(
        (answered(m, wave, asked, items, draw) for m in members for wave in Wave),
        batch_size=500,
    )


CASES = [
    Case(
        "programme outcomes",
        lambda: "/outcomes/programme/",
        lambda: person("coordinator"),
        queries=12,
        ratio=40,
    ),
    Case("my outcomes", lambda: "/outcomes/", lambda: person("learner0"), queries=12, ratio=8),
]
