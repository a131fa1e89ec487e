"""The way to switch the language, and what a browser or an address can ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from people.models import User


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves its language behind."""
    yield
    translation.activate("en")


def test_menu_shows_exactly_the_languages_that_exist(client: Client, db: None) -> None:
    page = client.get("/").text

    assert re.findall(r'name="language" value="(\w+)" lang="\w+">(\w+)<', page) == [
        ("en", "English"),
        ("es", "Español"),
        ("fr", "Français"),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "La salud global va en las dos direcciones."), ("fr", "La santé mondiale va dans")],
)
def test_address_can_ask_for_a_language(
    client: Client, db: None, language: str, words: str
) -> None:
    page = client.get(f"/?lang={language}").text

    assert words in page
    assert f'<html lang="{language}">' in page


def test_browser_is_asked_for_its_language(client: Client, db: None) -> None:
    assert '<html lang="fr">' in client.get("/", headers={"accept-language": "fr-CA, en"}).text


def test_language_without_a_catalogue_leaves_the_page_in_english(client: Client, db: None) -> None:
    page = client.get("/", headers={"accept-language": "ar"}).text

    assert '<html lang="en">' in page
    assert "Global health goes both ways." in page


def test_switching_keeps_the_page_and_the_person(client: Client, amara: User) -> None:
    client.force_login(amara)

    answer = client.post("/i18n/language/", {"language": "es", "next": "/journal/?show=drafts"})

    assert answer.headers["Location"] == "/journal/?show=drafts"
    assert "Tu diario" in client.get("/journal/?show=drafts").text
    amara.refresh_from_db()
    assert amara.language == "es"


def test_switching_goes_before_the_language_of_the_address(client: Client, db: None) -> None:
    answer = client.post("/i18n/language/", {"language": "en", "next": "/help/?lang=es&a=1"})

    assert answer.headers["Location"] == "/help/?a=1"


@pytest.mark.parametrize("next_page", ["https://evil.example/", "http://[", "//evil.example?lang="])
def test_switching_leads_nowhere_else(client: Client, db: None, next_page: str) -> None:
    answer = client.post("/i18n/language/", {"language": "fr", "next": next_page})

    assert answer.headers["Location"] == "/"
