"""The front page and what stands in its frame."""

import re

from django.test import Client

from people.models import User


def test_visitor_reads_what_bothways_is(client: Client, db: None) -> None:
    response = client.get("/")

    assert "Global health goes both ways." in response.text


def test_signed_in_person_goes_to_the_dashboard(client: Client, amara: User) -> None:
    client.force_login(amara)

    assert client.get("/").headers["Location"] == "/dashboard/"


def test_footer_says_how_heavy_the_page_is(client: Client, db: None) -> None:
    weight = re.search(r"This page: (\d+) KB", client.get("/").text)

    assert weight is not None
    assert 2 <= int(weight.group(1)) <= 60


def test_page_is_as_long_as_it_says(client: Client, db: None) -> None:
    response = client.get("/")

    assert response.headers["Content-Length"] == str(len(response.content))


def test_what_people_type_is_never_taken_for_the_place_of_the_weight(
    client: Client, amara: User
) -> None:
    client.force_login(amara)

    assert 'value="[[weight]]"' in client.get("/search/", {"q": "[[weight]]"}).text
