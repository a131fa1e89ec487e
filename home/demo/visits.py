"""Partnerships, trips and who takes part in them, through the workflow of `partnerships`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from partnerships.models import Trip, TripMember
from partnerships.workflow import (
    Part,
    agree_partnership,
    agree_trip,
    close_trip,
    join_trip,
    propose_partnership,
    propose_trip,
)
from people.models import Membership

from .stage import Stage, read

Row = dict[str, Any]
TRAVEL = timedelta(days=2)  # people leave on the Saturday before and are home on the Sunday after


def plan(stage: Stage) -> None:
    """Partnerships are agreed, visits proposed and agreed, parts given."""
    day = stage.calendar.day
    for row in read("places.yaml")["partnerships"]:
        own, other = row["proposed_by"], row["with"]
        pair = propose_partnership(
            stage.places[own],
            stage.places[other],
            since=day(row["since"]),
            agreement=row["agreement"],
        )
        agree_partnership(pair, on=day(row["agreed"]))
        pair.refresh_from_db()
        stage.pairs[frozenset([own, other])] = pair
    people = {row["key"]: row for row in read("people.yaml")}
    for row in read("trips.yaml"):
        stage.trips[row["key"]] = propose(stage, row)
        give_parts(stage, row, people)


def propose(stage: Stage, row: Row) -> Trip:
    """One side proposes, the other agrees."""
    trip = propose_trip(
        stage.pairs[frozenset(row["pair"])],
        host=stage.places[row["host"]],
        purpose=row["purpose"],
        starts=stage.calendar.day(row["starts"]),
        ends=stage.calendar.day(row["ends"]),
        proposed_by=stage.places[row["proposed_by"]],
    )
    Trip.objects.filter(pk=trip.pk).update(is_demo=True)
    agree_trip(trip)
    return trip


def give_parts(stage: Stage, row: Row, people: dict[str, Row]) -> None:
    """Hosts receive from the first to the last day; visitors leave before and come back after."""
    trip = stage.trips[row["key"]]
    for who in row["hosts"]:
        host = Part(TripMember.Part.HOST_SUPERVISOR, trip.starts, trip.ends)
        stage.members[row["key"], who] = join(stage, trip, who, host)
    for line in row["visitors"]:
        part = Part(
            line["part"],
            trip.starts - TRAVEL,
            trip.ends + TRAVEL,
            specialty=people[line["who"]].get("specialty", ""),
            training_year=line.get("year"),
        )
        stage.members[row["key"], line["who"]] = join(stage, trip, line["who"], part)


def join(stage: Stage, trip: Trip, who: str, part: Part) -> TripMember:
    """With the membership that the person wears on this visit."""
    worn = Membership.objects.filter(user=stage.people[who]).order_by("pk")
    home = trip.host if part.part in TripMember.HOST_PARTS else trip.visiting
    return join_trip(trip, worn.filter(institution=home)[0], part)


def close(stage: Stage) -> None:
    """Visits that both sides are done with."""
    for row in read("trips.yaml"):
        if row.get("closed"):
            close_trip(stage.trips[row["key"]])
