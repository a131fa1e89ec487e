"""Settings of one’s own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from people.models import User

from .conftest import get, post

pytestmark = pytest.mark.django_db

ME = {"display_name": "Amara R.", "language": "en", "time_zone": "Guatemala"}


def test_settings_are_saved(client: Client, amara: User) -> None:
    for _ in range(2):
        assert post(client, amara, "me", **ME).status_code == 302

    amara.refresh_from_db()
    assert (amara.display_name, amara.time_zone) == ("Amara R.", "America/Guatemala")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"time_zone": "Mars"}, "We do not know this time zone."),
        ({"display_name": ""}, "This field is required."),
        ({"display_name": "\0"}, "Null characters are not allowed."),
        ({"language": "tlh"}, "Select a valid choice"),
    ],
)
def test_bad_setting_is_refused_and_kept(
    client: Client, amara: User, changes: dict[str, Any], words: str
) -> None:
    response = post(client, amara, "me", **{**ME, **changes})

    assert response.status_code == 422
    assert words in response.text
    assert User.objects.get(pk=amara.pk).display_name == "Amara Reyes"


def test_page_says_what_one_is_here(client: Client, amara: User, dr_osei: User) -> None:
    text = get(client, amara, "me").text

    assert "Learner, Harrow Lake University Hospital, Anaesthesia residency" in text
    assert "Dr Kwame Osei" in text


def test_visitor_signs_in_first(client: Client, db: None) -> None:
    assert get(client, None, "me").status_code == 302


def test_name_cannot_turn_the_text_around(client: Client, amara: User) -> None:
    post(client, amara, "me", **{**ME, "display_name": "Amara\u202e  R.\n"})

    amara.refresh_from_db()
    assert amara.display_name == "Amara R."
