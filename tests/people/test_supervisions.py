"""A learner's mentor: named by their own side, from either institution."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Notice, Supervision, User
from people.workflow import NotPossible, supervise

from .conftest import post

pytestmark = pytest.mark.django_db


def test_mentor_of_the_own_institution_is_chosen_by_name(
    client: Client, ruth: User, tomas: User, dr_osei: User
) -> None:
    person = str(dr_osei.public_id)
    response = post(client, ruth, "mentor_add", tomas.public_id, **{"mentor-supervisor": person})

    assert response.status_code == 302
    assert Supervision.objects.filter(supervisor=dr_osei, learner=tomas).exists()
    assert set(Notice.objects.values_list("user", flat=True)) == {dr_osei.pk, tomas.pk}


def test_mentor_of_the_partner_is_named_by_address(
    client: Client, ruth: User, tomas: User, neema: User
) -> None:
    post(client, ruth, "mentor_add", tomas.public_id, **{"mentor-email": neema.email.upper()})

    assert Supervision.objects.filter(supervisor=neema, learner=tomas).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose a person, or type an address."),
        ({"mentor-email": "nobody@example.org"}, "Nobody with this address reviews"),
        ({"mentor-email": "no address"}, "Enter a valid email address."),
        ({"mentor-supervisor": "x"}, "Select a valid choice"),
    ],
)
def test_unknown_mentor_is_refused_with_a_sentence(
    client: Client, ruth: User, tomas: User, typed: dict[str, str], words: str
) -> None:
    response = post(client, ruth, "mentor_add", tomas.public_id, **typed)

    assert response.status_code == 422
    assert words in response.text


def test_other_side_cannot_name_a_mentor(client: Client, neema: User, tomas: User) -> None:
    response = post(client, neema, "mentor_add", tomas.public_id, **{"mentor-email": neema.email})

    assert response.status_code == 404


def test_second_naming_finds_the_first(dr_osei: User, tomas: User) -> None:
    now = timezone.now()

    pairs = [supervise(dr_osei, tomas, at=now) for _ in range(2)]

    assert pairs[0] == pairs[1]


def test_nobody_supervises_themselves(dr_osei: User) -> None:
    with pytest.raises(NotPossible):
        supervise(dr_osei, dr_osei, at=timezone.now())


def test_supervision_ends_twice_without_harm(
    client: Client, ruth: User, amara: User, dr_osei: User
) -> None:
    pair = Supervision.objects.get()

    answers = [post(client, ruth, "mentor_end", amara.public_id, pair.public_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not Supervision.objects.valid(timezone.now().date()).exists()


def test_stranger_cannot_end_a_supervision(
    client: Client, neema: User, amara: User, dr_osei: User
) -> None:
    pair = Supervision.objects.get()

    response = post(client, neema, "mentor_end", amara.public_id, pair.public_id)

    assert response.status_code == 404
