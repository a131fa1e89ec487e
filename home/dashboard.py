"""The dashboard: one page for all roles a person holds, put together from facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.progress import ModuleProgress
from pathways.standing import VisitStanding
from people.models import Role, User
from people.workflow import may_found

from . import facts
from .next_step import (
    Step,
    admin_steps,
    coordinator_steps,
    editor_steps,
    first_place,
    host_steps,
    resident_steps,
    reviewer_steps,
)


@dataclass(frozen=True)
class JourneyStop:
    """One stop of the journey line of a visit. `state`: done, now or later."""

    name: str
    text: str
    state: str
    is_there: bool = False
    is_after: bool = False


@dataclass(frozen=True)
class Dashboard:
    """What is next, the visit that frames it, the way there and back, and the modules."""

    on: date
    steps: list[Step]
    visit: VisitStanding | None = None
    journey: list[JourneyStop] = field(default_factory=list)
    modules: list[ModuleProgress] = field(default_factory=list)
    has_desk: bool = False

    @property
    def first(self) -> Step | None:
        """The one next step."""
        return self.steps[0] if self.steps else None

    @property
    def others(self) -> list[Step]:
        """What comes after it."""
        return self.steps[1:]

    @property
    def modules_done(self) -> int:
        """Required modules that are complete."""
        return sum(module.is_complete for module in self.modules)

    @property
    def modules_words(self) -> str:
        """The count in words."""
        return ngettext(
            "%(done)s of %(n)s required module complete",
            "%(done)s of %(n)s required modules complete",
            len(self.modules),
        ) % {"done": self.modules_done, "n": len(self.modules)}

    @property
    def can_see_change(self) -> bool:
        """Whether the questions after the visit that is shown are answered."""
        return bool(self.visit and self.visit.post and self.visit.post.state == "answered")

    @property
    def days_away(self) -> int:
        """Days until departure; 0 and below once it has come."""
        return (self.visit.member.departs - self.visit.on).days if self.visit else 0


def dashboard_of(user: User, roles: set[str], places: set[int], *, at: datetime) -> Dashboard:
    """Everything for this person, in a constant number of queries a role.

    `places` are the ids of the institutions that the person coordinates.
    """
    on = at.astimezone(user.zone).date()
    parts = facts.parts_of(user)
    visits = facts.visits_of(parts, at=at)
    has_desk = Role.REVIEWER in roles
    steps: list[Step] = []
    if visits or Role.LEARNER in roles:
        steps += resident_steps(facts.resident_facts(user, visits, on=on))
    if has_desk:
        steps += reviewer_steps(facts.reviewer_facts(user, at=at))
    if any(part.is_host for part in parts):
        steps += host_steps(facts.host_facts(user, parts, at=at, has_desk=has_desk))
    if Role.COORDINATOR in roles:
        steps += coordinator_steps(facts.coordinator_facts(user, places, at=at))
    if Role.EDITOR in roles:
        steps += editor_steps(facts.editor_facts(user, on=on))
    if user.is_superuser:
        steps += admin_steps(facts.admin_facts(user, at=at))
    if not roles and not user.is_superuser and may_found(user):
        steps.append(first_place())
    visit = nearest(visits)
    return Dashboard(
        on=on,
        steps=sorted(steps, key=is_idle),
        visit=visit,
        journey=journey_of(visit) if visit else [],
        modules=visit.modules if visit and visit.phase != "back" else [],
        has_desk=has_desk,
    )


def is_idle(step: Step) -> bool:
    """Steps that only pass the time come after everything that somebody waits for."""
    return step.key in {"no-learners", "arriving"}


def nearest(visits: list[VisitStanding]) -> VisitStanding | None:
    """The visit to show: under way, else the next, else the last."""
    order = {"away": 0, "before": 1, "back": 2}

    def key(visit: VisitStanding) -> tuple[int, float]:
        days = visit.member.departs.toordinal()
        return order[visit.phase], days if visit.phase == "before" else -days

    return min(visits, key=key, default=None)


def journey_of(visit: VisitStanding) -> list[JourneyStop]:
    """Prepare, there, return: with dates, and where the person stands."""
    member = visit.member
    rank = {"before": 0, "away": 1, "back": 2}[visit.phase]

    def state(stop: int) -> str:
        return "done" if rank > stop else "now" if rank == stop else "later"

    def day(value: date) -> str:
        return date_format(value, _("j F Y"))

    return [
        JourneyStop(_("Prepare"), _("until %(day)s") % {"day": day(member.departs)}, state(0)),
        JourneyStop(
            _("There"),
            _("%(first)s to %(last)s")
            % {"first": day(member.departs), "last": day(member.returns)},
            state(1),
            is_there=True,
        ),
        JourneyStop(
            _("Return"),
            _("from %(day)s: look back, and see what changed") % {"day": day(member.returns)},
            state(2),
            is_after=True,
        ),
    ]


def calm_places(roles: set[str]) -> list[tuple[str, str]]:
    """Where somebody may look who has nothing to do."""
    places = [(_("Read a module"), "/curriculum/"), (_("Trips"), "/trips/")]
    if Role.LEARNER in roles:
        places.insert(0, (_("Write an entry"), reverse("reflections:new_entry")))
    return places
