"""The dashboard: next steps of every role a person holds, and the facts behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from partnerships.models import Trip

from .next_step import Step


@dataclass(frozen=True)
class JourneyStop:
    """One stop of the journey line of a visit. `state`: done, now or later."""

    name: str
    text: str
    state: str
    is_there: bool = False
    is_after: bool = False


@dataclass(frozen=True)
class ModuleLine:
    """A module with its state in words."""

    title: str
    url: str
    words: str
    shape: str


@dataclass(frozen=True)
class Dashboard:
    """One page for all roles: what is next, the visit that frames it, and what lies open."""

    on: date
    steps: list[Step]
    trip: Trip | None = None
    days_away: int | None = None
    journey: list[JourneyStop] = field(default_factory=list)
    modules: list[ModuleLine] = field(default_factory=list)
    modules_words: str = ""
    modules_done: int = 0
    modules_all: int = 0
    calm: str = ""

    @property
    def first(self) -> Step | None:
        """The one next step."""
        return self.steps[0] if self.steps else None

    @property
    def others(self) -> list[Step]:
        """What comes after it."""
        return self.steps[1:]
