"""What is known about a coordinator's institution: who is ready, who is stuck, what is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from partnerships.models import Partnership, Trip, TripMember
from pathways.standing import VisitStanding, standing_of
from people.models import Invitation, Membership, Supervision, User

from ..next_step import CoordinatorFacts, Waiting
from ..next_step.step import Thing

SOON = timedelta(days=14)


def coordinator_facts(user: User, places: set[int], *, at: datetime) -> CoordinatorFacts:
    """About a dozen queries, for any number of people and visits."""
    on = at.date()
    pairs = list(Partnership.objects.filter(side_in(places)).with_places())
    trips = list(
        Trip.objects.filter(partnership__in=pairs)
        .exclude(status__in=[Trip.Status.CANCELLED, Trip.Status.CLOSED])
        .with_places()
        .order_by("starts")
    )
    members = members_of(trips)
    ours = [m for m in members if m.membership.institution_id in places]
    leaving = [m for m in ours if not m.is_host and on <= m.departs <= on + SOON]
    ahead = [t for t in trips if t.phase(at) != "over"]
    stuck = standing_of(leaving, at=at, with_steps=False)
    return CoordinatorFacts(
        on=on,
        people=len({m.user_id for m in ours} - {user.pk}) or others_in(places, user, on),
        partnerships=len(pairs),
        trips=len(trips) or Trip.objects.filter(partnership__in=pairs).exists(),
        partnerships_to_agree=Waiting([pair(p) for p in pairs if is_asked(p, places)]),
        trips_to_agree=Waiting([visit(t) for t in trips if is_asked_trip(t, places)]),
        without_visitors=Waiting(
            [visit(t) for t in ahead if t.visiting.pk in places and not of(t, ours, host=False)]
        ),
        without_host=Waiting(
            [visit(t) for t in ahead if t.host_id in places and not of(t, ours, host=True)]
        ),
        without_mentor=without_mentor([m for m in ours if m.trip in ahead], on),
        leaving_without_answers=Waiting([person(v) for v in stuck if v.pre and v.pre.may_answer]),
        leaving_without_modules=Waiting([person(v) for v in stuck if v.lessons_left]),
        invitations_run_out=run_out(places, at),
        to_close=Waiting(
            [
                visit(t)
                for t in trips
                if t.status == Trip.Status.AGREED and is_everybody_back(t, members, on)
            ]
        ),
    )


def members_of(trips: list[Trip]) -> list[TripMember]:
    """Who takes part in these visits, each with the visit that was read before."""
    by_id = {trip.pk: trip for trip in trips}
    found = TripMember.objects.filter(trip__in=by_id, withdrawn_on=None)
    members = list(found.select_related("user", "membership"))
    for member in members:
        member.trip = by_id[member.trip_id]
    return members


def side_in(places: set[int]) -> Q:
    """Partnerships with one of these institutions."""
    return Q(first__in=places) | Q(second__in=places)


def is_asked(pair: Partnership, places: set[int]) -> bool:
    """Whether this side has to say yes."""
    return (
        pair.agreed_on is None
        and pair.proposed_by is not None
        and pair.other(pair.proposed_by).pk in places
    )


def is_asked_trip(trip: Trip, places: set[int]) -> bool:
    """Whether this side has to agree to the visit."""
    if trip.status != Trip.Status.PROPOSED or trip.proposed_by_id is None:
        return False
    return any(p.pk in places and p.pk != trip.proposed_by_id for p in trip.partnership.sides)


def of(trip: Trip, members: list[TripMember], *, host: bool) -> bool:
    """Whether somebody of this kind is named for the visit."""
    return any(m.trip_id == trip.pk and m.is_host == host for m in members)


def is_everybody_back(trip: Trip, members: list[TripMember], on: date) -> bool:
    """The visit is over, and nobody is still on the way home."""
    last = max([trip.ends, *(m.returns for m in members if m.trip_id == trip.pk)])
    return on > last


def others_in(places: set[int], user: User, on: date) -> int:
    """People of these institutions beside the coordinator."""
    held = Membership.objects.filter(institution__in=places).valid(on).exclude(user=user)
    return held.values("user").distinct().count()


def without_mentor(members: list[TripMember], on: date) -> Waiting:
    """Visitors who have nobody at home who reads what they write."""
    visitors = [m for m in members if not m.is_host]
    learners = [m.user_id for m in visitors]
    held = set(
        Supervision.objects.filter(learner__in=learners).valid(on).values_list("learner", flat=True)
    )
    alone = {m.user_id: m.user for m in visitors if m.user_id not in held}
    return Waiting(
        [
            Thing(u.display_name, reverse("people:member_detail", args=[u.public_id]))
            for u in alone.values()
        ]
    )


def run_out(places: set[int], at: datetime) -> Waiting:
    """Invitations that nobody answered in time."""
    rows = Invitation.objects.filter(
        institution__in=places, answered_at=None, withdrawn_at=None, expires_at__lte=at
    )[:20]
    return Waiting([Thing(row.display_name, reverse("people:invitations")) for row in rows])


def pair(partnership: Partnership) -> Thing:
    """A partnership by its two names."""
    url = reverse("partnerships:partnership_detail", args=[partnership.slug])
    return Thing(str(partnership), url)


def visit(trip: Trip) -> Thing:
    """A trip by its purpose."""
    return Thing(trip.purpose, reverse("partnerships:trip_detail", args=[trip.public_id]))


def person(standing: VisitStanding) -> Thing:
    """A visitor, with the page of the visit."""
    trip = standing.member.trip
    return Thing(
        standing.member.user.display_name,
        reverse("partnerships:trip_detail", args=[trip.public_id]),
    )
