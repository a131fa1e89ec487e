"""Self-assessments: what a person answers is worked out from their name, the same every time.

People start near the middle and somewhat apart; most rise a little, some stay, some fall. No
theme rises for everybody, and the sentences of one theme do not move together.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from partnerships.models import TripMember
from reflections.models import InstrumentVersion, Item, Scale, Wave
from reflections.workflow.assessments import save_answers, submit_answers

from .stage import Stage, read
from .when import at

START = {
    Scale.ADAPTABILITY: 3.4,
    Scale.COMMUNICATION: 3.5,
    Scale.COST: 2.8,
    Scale.CULTURE: 3.3,
    Scale.EQUITY: 3.5,
    Scale.TELEHEALTH: 3.0,
}
DRIFT = {
    Scale.ADAPTABILITY: 0.45,
    Scale.COMMUNICATION: 0.25,
    Scale.COST: 0.50,
    Scale.CULTURE: 0.35,
    Scale.EQUITY: 0.25,
    Scale.TELEHEALTH: 0.05,
}
BETWEEN_PEOPLE, BETWEEN_CHANGES, BETWEEN_ITEMS = 0.55, 0.40, 0.45
SALT = "j"  # another word makes other answers
BEFORE, AFTER = timedelta(days=7), timedelta(days=4)  # from the departure, from the return
STEADY = 0.35  # how often a sentence is answered the second time as the first, where little moved


def answer_all(stage: Stage) -> None:
    """Both waves of everybody who handed them in."""
    instrument = InstrumentVersion.objects.filter(language="en").order_by("-number")[0]
    items = list(instrument.items.all())
    for trip in read("trips.yaml"):
        for line in trip["visitors"]:
            member = stage.members[trip["key"], line["who"]]
            before, after = both_waves(member, items)
            given = line.get("answered", [Wave.PRE, Wave.POST])
            if Wave.PRE in given:
                leaves = min(member.departs, stage.calendar.now.date())
                hand_in(member, Wave.PRE, instrument, before, leaves - BEFORE)
            if Wave.POST in given:
                hand_in(member, Wave.POST, instrument, after, member.returns + AFTER)


def both_waves(member: TripMember, items: list[Item]) -> tuple[dict[str, int], dict[str, int]]:
    """What the person answers before and after."""
    random = Random(f"{SALT} {member.user.email}")  # noqa: S311
    leaning = random.gauss(0, 0.25)
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for scale in Scale:
        level = START[scale] + leaning + random.gauss(0, BETWEEN_PEOPLE)
        change = DRIFT[scale] + random.gauss(0, BETWEEN_CHANGES)
        for item in (item for item in items if item.scale == scale):
            own = level + random.gauss(0, BETWEEN_ITEMS)
            moved = change + random.gauss(0, BETWEEN_ITEMS / 2)
            still = abs(moved) < STEADY and random.random() < STEADY
            before[item.key] = answer(item, own)
            after[item.key] = before[item.key] if still else answer(item, own + moved)
    return before, after


def answer(item: Item, level: float) -> int:
    """The nearest answer; turned round where the sentence is."""
    value = min(Item.HIGHEST, max(Item.LOWEST, round(level)))
    return Item.LOWEST + Item.HIGHEST - value if item.is_reversed else value


def hand_in(
    member: TripMember, wave: str, instrument: InstrumentVersion, given: dict[str, int], near: date
) -> None:
    """Some evening near that day; half-way saved, then handed in."""
    random = Random(f"{wave} {member.user.email} {member.departs}")  # noqa: S311
    day = near + timedelta(days=random.randrange(-3, 6))
    begun = at(day, "18:00", member.user.time_zone) + timedelta(minutes=random.randrange(230))
    raw = {key: str(value) for key, value in given.items()}
    half = dict(list(raw.items())[: len(raw) // 2])
    save_answers(member, wave, instrument, half, at=begun)
    saved = save_answers(member, wave, instrument, raw, at=begun + timedelta(minutes=2))
    submit_answers(saved, at=begun + timedelta(minutes=3))
