"""Trips: proposed by either side, agreed by the other, members named by their own side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from partnerships.models import Partnership, Trip, TripMember
from people.models import Institution, User
from tests.conftest import join, make_person

pytestmark = pytest.mark.django_db


def proposal(partnership: Partnership, place: Institution, **changes: Any) -> dict[str, Any]:
    """What a coordinator types to propose a visit."""
    return {
        "partnership": partnership.pk,
        "host": place.pk,
        "purpose": "Co-teach the recovery-room course",
        "starts": "2027-06-08",
        "ends": "2027-07-03",
        **changes,
    }


@pytest.fixture
def agreed(partnership: Partnership) -> Partnership:
    """A partnership that both sides said yes to."""
    partnership.agreed_on = date(2024, 1, 1)
    partnership.save(update_fields=["agreed_on"])
    return partnership


def post(client: Client, who: User, name: str, *ids: Any, **data: Any) -> Any:
    client.force_login(who)
    return client.post(reverse(f"partnerships:{name}", args=ids), data)


@pytest.mark.parametrize("direction", ["out", "back"])
def test_either_side_proposes_in_either_direction(
    client: Client,
    agreed: Partnership,
    ruth: User,
    neema: User,
    kilimari: Institution,
    harrow_lake: Institution,
    direction: str,
) -> None:
    proposer, host, other = (
        (ruth, kilimari, neema) if direction == "out" else (neema, harrow_lake, ruth)
    )
    post(client, proposer, "trip_new", **proposal(agreed, host))
    trip = Trip.objects.get()
    assert trip.status == Trip.Status.PROPOSED

    post(client, other, "trip_agree", trip.public_id)

    trip.refresh_from_db()
    assert trip.status == Trip.Status.AGREED


def test_proposer_cannot_agree_for_the_other_side(
    client: Client, agreed: Partnership, ruth: User, kilimari: Institution
) -> None:
    post(client, ruth, "trip_new", **proposal(agreed, kilimari))

    response = post(client, ruth, "trip_agree", Trip.objects.get().public_id)

    assert response.status_code == 403
    assert Trip.objects.get().status == Trip.Status.PROPOSED


def test_second_agreement_changes_nothing(
    client: Client, agreed: Partnership, ruth: User, neema: User, kilimari: Institution
) -> None:
    post(client, ruth, "trip_new", **proposal(agreed, kilimari))
    trip = Trip.objects.get()

    answers = [post(client, neema, "trip_agree", trip.public_id).status_code for _ in range(2)]

    assert answers == [302, 302]


def test_dates_out_of_order_get_a_sentence_and_keep_what_was_typed(
    client: Client, agreed: Partnership, ruth: User, kilimari: Institution
) -> None:
    response = post(
        client, ruth, "trip_new", **proposal(agreed, kilimari, ends="2027-06-01", purpose="Rounds")
    )

    assert response.status_code == 422
    assert "Choose a day on or after the first day." in response.text
    assert "Rounds" in response.text


@pytest.mark.parametrize(
    "changes",
    [
        {"starts": ""},
        {"starts": "soon"},
        {"purpose": "x" * 201},
        {"host": "99999"},
        {"purpose": "\0"},
        {"ends": "9999-12-31"},
        {"starts": "0001-01-01"},
    ],
)
def test_bad_proposal_is_refused_with_a_sentence(
    client: Client,
    agreed: Partnership,
    ruth: User,
    kilimari: Institution,
    changes: dict[str, Any],
) -> None:
    response = post(client, ruth, "trip_new", **proposal(agreed, kilimari, **changes))

    assert response.status_code == 422
    assert not Trip.objects.exists()


def test_no_visit_before_the_partnership_is_agreed(
    client: Client, partnership: Partnership, ruth: User, kilimari: Institution
) -> None:
    response = post(client, ruth, "trip_new", **proposal(partnership, kilimari))

    assert response.status_code == 422
    assert "First a partner, then a visit" in response.text


def test_learner_cannot_propose(client: Client, agreed: Partnership, amara: User) -> None:
    client.force_login(amara)

    assert client.get(reverse("partnerships:trip_new")).status_code == 403


def test_stranger_cannot_tell_that_the_trip_exists(client: Client, trip: Trip, db: None) -> None:
    client.force_login(make_person("outsider"))

    assert client.get(reverse("partnerships:trip_detail", args=[trip.public_id])).status_code == 404


def test_both_sides_read_the_same_page(
    client: Client,
    trip: Trip,
    amara_part: TripMember,
    neema_part: TripMember,
    ruth: User,
    neema: User,
) -> None:
    texts = []
    for person in (ruth, neema):
        client.force_login(person)
        texts.append(client.get(reverse("partnerships:trip_detail", args=[trip.public_id])).text)

    for text in texts:
        assert "Amara Reyes" in text
        assert "Dr Neema Mushi" in text
        assert "Kilimari Regional Referral Hospital" in text


def test_coordinator_names_her_own_people_only(
    client: Client, trip: Trip, ruth: User, amara: User, amina: User
) -> None:
    days = {"part": "resident", "departs": "2026-06-06", "returns": "2026-07-04"}

    ours = post(client, ruth, "member_new", trip.public_id, person=amara.public_id, **days)
    theirs = post(client, ruth, "member_new", trip.public_id, person=amina.public_id, **days)

    assert (ours.status_code, theirs.status_code) == (302, 422)
    assert [member.user for member in trip.members.all()] == [amara]


def test_host_side_names_its_supervisor(client: Client, trip: Trip, neema: User) -> None:
    days = {"part": "host_supervisor", "departs": "2026-06-08", "returns": "2026-07-03"}

    post(client, neema, "member_new", trip.public_id, person=neema.public_id, **days)

    assert trip.members.get().is_host


def test_naming_somebody_twice_does_not_overwrite_their_part(
    client: Client, trip: Trip, ruth: User, amara: User
) -> None:
    part = {"person": amara.public_id, "part": "resident", "departs": "2026-06-06"}
    answers = [
        post(client, ruth, "member_new", trip.public_id, **part, returns=returns)
        for returns in ("2026-07-04", "2026-07-04", "2026-07-06")
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Amara Reyes takes part already. Change the part" in answers[-1].text
    assert "Amara Reyes (takes part already)" in answers[-1].text
    assert trip.members.get().returns == date(2026, 7, 4)


def test_year_that_nobody_lives_in_is_refused_for_a_part_too(
    client: Client, trip: Trip, ruth: User, amara: User
) -> None:
    part = {"person": amara.public_id, "part": "resident", "departs": "2026-06-06"}

    answer = post(client, ruth, "member_new", trip.public_id, **part, returns="9999-12-31")

    assert answer.status_code == 422
    assert "look at the year" in answer.text
    assert not trip.members.exists()


def test_other_side_cannot_change_a_visitor(
    client: Client, trip: Trip, amara_part: TripMember, neema: User
) -> None:
    response = post(client, neema, "member_withdraw", trip.public_id, amara_part.public_id)

    assert response.status_code == 403


def test_withdrawn_member_leaves_the_page_and_keeps_the_row(
    client: Client, trip: Trip, amara_part: TripMember, ruth: User
) -> None:
    post(client, ruth, "member_withdraw", trip.public_id, amara_part.public_id)

    page = client.get(reverse("partnerships:trip_detail", args=[trip.public_id]))
    assert "Nobody is named yet." in page.text
    assert TripMember.objects.get().withdrawn_on is not None


def test_cancelled_visit_cannot_be_agreed_again(client: Client, trip: Trip, ruth: User) -> None:
    post(client, ruth, "trip_cancel", trip.public_id)

    response = post(client, ruth, "trip_close", trip.public_id)

    assert response.status_code == 302
    assert Trip.objects.get().status == Trip.Status.CANCELLED


def test_list_costs_the_same_for_any_length(
    client: Client,
    trip: Trip,
    ruth: User,
    kilimari: Institution,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(ruth)
    Trip.objects.bulk_create(
        Trip(
            partnership=trip.partnership,
            host=kilimari,
            purpose=f"Visit {n}",
            starts=date(2026, 1, 1),
            ends=date(2026, 2, 1),
        )
        for n in range(30)
    )

    client.get(reverse("partnerships:trip_list"))

    with django_assert_max_num_queries(6):
        client.get(reverse("partnerships:trip_list"))


def test_page_costs_the_same_for_any_number_of_members(
    client: Client, trip: Trip, ruth: User, amara_part: TripMember, django_assert_num_queries: Any
) -> None:
    client.force_login(ruth)
    url = reverse("partnerships:trip_detail", args=[trip.public_id])
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)
    for n in range(10):
        person = make_person(f"p{n}")
        membership = join(person, amara_part.membership.institution, "learner")
        TripMember.objects.create(
            trip=trip,
            user=person,
            membership=membership,
            part="resident",
            departs=trip.starts,
            returns=trip.ends,
        )

    with django_assert_num_queries(7):
        client.get(url)


def test_database_refuses_a_trip_that_ends_before_it_starts(trip: Trip) -> None:
    with pytest.raises(IntegrityError, match="trip_ends_after_it_starts"):
        Trip.objects.filter(pk=trip.pk).update(ends=date(2020, 1, 1))


def test_database_refuses_a_return_before_the_departure(amara_part: TripMember) -> None:
    with pytest.raises(IntegrityError, match="trip_member_returns_after_departure"):
        TripMember.objects.filter(pk=amara_part.pk).update(returns=date(2020, 1, 1))


def test_database_refuses_a_second_part(amara_part: TripMember) -> None:
    with pytest.raises(IntegrityError):
        TripMember.objects.create(
            trip=amara_part.trip,
            user=amara_part.user,
            membership=amara_part.membership,
            part="nurse",
            departs=amara_part.departs,
            returns=amara_part.returns,
        )


def test_visit_is_named_by_its_month_in_the_readers_language(trip: Trip) -> None:
    with translation.override("es"):
        assert str(trip) == "Kilimari, junio de 2026"

    assert str(trip) == "Kilimari, June 2026"
