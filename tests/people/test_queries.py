"""Pages about people cost the same for ten people and for a hundred."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.audit import Kind, record
from people.models import Institution, Notice, Policy, Programme, Role, Supervision, User
from people.notices import notify
from people.workflow import Wanted, invite
from tests.conftest import NOON, join, make_person
from tests.queries import assert_same_at_two_sizes

pytestmark = pytest.mark.django_db
MOST = 12


def more_people(place: Institution, programme: Programme, mentor: User, start: int = 0) -> None:
    """Ten learners with a programme and a mentor."""
    for number in range(start, start + 10):
        person = make_person(f"learner{number}")
        join(person, place, Role.LEARNER, programme=programme)
        Supervision.objects.create(supervisor=mentor, learner=person, since=date(2025, 1, 1))


def more_invitations(place: Institution, programme: Programme, by: User, start: int) -> None:
    """Ten invitations."""
    for number in range(start, start + 10):
        wanted = Wanted(
            f"guest{number}@example.org", f"Guest {number}", place, Role.LEARNER, programme
        )
        assert invite(wanted, by=by, at=timezone.now(), mail_now=False)


def more_events(place: Institution, people: list[User]) -> None:
    """Each of them got a role."""
    for person in people:
        record(Kind.ROLE_GRANTED, at=NOON, actor=people[0], subject=person, institution=place)


def more_notices(person: User, start: int = 0) -> None:
    """Ten pieces of news."""
    for number in range(start, start + 10):
        notify(person, "feedback", f"key{number}", "News", "A sentence.", "/journal/", NOON, None)


def test_people_list(
    client: Client, ruth: User, harrow_lake: Institution, anaesthesia: Programme, dr_osei: User
) -> None:
    more_people(harrow_lake, anaesthesia, dr_osei)

    assert_same_at_two_sizes(
        client,
        ruth,
        reverse("people:people_list"),
        lambda: more_people(harrow_lake, anaesthesia, dr_osei, 10),
        most=MOST,
    )


def test_page_of_one_person(
    client: Client, ruth: User, harrow_lake: Institution, anaesthesia: Programme, dr_osei: User
) -> None:
    more_people(harrow_lake, anaesthesia, dr_osei)

    assert_same_at_two_sizes(
        client,
        ruth,
        reverse("people:member_detail", args=[dr_osei.public_id]),
        lambda: more_people(harrow_lake, anaesthesia, dr_osei, 10),
        most=MOST + 6,
    )


def test_invitations(
    client: Client, ruth: User, harrow_lake: Institution, anaesthesia: Programme
) -> None:
    more_invitations(harrow_lake, anaesthesia, ruth, 0)

    assert_same_at_two_sizes(
        client,
        ruth,
        reverse("people:invitations"),
        lambda: more_invitations(harrow_lake, anaesthesia, ruth, 10),
        most=MOST,
    )


def test_log(client: Client, ruth: User, harrow_lake: Institution, dr_osei: User) -> None:
    more_events(harrow_lake, [ruth, dr_osei])
    people = [make_person(f"p{number}") for number in range(10)]

    assert_same_at_two_sizes(
        client, ruth, reverse("people:log"), lambda: more_events(harrow_lake, people), most=MOST
    )


def test_notices(client: Client, amara: User) -> None:
    more_notices(amara)

    assert_same_at_two_sizes(
        client, amara, reverse("people:notices"), lambda: more_notices(amara, 10), most=8
    )
    assert Notice.objects.count() == 20


@pytest.fixture
def new_place(ruth: User) -> Callable[[int], Institution]:
    """Makes institutions that Ruth coordinates and Tomas learns in, with texts of their own."""

    def make(number: int) -> Institution:
        place = Institution.objects.create(
            slug=f"place-{number}",
            name=f"Place {number}",
            short_name=f"Place {number}",
            time_zone="UTC",
        )
        for kind in Policy.Kind:
            Policy.objects.create(
                institution=place, kind=kind, major=1, body="# Text", published_at=NOON
            )
        join(ruth, place, Role.COORDINATOR)
        return place

    return make


def test_policies_of_a_person(
    client: Client, tomas: User, new_place: Callable[[int], Institution]
) -> None:
    join(tomas, new_place(0), Role.LEARNER)

    assert_same_at_two_sizes(
        client,
        tomas,
        reverse("people:policies"),
        lambda: [join(tomas, new_place(number), Role.LEARNER) for number in range(1, 6)],
        most=MOST,
    )


def test_policies_of_several_institutions(
    client: Client, ruth: User, new_place: Callable[[int], Institution]
) -> None:
    new_place(0)

    assert_same_at_two_sizes(
        client,
        ruth,
        reverse("people:policy_list"),
        lambda: [new_place(number) for number in range(1, 6)],
        most=8,
    )


def test_me(client: Client, amara: User, harrow_lake: Institution) -> None:
    assert_same_at_two_sizes(
        client,
        amara,
        reverse("people:me"),
        lambda: join(amara, harrow_lake, Role.REVIEWER, until=NOON.date() + timedelta(days=999)),
        most=MOST,
    )
