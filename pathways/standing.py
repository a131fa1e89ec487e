"""Where visitors stand on their pathway: derived from answers, entries and lessons, in few queries.

Nothing here is stored: what is done is a fact of another room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Max

from curriculum.finding import in_reader_language
from curriculum.models import ModulePage
from curriculum.progress import ModuleProgress, progress_of_people
from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry, Wave
from reflections.waves import WaveState, states_for

from .models import PathwayStep

Kind = PathwayStep.Kind
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class StepState:
    """One step of one visitor. `state`: done, now, later or missed."""

    kind: str
    prompt_key: str
    state: str


@dataclass(frozen=True)
class VisitStanding:
    """One visitor's way: the phase by their own dates, both waves, lessons, and the steps."""

    member: TripMember
    on: date
    phase: str
    pre: WaveState | None
    post: WaveState | None
    modules: list[ModuleProgress]
    written: dict[str, date]
    wrote_this_week: bool
    steps: list[StepState]

    @property
    def lessons_left(self) -> int:
        """Lessons of required modules that are still asked."""
        return sum(module.total - module.done for module in self.modules)

    @property
    def minutes_left(self) -> int:
        """Minutes to read them."""
        return sum(module.minutes_left for module in self.modules)

    def has_written(self, key: str) -> bool:
        """Whether an entry answering this prompt was sent or kept."""
        return key in self.written


def phase_of(member: TripMember, on: date) -> str:
    """before, away or back, by the person's own dates."""
    if on < member.departs:
        return "before"
    return "away" if on < member.returns else "back"


def required_modules() -> list[ModulePage]:
    """Published modules that are required before departure, in order, each in one language."""
    required = ModulePage.objects.live().filter(required=ModulePage.Required.BEFORE)
    return in_reader_language(list(required.in_order().light_with_language()))


def standing_of(
    members: Sequence[TripMember], *, at: datetime, with_steps: bool = True
) -> list[VisitStanding]:
    """Where these visitors stand, in a constant number of queries.

    Members come with trip, host and user fetched along. Without steps only lessons and questions
    are read, which is what a coordinator looks at.
    """
    visitors = [member for member in members if not member.is_host]
    if not visitors:
        return []
    days = {member.pk: member.local_day(at) for member in visitors}
    waves = {(s.member.pk, s.wave): s for s in states_for(visitors, days)}
    people: dict[int, User] = {member.user_id: member.user for member in visitors}
    progress = progress_of_people(people.values(), required_modules(), on=at.date())
    entries = entries_of(visitors) if with_steps else {}
    steps = steps_of(visitors) if with_steps else {}
    return [
        one_standing(
            member,
            days[member.pk],
            waves.get((member.pk, Wave.PRE)),
            waves.get((member.pk, Wave.POST)),
            progress.get(member.user_id, []),
            entries.get(member.pk, []),
            steps.get(member.pk, []),
        )
        for member in visitors
    ]


def entries_of(members: Sequence[TripMember]) -> dict[int, list[tuple[str, date]]]:
    """Per visit the prompts that were answered, sent or kept, and the last day on which that was.

    Never a word of them, and one row a prompt, however much somebody writes.
    """
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    rows = (
        Entry.objects.filter(trip_member__in=members)
        .exclude(status=Entry.Status.DRAFT)
        .values_list("trip_member", "prompt__key")
        .annotate(last=Max("saved_at"))
        .order_by()
    )
    for member, key, saved in rows:
        found[member].append((key or "", saved.date()))
    return found


def steps_of(members: Sequence[TripMember]) -> dict[int, list[PathwayStep]]:
    """The steps of each visitor's pathway."""
    found: dict[int, list[PathwayStep]] = defaultdict(list)
    rows = PathwayStep.objects.filter(pathway__enrolments__trip_member__in=members)
    for step in rows.annotate(member=F("pathway__enrolments__trip_member")):
        found[step.member].append(step)
    return found


def one_standing(
    member: TripMember,
    on: date,
    pre: WaveState | None,
    post: WaveState | None,
    modules: list[ModuleProgress],
    entries: list[tuple[str, date]],
    steps: list[PathwayStep],
) -> VisitStanding:
    """Put one visitor's facts together."""
    phase = phase_of(member, on)
    written = dict(entries)
    this_week = any(member.departs <= day and on - day < WEEK for _key, day in entries)
    bare = VisitStanding(member, on, phase, pre, post, modules, written, this_week, [])
    states = [StepState(s.kind, s.prompt_key, step_state(bare, s)) for s in steps]
    return VisitStanding(member, on, phase, pre, post, modules, written, this_week, states)


def step_state(visit: VisitStanding, step: PathwayStep) -> str:
    """done, now, later or missed."""
    if step.kind in {Kind.QUESTIONS_BEFORE, Kind.QUESTIONS_AFTER}:
        wave = visit.pre if step.kind == Kind.QUESTIONS_BEFORE else visit.post
        if wave is None:
            return "later"
        return {"answered": "done", "open": "now", "begun": "now"}.get(wave.state, wave.state)
    if step.kind == Kind.MODULES:
        return "now" if visit.lessons_left else "done"
    if step.kind == Kind.WEEKLY:
        if visit.phase == "before":
            return "later"
        return "now" if visit.phase == "away" else "done"
    if visit.has_written(step.prompt_key):
        return "done"
    is_after = step.prompt_key == "first-answer-again"
    if is_after and visit.phase != "back":
        return "later"
    if not is_after and visit.phase == "back":
        return "missed"
    return "now"
