"""Trips: the list, one visit, and its way from proposed to closed. The same from either side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import Institution, Role, Supervision, User
from people.requests import PersonRequest, places_with

from .. import workflow
from ..forms import TripChangeForm, TripForm
from ..models import Partnership, Trip, TripMember
from ..news import News


@dataclass(frozen=True)
class MemberRow:
    """One person of the trip, and whether this reader may change their part."""

    member: TripMember
    mentors: list[User]
    may_change: bool


@dataclass(frozen=True)
class TripPage:
    """A visit as both sides see it."""

    trip: Trip
    phase: str
    days_away: int
    visitors: list[MemberRow]
    hosts: list[MemberRow]
    clocks: list[tuple[Institution, datetime]]
    side: Institution | None
    may_agree: bool
    may_cancel: bool
    may_close: bool
    may_change: bool


def find_trip(request: PersonRequest, public_id: UUID) -> Trip:
    """The trip if this person may see it, else 404."""
    return get_object_or_404(
        Trip.objects.visible_to(request.user).with_places(), public_id=public_id
    )


def side_in(request: PersonRequest, trip: Trip) -> Institution:
    """The side that this person coordinates, or 403."""
    side = workflow.side_of(places_with(request, Role.COORDINATOR), trip.partnership)
    if side is None:
        raise PermissionDenied
    return side


@require_safe
def trip_list(request: PersonRequest) -> HttpResponse:
    """Visits in both directions: to come, under way, over."""
    now = timezone.now()
    trips = list(Trip.objects.visible_to(request.user).with_places().distinct())
    groups = [
        (_("Under way"), "under_way"),
        (_("To come"), "before"),
        (_("Over"), "over"),
    ]
    page = {
        "groups": [(name, [t for t in trips if t.phase(now) == key]) for name, key in groups],
        "is_empty": not trips,
        "may_propose": bool(places_with(request, Role.COORDINATOR)),
    }
    return render(request, "partnerships/trip_list.html", {"page": page})


@require_safe
def trip_detail(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One visit: who, when, at whose clock, and what is still open."""
    trip = find_trip(request, public_id)
    return render(request, "partnerships/trip_detail.html", {"page": trip_page(request, trip)})


def trip_page(request: PersonRequest, trip: Trip) -> TripPage:
    """The page's facts, in a constant number of queries."""
    now = timezone.now()
    mine = places_with(request, Role.COORDINATOR)
    side = workflow.side_of(mine, trip.partnership)
    rows = member_rows(trip, mine, now)
    asked = trip.partnership.other(trip.proposed_by) if trip.proposed_by else None
    is_open = trip.status in {Trip.Status.PROPOSED, Trip.Status.AGREED}
    return TripPage(
        trip=trip,
        phase=trip.phase(now),
        days_away=(trip.starts - trip.host_day(now)).days,
        visitors=[row for row in rows if not row.member.is_host],
        hosts=[row for row in rows if row.member.is_host],
        clocks=[(p, now.astimezone(ZoneInfo(p.time_zone))) for p in (trip.host, trip.visiting)],
        side=side,
        may_agree=trip.status == Trip.Status.PROPOSED and (asked is None or asked.pk in mine),
        may_cancel=side is not None and is_open,
        may_close=side is not None
        and trip.status == Trip.Status.AGREED
        and trip.phase(now) == "over",
        may_change=side is not None and is_open,
    )


def member_rows(trip: Trip, coordinated: set[int], at: datetime) -> list[MemberRow]:
    """The members with their mentors, two queries for any number."""
    members = list(
        trip.members.filter(withdrawn_on=None).select_related("user", "membership__institution")
    )
    mentors: dict[int, list[User]] = {}
    learners = [member.user_id for member in members]
    for row in (
        Supervision.objects.filter(learner__in=learners)
        .valid(at.date())
        .select_related("supervisor")
    ):
        mentors.setdefault(row.learner_id, []).append(row.supervisor)
    return [
        MemberRow(
            member,
            mentors.get(member.user_id, []),
            member.membership.institution_id in coordinated,
        )
        for member in members
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def trip_new(request: PersonRequest) -> HttpResponse:
    """Propose a visit in either direction."""
    mine = places_with(request, Role.COORDINATOR)
    if not mine:
        raise PermissionDenied
    pairs = Partnership.objects.visible_to(request.user).with_places().agreed()
    form = TripForm(request.POST or None, partnerships=pairs)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "has_partner": pairs.exists()}
        return render(request, "partnerships/trip_new.html", context, status=status)
    data = form.cleaned_data
    side = workflow.side_of(mine, data["partnership"])
    if side is None:
        raise PermissionDenied
    trip = workflow.propose_trip(
        data["partnership"],
        host=data["host"],
        purpose=data["purpose"],
        starts=data["starts"],
        ends=data["ends"],
        proposed_by=side,
        news=News(request.user, timezone.now()),
    )
    partner = data["partnership"].other(side)
    messages.success(request, _("Proposed. %(name)s can agree to it now.") % {"name": partner.name})
    return redirect("partnerships:trip_detail", trip.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def trip_change(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Another purpose, other days."""
    trip = find_trip(request, public_id)
    side_in(request, trip)
    form = TripChangeForm(request.POST or None, instance=trip)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "trip": trip}
        return render(request, "partnerships/trip_change.html", context, status=status)
    data = form.cleaned_data
    try:
        workflow.change_trip(
            trip,
            purpose=data["purpose"],
            starts=data["starts"],
            ends=data["ends"],
            news=News(request.user, timezone.now()),
        )
    except workflow.NotPossible:
        messages.error(request, _("This visit is closed or cancelled; it cannot be changed."))
    else:
        messages.success(request, _("The visit is changed. Members keep their own dates."))
    return redirect("partnerships:trip_detail", public_id)


Sentence = str | Promise


def step(act: Callable[..., None], done: Sentence) -> Callable[[PersonRequest, UUID], HttpResponse]:
    """A button of the trip page: one workflow function and the sentence afterwards."""

    @require_POST
    def view(request: PersonRequest, public_id: UUID) -> HttpResponse:
        trip = find_trip(request, public_id)
        side_in(request, trip)
        if act is workflow.agree_trip and not (
            trip.status == Trip.Status.AGREED or trip_page(request, trip).may_agree
        ):
            raise PermissionDenied
        try:
            act(trip, news=News(request.user, timezone.now()))
        except workflow.NotPossible:
            messages.error(request, _("That is no longer possible: somebody changed the visit."))
        else:
            messages.success(request, str(done))
        return redirect("partnerships:trip_detail", public_id)

    return view
