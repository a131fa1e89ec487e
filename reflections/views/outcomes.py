"""My outcomes, for one person; the programme's outcomes, for reviewers and coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.models import TripMember
from people.models import Institution, Role, places_of
from people.requests import PersonRequest

from ..outcomes import GroupOutcome, OwnOutcome, group_outcome, own_outcomes, visitors_between
from ..waves import WaveState, states_for


@dataclass(frozen=True)
class VisitOutcome:
    """One visit: what can be answered, and what changed."""

    outcome: OwnOutcome
    states: list[WaveState]


@dataclass(frozen=True)
class MyOutcomesPage:
    """A person's visits, newest first."""

    visits: list[VisitOutcome]


@require_safe
def my_outcomes(request: PersonRequest) -> HttpResponse:
    """Before and after per scale, for the person alone."""
    outcomes = own_outcomes(request.user)
    members = [outcome.member for outcome in outcomes]
    states = states_for(members, local_days(members))
    page = MyOutcomesPage(
        visits=[
            VisitOutcome(outcome, [s for s in states if s.member.pk == outcome.member.pk])
            for outcome in outcomes
        ]
    )
    return render(request, "reflections/my_outcomes.html", {"page": page})


def local_days(members: list[TripMember]) -> dict[int, date]:
    """Each member's calendar day now, by id."""
    now = timezone.now()
    return {member.pk: member.local_day(now) for member in members}


@dataclass(frozen=True)
class ProgrammePage:
    """The groups of one institution, each person once in each."""

    institution: Institution
    institutions: list[Institution]
    groups: list[GroupOutcome]


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
    page = ProgrammePage(
        institution=place,
        institutions=places,
        groups=[
            group_outcome("own", visitors_between(place, outgoing=True)),
            group_outcome("guests", visitors_between(place, outgoing=False)),
        ],
    )
    return render(request, "reflections/programme_outcomes.html", {"page": page})
