"""Institutions, people, roles and mentors, through the workflow of `people`."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress

from people.models import Cohort, Institution, Invitation, Programme, Role, User
from people.policies import accept, current_for
from people.workflow import (
    Facts,
    Wanted,
    accept_invitation,
    add_cohort,
    add_programme,
    found_institution,
    grant,
    invite,
    invite_partner,
    supervise,
)

from .stage import DOMAIN, PASSWORD, Stage, read

FACTS = ("name", "short_name", "city", "country", "time_zone", "languages")
Row = dict[str, Any]


def move_in(stage: Stage) -> None:
    """Everybody gets an account, the three institutions begin, roles and mentors are given."""
    places, people = read("places.yaml")["institutions"], read("people.yaml")
    zones = {row["key"]: row["time_zone"] for row in places}
    for row in people:
        begun = stage.calendar.moment(f"{row['since']} 09:00", zones[row["at"]])
        stage.people[row["key"]] = make_person(row, zones[row["at"]], begun)
    for row in places:
        stage.places[row["key"]] = found(stage, row)
    for row in people:
        give_roles(stage, row)
    for row in people:
        name_mentor(stage, row)
        read_policies(stage, row)
    for row in read("places.yaml")["invitations"]:
        write_letter(stage, row)


def make_person(row: Row, zone: str, at: datetime) -> User:
    """An account; only the six have a password that somebody knows."""
    account = row.get("account")
    make = User.objects.create_superuser if account == "admin" else User.objects.create_user
    user = make(
        f"{account}@{DOMAIN}" if account else f"{row['key']}@{row['at']}.example",
        PASSWORD if account else None,
        display_name=row["name"],
        time_zone=zone,
        joined_at=at,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def found(stage: Stage, row: Row) -> Institution:
    """The first institution founds itself; each partner is invited and its coordinator accepts."""
    facts = Facts(**{name: row[name] for name in FACTS})
    coordinator = stage.people[row["coordinator"]]
    at = stage.calendar.moment(row["since"], row["time_zone"])
    if not stage.places:
        place = found_institution(facts, by=coordinator, at=at)
    else:
        place = come_in(stage, facts, coordinator, at)
    for name in row["programmes"]:
        add_programme(place, name, by=coordinator, at=at)
    return place


def come_in(stage: Stage, facts: Facts, coordinator: User, at: datetime) -> Institution:
    """The letter was written five days before, and is answered now."""
    invitation: Invitation = invite_partner(
        facts,
        email=coordinator.email,
        display_name=coordinator.display_name,
        by=stage.people[coordinator_of(next(iter(stage.places)))],
        at=at - timedelta(days=5),
        mail_now=False,
    )
    accept_invitation(invitation, user=coordinator, at=at)
    return invitation.institution


def give_roles(stage: Stage, row: Row) -> None:
    """Roles since the day the person came; a learner belongs to a programme and a year."""
    place = stage.places[row["at"]]
    by = stage.people[coordinator_of(row["at"])]
    at = stage.calendar.moment(f"{row['since']} 09:00", place.time_zone)
    programme = Programme.objects.filter(institution=place, name=row.get("programme", "")).first()
    for role in row["roles"]:
        bound = programme if role == Role.LEARNER else None
        cohort = cohort_of(stage, row, bound, by, at)
        grant(stage.people[row["key"]], place, role, at=at, by=by, programme=bound, cohort=cohort)


def cohort_of(
    stage: Stage, row: Row, programme: Programme | None, by: User, at: datetime
) -> Cohort | None:
    """The year in which a resident began."""
    if programme is None or "year" not in row:
        return None
    return add_cohort(programme, stage.calendar.now.year - row["year"] + 1, by=by, at=at)


@cache
def coordinator_of(place: str) -> str:
    """The key of who coordinates an institution."""
    rows = read("places.yaml")["institutions"]
    return str(next(row["coordinator"] for row in rows if row["key"] == place))


def name_mentor(stage: Stage, row: Row) -> None:
    """A mentor from the second day on."""
    if "mentor" not in row:
        return
    zone = stage.places[row["at"]].time_zone
    at = stage.calendar.moment(f"{row['since']} 10:00", zone) + timedelta(days=1)
    by = stage.people[coordinator_of(row["at"])]
    supervise(stage.people[row["mentor"]], stage.people[row["key"]], at=at, by=by)


def read_policies(stage: Stage, row: Row) -> None:
    """Privacy notice and terms were accepted on the evening of the first day."""
    user = stage.people[row["key"]]
    at = stage.calendar.moment(f"{row['since']} 20:15", user.time_zone)
    accept(user, current_for(user, at=at), at=at)


def write_letter(stage: Stage, row: Row) -> None:
    """An invitation that was never answered."""
    place = stage.places[row["at"]]
    wanted = Wanted(row["email"], row["to"], place, row["role"])
    at = stage.calendar.moment(row["sent"], place.time_zone)
    invite(wanted, by=stage.people[row["by"]], at=at, mail_now=False)
