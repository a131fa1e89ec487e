"""Every change of a partnership, a trip or a part in it. Both sides use the same functions.

`news` tells whom it concerns; without it nobody is told, as when old visits are entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from people.models import Institution, Membership, User

from .events import member_joined
from .models import Partnership, Trip, TripMember
from .news import News, part_key


class NotPossible(Exception):
    """The change does not fit the state the thing is in; the sentence says why."""


@dataclass(frozen=True)
class Part:
    """What one member does on a trip, and when: own dates, on the person's own calendar."""

    part: str
    departs: date
    returns: date
    specialty: str = ""
    training_year: int | None = None


@transaction.atomic
def propose_partnership(
    own: Institution,
    partner: Institution,
    *,
    since: date,
    agreement: str = "",
    news: News | None = None,
) -> Partnership:
    """One side asks the other. Asking twice finds the first row."""
    first, second = sorted([own, partner], key=lambda place: place.pk)
    found = Partnership.objects.filter(first=first, second=second).first()
    if found:
        return found
    made = Partnership.objects.create(
        slug=_free_slug(slugify(f"{first.short_name} {second.short_name}")),
        first=first,
        second=second,
        since=since,
        agreement=agreement,
        proposed_by=own,
    )
    if news:
        news.proposed_partnership(made, own)
    return made


def _free_slug(wanted: str) -> str:
    """The slug, or the slug with the first number that nobody uses."""
    taken = set(Partnership.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@transaction.atomic
def agree_partnership(partnership: Partnership, *, on: date, news: News | None = None) -> None:
    """The other side says yes. A second yes changes nothing."""
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.agreed_on is None:
        partnership.agreed_on = on
        partnership.save(update_fields=["agreed_on"])
        if news:
            news.agreed_partnership(partnership)


@transaction.atomic
def propose_trip(
    partnership: Partnership,
    *,
    host: Institution,
    purpose: str,
    starts: date,
    ends: date,
    proposed_by: Institution,
    news: News | None = None,
) -> Trip:
    """Either side proposes a visit in either direction; the other agrees to it.

    The same proposal again, while it waits for an answer, finds the first.
    """
    row = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if row.agreed_on is None:
        raise NotPossible("partnership is not agreed yet")
    facts = {"host": host, "purpose": purpose, "starts": starts, "ends": ends}
    waiting = row.trips.filter(status=Trip.Status.PROPOSED, proposed_by=proposed_by)
    found = waiting.filter(**facts).first()
    if found:
        return found
    made = Trip.objects.create(partnership=row, proposed_by=proposed_by, **facts)
    if news:
        news.proposed(made)
    return made


def _move(trip: Trip, allowed: set[str], to: str) -> bool:
    """Lock the trip and set its status if it may go there. False where it is there already."""
    row = Trip.objects.select_for_update().get(pk=trip.pk)
    if row.status == to:
        return False
    if row.status not in allowed:
        raise NotPossible(f"a trip that is {row.status} cannot become {to}")
    row.status = to
    row.save(update_fields=["status"])
    trip.status = to
    return True


@transaction.atomic
def agree_trip(trip: Trip, *, news: News | None = None) -> None:
    """The side that did not propose says yes."""
    if _move(trip, {Trip.Status.PROPOSED}, Trip.Status.AGREED) and news:
        news.agreed(trip)


@transaction.atomic
def cancel_trip(trip: Trip, *, news: News | None = None) -> None:
    """Either side calls the visit off. What was written for it stays with its authors."""
    allowed: set[str] = {Trip.Status.PROPOSED, Trip.Status.AGREED}
    if _move(trip, allowed, Trip.Status.CANCELLED) and news:
        news.cancelled(trip)


@transaction.atomic
def close_trip(trip: Trip, *, news: News | None = None) -> None:
    """The visit is over and both sides are done with it. That is no news to anybody."""
    _move(trip, {Trip.Status.AGREED}, Trip.Status.CLOSED)


@transaction.atomic
def change_trip(
    trip: Trip, *, purpose: str, starts: date, ends: date, news: News | None = None
) -> None:
    """New dates or purpose. Members keep their own dates."""
    row = Trip.objects.select_for_update().get(pk=trip.pk)
    if row.status in {Trip.Status.CANCELLED, Trip.Status.CLOSED}:
        raise NotPossible(f"a trip that is {row.status} does not change")
    if (row.purpose, row.starts, row.ends) == (purpose, starts, ends):
        return
    row.purpose, row.starts, row.ends = purpose, starts, ends
    row.save(update_fields=["purpose", "starts", "ends"])
    if news:
        news.changed(row)


@transaction.atomic
def join_trip(
    trip: Trip, membership: Membership, part: Part, *, news: News | None = None
) -> TripMember:
    """Give a person a part. Programme and specialty are frozen as they are now.

    Joining again after a withdrawal takes up the old part with the new dates.
    """
    values = {
        "membership": membership,
        "part": part.part,
        "programme_name": membership.programme.name if membership.programme else "",
        "specialty": part.specialty,
        "training_year": part.training_year,
        "departs": part.departs,
        "returns": part.returns,
        "withdrawn_on": None,
    }
    member, _made = TripMember.objects.update_or_create(
        trip=trip, user=membership.user, defaults=values
    )
    member_joined.send(sender=TripMember, member=member)
    if news:
        news.joined(member)
    return member


def part_of(member: TripMember) -> Part:
    """The part as it stands."""
    return Part(member.part, member.departs, member.returns, member.specialty, member.training_year)


@transaction.atomic
def change_part(member: TripMember, part: Part, *, news: News | None = None) -> None:
    """New dates or another part for somebody who is in."""
    before = part_key(member)
    member.part = part.part
    member.departs, member.returns = part.departs, part.returns
    member.specialty, member.training_year = part.specialty, part.training_year
    member.save(update_fields=["part", "departs", "returns", "specialty", "training_year"])
    if news:
        news.changed_part(member, before)


@transaction.atomic
def withdraw_from_trip(member: TripMember, *, on: date, news: News | None = None) -> None:
    """The person does not take part after all; what they wrote stays theirs."""
    standing = TripMember.objects.filter(pk=member.pk, withdrawn_on=None)
    if standing.update(withdrawn_on=on) and news:
        news.withdrew(member)


def side_of(user_places: set[int], partnership: Partnership) -> Institution | None:
    """The side of a partnership that somebody stands on, by the ids of their institutions."""
    for place in partnership.sides:
        if place.pk in user_places:
            return place
    return None


def people_of(institution: Institution, *, on: date) -> list[tuple[Membership, User]]:
    """Who can be given a part: everybody who belongs to the institution, each once, by name."""
    rows = (
        Membership.objects.filter(institution=institution)
        .valid(on)
        .select_related("user", "programme")
        .order_by("user__display_name", "role")
    )
    once: dict[int, tuple[Membership, User]] = {}
    for row in rows:
        if row.user.is_active:
            once.setdefault(row.user_id, (row, row.user))
    return list(once.values())
