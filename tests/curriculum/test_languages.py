"""Pages in the reader's language, and what is said where there are none."""

from __future__ import annotations

import pytest
from django.test import Client

from curriculum.languages import language_notice
from curriculum.models import LessonPage
from people.models import User
from tests.curriculum.making import text, translate

URL = "/curriculum/language/what-gets-lost/"
ONLY_ENGLISH = "Esta página todavía no está en español; la lees en inglés."


@pytest.fixture
def lucia(amara: User) -> User:
    """Amara, who reads Spanish."""
    amara.language = "es"
    amara.save(update_fields=["language"])
    return amara


@pytest.mark.parametrize("url", [URL, "/curriculum/language/"])
def test_page_only_in_english_says_so_and_marks_its_words(
    client: Client, lucia: User, lesson: LessonPage, url: str
) -> None:
    client.force_login(lucia)

    shown = client.get(url).text

    assert ONLY_ENGLISH in shown
    assert '<html lang="es">' in shown
    assert '<h1 lang="en">' in shown
    assert 'class="prose" lang="en"' in shown


def test_translated_lesson_is_read_without_a_notice(
    client: Client, lucia: User, lesson: LessonPage
) -> None:
    translate(lesson, title="Lo que se pierde", body=[text("<p>Entran dos minutos.</p>")])
    client.force_login(lucia)

    shown = client.get(URL).text

    assert "Entran dos minutos." in shown
    assert "todavía no está en español" not in shown


def test_reader_of_english_is_told_nothing(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)

    assert "not available in" not in client.get(URL).text


def test_reader_of_english_is_told_of_a_page_only_in_spanish() -> None:
    sentence = "This page is not available in English yet; you read it in Spanish."

    assert language_notice("es") == sentence
