"""The languages of the interface: whole catalogues, and the way to switch."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from people.models import User

FOLDER: Path = settings.LOCALE_PATHS[0]
CATALOGUES = ["es", "fr"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves its language behind."""
    yield
    translation.activate("en")


@dataclass
class Message:
    """One message of a catalogue."""

    flags: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """The English, once for each form."""
        found = [self.fields["msgid"], self.fields.get("msgid_plural", "")]
        return [text for text in found if text]

    @property
    def forms(self) -> list[str]:
        """The translations, once for each form."""
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def messages(language: str) -> list[Message]:
    """What the source of a catalogue says, its heading left out."""
    text = (FOLDER / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    return [message for message in map(read, text.split("\n\n")) if message.fields.get("msgid")]


def read(block: str) -> Message:
    """One paragraph of a .po file."""
    message, name = Message(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            message.flags += line
        elif line and not line.startswith("#"):
            word, quote, rest = line.partition('"')
            name = word.strip() or name
            message.fields[name] = message.fields.get(name, "") + ast.literal_eval(quote + rest)
    return message


def compiled(language: str) -> dict[object, str]:
    """What the product reads."""
    with (FOLDER / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """English and translation: the first form belongs to one, the others to many."""
    for number, form in enumerate(message.forms):
        yield message.sources[min(number, len(message.sources) - 1)], form


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_message_is_translated_and_none_is_a_guess(language: str) -> None:
    for message in messages(language):
        assert all(message.forms), message.sources[0]
        assert "fuzzy" not in message.flags, message.sources[0]


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_keep_placeholders_tags_and_outer_spaces(language: str) -> None:
    for message in messages(language):
        for source, form in pairs(message):
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(form)), source
            assert TAG.findall(source) == TAG.findall(form), source
            assert (source[:1] == " ", source[-1:] == " ") == (form[:1] == " ", form[-1:] == " ")


@pytest.mark.parametrize("language", CATALOGUES)
def test_compiled_catalogue_says_what_its_source_says(language: str) -> None:
    found = compiled(language)
    expected: dict[object, str] = {}
    for message in messages(language):
        key = message.sources[0]
        if len(message.sources) == 1:
            expected[key] = message.forms[0]
        else:
            expected |= {(key, number): form for number, form in enumerate(message.forms)}

    assert {key: form for key, form in found.items() if key != ""} == expected


def test_catalogues_hold_the_same_messages() -> None:
    first, second = ([m.sources for m in messages(language)] for language in CATALOGUES)

    assert sorted(first) == sorted(second)


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
