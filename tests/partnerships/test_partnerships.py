"""A partnership is proposed by one side and agreed by the other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.db.models import F
from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership
from people.models import Institution, User
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def propose(client: Client, person: User, own: Institution, partner: Institution) -> int:
    client.force_login(person)
    data = {"own": own.pk, "partner": partner.pk, "since": "2024-01-01"}
    return client.post(reverse("partnerships:partnership_new"), data).status_code


def test_partner_agrees_to_what_was_proposed(
    client: Client, ruth: User, neema: User, harrow_lake: Institution, kilimari: Institution
) -> None:
    propose(client, ruth, harrow_lake, kilimari)
    partnership = Partnership.objects.get()

    client.force_login(neema)
    client.post(reverse("partnerships:partnership_agree", args=[partnership.slug]))

    partnership.refresh_from_db()
    assert partnership.agreed_on is not None


def test_proposer_cannot_agree_alone(
    client: Client, ruth: User, harrow_lake: Institution, kilimari: Institution
) -> None:
    propose(client, ruth, harrow_lake, kilimari)
    url = reverse("partnerships:partnership_agree", args=[Partnership.objects.get().slug])

    assert client.post(url).status_code == 403


def test_proposing_from_both_sides_makes_one_row(
    client: Client, ruth: User, neema: User, harrow_lake: Institution, kilimari: Institution
) -> None:
    propose(client, ruth, harrow_lake, kilimari)
    propose(client, neema, kilimari, harrow_lake)

    assert Partnership.objects.count() == 1


def test_nobody_partners_with_themselves(
    client: Client, ruth: User, harrow_lake: Institution
) -> None:
    assert propose(client, ruth, harrow_lake, harrow_lake) == 422


def test_nobody_proposes_for_a_place_they_do_not_coordinate(
    client: Client, ruth: User, kilimari: Institution, harrow_lake: Institution
) -> None:
    assert propose(client, ruth, kilimari, harrow_lake) == 422


def test_stranger_cannot_tell_that_a_partnership_exists(
    client: Client, partnership: Partnership
) -> None:
    client.force_login(make_person("outsider"))
    url = reverse("partnerships:partnership_detail", args=[partnership.slug])

    assert client.get(url).status_code == 404


def test_database_refuses_the_same_pair_turned_round(partnership: Partnership) -> None:
    with pytest.raises(IntegrityError, match="partnership_pair_in_order"):
        Partnership.objects.filter(pk=partnership.pk).update(first=F("second"), second=F("first"))
