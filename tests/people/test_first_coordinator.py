"""The empty start: one command, then pages."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from people.models import Institution, Role, User

from .conftest import get, post

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "Harrow Lake University Hospital",
    "short_name": "Harrow Lake",
    "city": "Harrow Lake",
    "country": "United States",
    "time_zone": "Chicago",
    "languages": "English, Spanish",
}


def run(email: str = "Ruth@example.org", **options: Any) -> str:
    out = StringIO()
    call_command("first_coordinator", email, name="Ruth Adeyemi-Clarke", stdout=out, **options)
    return out.getvalue()


def set_password(client: Client, printed: str) -> Any:
    """Open the printed link and type a password."""
    link = re.search(r"http://testserver(/accounts/\S+)", printed)
    assert link
    page = client.get(link.group(1), follow=True)
    where = page.redirect_chain[-1][0]
    words = {"password1": "four unusual words here", "password2": "four unusual words here"}
    return client.post(where, words)


def test_command_makes_a_coordinator_who_can_sign_in(client: Client) -> None:
    printed = run(institution="Harrow Lake University Hospital", short_name="Harrow Lake")
    set_password(client, printed)

    client.post(
        reverse("account_login"),
        {"login": "ruth@example.org", "password": "four unusual words here"},
    )

    assert "Ruth Adeyemi-Clarke" in get(client, None, "people_list").text


def test_printed_link_works_once(client: Client) -> None:
    printed = run(institution="Harrow Lake University Hospital")
    set_password(client, printed)
    ruth = User.objects.get()
    first = ruth.password

    link = re.search(r"http://testserver(/accounts/\S+)", printed)
    assert link
    text = client.get(link.group(1), follow=True).text

    ruth.refresh_from_db()
    assert ruth.password == first
    assert 'name="password1"' not in text


def test_second_run_says_who_is_there(ruth: User) -> None:
    with pytest.raises(CommandError, match=r"Ruth Adeyemi-Clarke .* is coordinator"):
        run("somebody@example.org")

    assert not User.objects.filter(email="somebody@example.org").exists()


def test_lost_link_is_printed_again() -> None:
    run(institution="Harrow Lake")

    assert "/accounts/password/reset/key/" in run(institution="Harrow Lake")
    assert Institution.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"time_zone": "Mars"}, {"email": ""}])
def test_bad_answers_are_refused_with_a_sentence(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        run(**wrong)

    assert not User.objects.exists()


def test_first_institution_can_wait_for_the_page(client: Client) -> None:
    printed = run()
    ruth = User.objects.get()
    assert "/people/" in printed
    assert get(client, ruth, "people_list").headers["Location"] == reverse("people:place_new")

    post(client, ruth, "place_new", **FACTS)

    place = Institution.objects.get()
    assert place.time_zone == "America/Chicago"
    assert ruth.memberships.get().role == Role.COORDINATOR


def test_second_institution_is_not_founded(client: Client, ruth: User, tomas: User) -> None:
    answers = [post(client, who, "place_new", **FACTS).status_code for who in (ruth, tomas)]

    assert answers == [403, 403]
    assert Institution.objects.count() == 1
