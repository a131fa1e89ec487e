"""My outcomes, for one person; the programme's outcomes, for reviewers and coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.change import PairedChange, RankBiserial, paired_change, rank_biserial
from measures.charts import OwnChart, Segment, change_bar, own_chart
from measures.words import (
    SMALLEST_GROUP,
    change_sentence,
    direction_sentence,
    response_sentence,
)
from partnerships.models import TripMember
from people.models import Institution, Role, places_of
from people.requests import PersonRequest

from ..journal import FIRST_ANSWER, SECOND_THOUGHTS, own_words
from ..models import Entry
from ..outcomes import GroupOutcome, OwnOutcome, group_outcome, own_outcomes, visitors_between
from ..waves import WaveState, states_for


@dataclass(frozen=True)
class VisitOutcome:
    """One visit: what can be answered, and what changed."""

    outcome: OwnOutcome
    states: list[WaveState]
    words_before: Entry | None
    words_after: Entry | None

    @property
    def chart(self) -> OwnChart:
        """Where the six themes stand, before and after."""
        return own_chart([(str(s.scale.label), s.before, s.after) for s in self.outcome.scales])


@dataclass(frozen=True)
class MyOutcomesPage:
    """A person's visits, newest first."""

    visits: list[VisitOutcome]


@require_safe
def my_outcomes(request: PersonRequest) -> HttpResponse:
    """Before and after per scale, with their own words beside it, for the person alone."""
    outcomes = own_outcomes(request.user)
    members = [outcome.member for outcome in outcomes]
    states = states_for(members, local_days(members))
    words = own_words(request.user, [member.pk for member in members])
    page = MyOutcomesPage(
        visits=[
            VisitOutcome(
                outcome,
                [s for s in states if s.member.pk == outcome.member.pk],
                words.get((outcome.member.pk, FIRST_ANSWER)),
                words.get((outcome.member.pk, SECOND_THOUGHTS)),
            )
            for outcome in outcomes
        ]
    )
    return render(request, "reflections/my_outcomes.html", {"page": page})


def local_days(members: list[TripMember]) -> dict[int, date]:
    """Each member's calendar day now, by id."""
    now = timezone.now()
    return {member.pk: member.local_day(now) for member in members}


@dataclass(frozen=True)
class ScalePanel:
    """One theme of one group: counts, a sentence, the bar, and the direction with its interval."""

    id: str
    label: str
    change: PairedChange
    effect: RankBiserial

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return change_sentence(self.change)

    @property
    def direction(self) -> str:
        """The effect in words, from six pairs up."""
        return direction_sentence(self.effect)

    @property
    def bar(self) -> list[Segment]:
        """Up, same and down as one bar; empty where too few answered."""
        if self.change.n_pairs < SMALLEST_GROUP:
            return []
        return change_bar(self.change.n_up, self.change.n_same, self.change.n_down)


@dataclass(frozen=True)
class GroupPanel:
    """One group with its response and its six themes."""

    outcome: GroupOutcome
    is_own: bool

    @property
    def before(self) -> str:
        """How many answered before, of how many."""
        return response_sentence(self.outcome.before, self.outcome.asked)

    @property
    def after(self) -> str:
        """How many answered after, of how many."""
        return response_sentence(self.outcome.after, self.outcome.asked)

    @property
    def too_few(self) -> bool:
        """Whether a change could point to one person."""
        return self.outcome.both < SMALLEST_GROUP

    @property
    def scales(self) -> list[ScalePanel]:
        """The six themes."""
        panels = []
        for scale, pairs in self.outcome.pairs.items():
            pre, post = [a for a, _ in pairs], [b for _, b in pairs]
            panels.append(
                ScalePanel(
                    f"{self.outcome.title}-{scale.value}",
                    str(scale.label),
                    paired_change(pre, post),
                    rank_biserial(pre, post),
                )
            )
        return panels


@dataclass(frozen=True)
class ProgrammePage:
    """The groups of one institution, each person once in each."""

    institution: Institution
    institutions: list[Institution]
    groups: list[GroupPanel]
    on: date


@require_safe
def programme_outcomes(request: PersonRequest) -> HttpResponse:
    """Response rate, and from five people up how many moved up, stayed or moved down."""
    places = list(
        Institution.objects.filter(pk__in=places_of(request.user, Role.COORDINATOR, Role.REVIEWER))
    )
    if not places:
        raise PermissionDenied
    wanted = request.GET.get("institution", "")
    place = next((p for p in places if p.slug == wanted), places[0])
    today = timezone.localdate()
    own = visitors_between(place, outgoing=True, on=today)
    guests = visitors_between(place, outgoing=False, on=today)
    page = ProgrammePage(
        institution=place,
        institutions=places,
        groups=[
            GroupPanel(group_outcome("own", own), True),
            GroupPanel(group_outcome("guests", guests), False),
        ],
        on=today,
    )
    return render(request, "reflections/programme_outcomes.html", {"page": page})
