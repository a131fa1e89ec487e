"""Institutions, programmes, cohorts, and how a partner comes in."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from people.models import AuditEvent, Cohort, Institution, Invitation, Programme, User
from people.workflow import mail_invitation

from .conftest import get, link_in, post
from .test_invitations import JOINING

pytestmark = pytest.mark.django_db

PARTNER = {
    "name": "Kilimari Regional Referral Hospital",
    "short_name": "Kilimari",
    "city": "Kilimari",
    "country": "Tanzania",
    "time_zone": "Dar es Salaam",
    "display_name": "Sister Agnes Tarimo",
    "email": "agnes@example.org",
}


def facts(place: Institution, **changes: Any) -> dict[str, Any]:
    names = ["name", "short_name", "city", "country", "time_zone", "languages"]
    return {**{name: getattr(place, name) for name in names}, **changes}


def test_partner_comes_in_with_the_same_powers(client: Client, ruth: User) -> None:
    post(client, ruth, "partner_new", **PARTNER)
    mail_invitation(Invitation.objects.get(), at=timezone.now())
    client.logout()

    client.post(link_in(mail.outbox[-1], "/invitation/"), JOINING)

    agnes = User.objects.get(email="agnes@example.org")
    assert get(client, agnes, "people_list").status_code == 200
    kilimari = Institution.objects.get(short_name="Kilimari")
    assert list(Institution.objects.coordinated_by(agnes)) == [kilimari]


def test_partner_that_is_here_is_not_added_twice(client: Client, ruth: User, neema: User) -> None:
    response = post(client, ruth, "partner_new", **PARTNER)

    assert response.status_code == 422
    assert "is in Bothways already" in response.text
    assert mail.outbox == []


def test_another_coordinator_can_be_asked_while_nobody_has_accepted(
    client: Client, ruth: User
) -> None:
    post(client, ruth, "partner_new", **PARTNER)

    response = post(client, ruth, "partner_new", **{**PARTNER, "email": "baraka@example.org"})

    assert response.status_code == 302
    assert Institution.objects.filter(short_name="Kilimari").count() == 1
    assert Invitation.objects.count() == 2


def test_partner_invited_twice_gets_one_letter(client: Client, ruth: User) -> None:
    for _ in range(2):
        assert post(client, ruth, "partner_new", **PARTNER).status_code == 302

    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"time_zone": "Kilimari"}, "We do not know this time zone."),
        ({"name": ""}, "This field is required."),
        ({"name": "\0"}, "Null characters are not allowed."),
        ({"email": "x"}, "Enter a valid email address."),
    ],
)
def test_bad_partner_is_refused_and_kept(
    client: Client, ruth: User, changes: dict[str, str], words: str
) -> None:
    response = post(client, ruth, "partner_new", **{**PARTNER, **changes})

    assert response.status_code == 422
    assert words in response.text
    assert "Sister Agnes Tarimo" in response.text
    assert Institution.objects.count() == 1


def test_learner_cannot_add_a_partner(client: Client, tomas: User) -> None:
    assert post(client, tomas, "partner_new", **PARTNER).status_code == 403


def test_facts_are_changed(client: Client, ruth: User, harrow_lake: Institution) -> None:
    changed = facts(harrow_lake, city="Madison", time_zone="new york")

    post(client, ruth, "place_change", harrow_lake.slug, **changed)

    harrow_lake.refresh_from_db()
    assert (harrow_lake.city, harrow_lake.time_zone) == ("Madison", "America/New_York")


def test_saving_the_same_facts_writes_nothing(
    client: Client, ruth: User, harrow_lake: Institution
) -> None:
    post(client, ruth, "place_change", harrow_lake.slug, **facts(harrow_lake))

    assert not AuditEvent.objects.filter(kind="setting").exists()


def test_name_of_another_institution_is_refused(
    client: Client, ruth: User, harrow_lake: Institution, kilimari: Institution
) -> None:
    response = post(
        client, ruth, "place_change", harrow_lake.slug, **facts(harrow_lake, name=kilimari.name)
    )

    assert response.status_code == 422
    assert "Another institution has this name." in response.text


def test_other_side_cannot_see_or_change_the_place(
    client: Client, neema: User, harrow_lake: Institution, anaesthesia: Programme
) -> None:
    slug, programme = harrow_lake.slug, anaesthesia.public_id

    answers = [
        get(client, neema, "place_detail", slug),
        post(client, neema, "place_change", slug, **facts(harrow_lake)),
        post(client, neema, "programme_add", slug, **{"new-name": "x"}),
        post(client, neema, "programme_rename", slug, programme),
        post(client, neema, "cohort_add", slug, programme),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_programme_and_cohort_are_added_once(
    client: Client, ruth: User, harrow_lake: Institution
) -> None:
    for _ in range(2):
        post(client, ruth, "programme_add", harrow_lake.slug, **{"new-name": "Paediatrics"})
    programme = Programme.objects.get()
    for _ in range(2):
        year = {f"c{programme.pk}-year": "2027"}
        post(client, ruth, "cohort_add", harrow_lake.slug, programme.public_id, **year)

    assert Cohort.objects.get().year == 2027
    assert "Paediatrics" in get(client, ruth, "place_detail", harrow_lake.slug).text


@pytest.mark.parametrize("year", ["", "soon", "1066", "2027.5", "99999999999"])
def test_bad_year_is_refused(
    client: Client, ruth: User, harrow_lake: Institution, anaesthesia: Programme, year: str
) -> None:
    typed = {f"c{anaesthesia.pk}-year": year}

    response = post(client, ruth, "cohort_add", harrow_lake.slug, anaesthesia.public_id, **typed)

    assert response.status_code == 422
    assert not Cohort.objects.exists()


def test_programme_is_renamed_unless_the_name_is_taken(
    client: Client, ruth: User, harrow_lake: Institution, anaesthesia: Programme
) -> None:
    Programme.objects.create(institution=harrow_lake, name="Paediatrics")

    answers = [
        post(
            client,
            ruth,
            "programme_rename",
            harrow_lake.slug,
            anaesthesia.public_id,
            **{f"p{anaesthesia.pk}-name": name},
        ).status_code
        for name in ("Anaesthesia", "paediatrics")
    ]

    assert answers == [302, 422]
    anaesthesia.refresh_from_db()
    assert anaesthesia.name == "Anaesthesia"


def test_database_refuses_a_second_programme_of_one_name(anaesthesia: Programme) -> None:
    with pytest.raises(IntegrityError):
        Programme.objects.create(institution=anaesthesia.institution, name=anaesthesia.name)


def test_database_refuses_a_second_cohort_of_one_year(anaesthesia: Programme) -> None:
    Cohort.objects.create(programme=anaesthesia, year=2027)

    with pytest.raises(IntegrityError):
        Cohort.objects.create(programme=anaesthesia, year=2027)
