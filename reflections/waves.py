"""When which questions can be answered. Windows follow the person's own dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from partnerships.models import Trip, TripMember

from .models import Assessment, Wave

POST_DAYS = 60  # our choice: later answers describe something else than the visit


@dataclass(frozen=True)
class Window:
    """The days, first and last included, on which a wave can be answered."""

    opens: date | None
    closes: date


def window(member: TripMember, wave: str) -> Window:
    """Before: until the day of departure. After: from the day of return, for POST_DAYS days."""
    if wave == Wave.PRE:
        return Window(None, member.departs)
    return Window(member.returns, member.returns + timedelta(days=POST_DAYS))


@dataclass(frozen=True)
class WaveState:
    """Where one wave of one part stands on a day."""

    member: TripMember
    wave: str
    window: Window
    state: str  # "later" | "open" | "begun" | "answered" | "missed"
    assessment: Assessment | None

    @property
    def may_answer(self) -> bool:
        """Whether answers are taken today."""
        return self.state in {"open", "begun"}


def state_of(member: TripMember, wave: str, found: Assessment | None, on: date) -> WaveState:
    """The state, from the dates and from what was answered. `on` is the person's local day."""
    days = window(member, wave)
    if found and found.submitted_at:
        state = "answered"
    elif days.opens and on < days.opens:
        state = "later"
    elif on > days.closes:
        state = "missed"
    else:
        state = "begun" if found else "open"
    return WaveState(member, wave, days, state, found)


def asked(member: TripMember) -> bool:
    """Whether the questions are for this person: visitors of trips that stand, not hosts."""
    return (
        not member.is_host
        and member.withdrawn_on is None
        and member.trip.status not in {Trip.Status.CANCELLED, Trip.Status.PROPOSED}
    )


def states_for(members: list[TripMember], on: dict[int, date]) -> list[WaveState]:
    """Both waves of several parts, in one query. `on` gives each member's local day by id."""
    found = {
        (row.trip_member_id, row.wave): row
        for row in Assessment.objects.current()
        .filter(trip_member__in=members)
        .defer("answers", "scales")
    }
    return [
        state_of(member, wave, found.get((member.pk, wave)), on[member.pk])
        for member in members
        if asked(member)
        for wave in (Wave.PRE, Wave.POST)
    ]
