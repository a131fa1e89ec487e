"""The pages of the footer are read without an account, and say something."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from partnerships.models import Trip, TripMember
from partnerships.workflow import cancel_trip
from people.models import Supervision, User
from people.policies import load_policies

pytestmark = pytest.mark.django_db
PAGES = ["/privacy/", "/accessibility/", "/help/", "/talk/"]


def words_of(client: Client, url: str) -> str:
    """What stands in the middle of the page."""
    page = client.get(url)
    assert page.status_code == 200
    middle = page.text.split("<main")[1].split("</main>")[0]
    return re.sub(r"(<[^>]*>|\s)+", " ", middle.partition(">")[2])


@pytest.mark.parametrize("url", PAGES)
def test_visitor_reads_more_than_a_heading(client: Client, url: str) -> None:
    load_policies(at=timezone.now())

    assert len(words_of(client, url).split()) > 100


@pytest.mark.parametrize("url", ["/accessibility/", "/help/"])
def test_address_of_the_operator_is_named_where_there_is_one(
    client: Client, settings: Settings, url: str
) -> None:
    assert "Write to" not in words_of(client, url)

    settings.SUPPORT_EMAIL = "help@hospital.example"

    assert "Write to help@hospital.example" in words_of(client, url)


def test_visitor_is_shown_no_names(client: Client, ruth: User, neema: User) -> None:
    shown = words_of(client, "/talk/")

    assert "Ruth" not in shown
    assert "Sign in to see who coordinates your visit" in shown
    assert "befrienders.org" in shown


def test_visitor_of_a_trip_finds_people_on_both_sides(
    client: Client, amara: User, amara_part: TripMember, ruth: User, neema: User, eleni: User
) -> None:
    client.force_login(amara)

    shown = words_of(client, "/talk/")

    assert "Dr Neema Mushi Kilimari Regional Referral Hospital neema@example.org" in shown
    assert "Ruth Adeyemi-Clarke Harrow Lake University Hospital ruth@example.org" in shown
    assert "Eleni" not in shown  # an editor


def test_other_side_is_gone_when_the_visit_is(
    client: Client, trip: Trip, amara_part: TripMember, neema: User, ruth: User
) -> None:
    cancel_trip(trip)
    client.force_login(amara_part.user)

    shown = words_of(client, "/talk/")

    assert "Ruth" in shown
    assert "Neema" not in shown


def test_mentor_is_not_named_although_she_coordinates(
    client: Client, amara: User, ruth: User
) -> None:
    Supervision.objects.create(supervisor=ruth, learner=amara, since=date(2025, 1, 1))
    client.force_login(amara)

    assert "We can name nobody else here" in words_of(client, "/talk/")


def test_person_is_not_sent_to_herself(client: Client, ruth: User) -> None:
    client.force_login(ruth)

    assert "ruth@example.org" not in words_of(client, "/talk/")
