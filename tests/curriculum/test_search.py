"""Search finds what the reader may see, marks it, and gives no answer away."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from people.models import User
from tests.curriculum.making import check, make_lesson, make_module, publish, text, translate

URL = "/search/"


@pytest.fixture(autouse=True)
def told(client: Client, amara: User, lesson: LessonPage) -> None:
    """Amara, a module and its lesson, whose words are in the index."""
    client.force_login(amara)
    publish(lesson, body=[text("<p>Two minutes go in. The café was full of élèves.</p>"), check()])
    rebuild()


def rebuild() -> None:
    """What the worker does after a page was published."""
    call_command("update_index", verbosity=0)


def find(client: Client, words: str, **more: str) -> str:
    """The page of results."""
    response = client.get(URL, {"q": words, **more})
    assert response.status_code == 200
    return str(response.text)


def test_words_of_a_lesson_are_found_and_marked(client: Client) -> None:
    page = find(client, "minutes")

    assert "1 page found" in page
    assert "Two <mark>minutes</mark> go in." in page
    assert 'href="/curriculum/language/what-gets-lost/"' in page
    assert "3.1" in page


def test_module_is_found_by_its_summary(client: Client) -> None:
    page = find(client, "understood through")

    assert 'href="/curriculum/language/"' in page
    assert "<mark>understood</mark>" in page


def test_beginning_of_a_word_is_enough(client: Client) -> None:
    assert "<mark>minutes</mark>" in find(client, "minut")


def test_accents_do_not_matter(client: Client) -> None:
    assert "<mark>café</mark>" in find(client, "café")
    assert "<mark>élèves</mark>" in find(client, "élèves")


def test_answers_of_checks_are_not_found(client: Client) -> None:
    page = find(client, "Because of b")

    assert "No module or lesson has" in page


def test_theme_narrows(client: Client, index: CurriculumIndexPage) -> None:
    other = make_module(index, "Minutes and hours", number=7, themes="P")
    make_lesson(other, "Nine minutes", body=[text("<p>Minutes again.</p>")])
    rebuild()

    assert "Minutes and hours" not in find(client, "minutes", theme="K").replace("<mark>", "")
    assert 'value="P" selected' in find(client, "minutes", theme="P")
    assert "/curriculum/minutes-and-hours/" in find(client, "minutes", theme="P")


def test_withdrawn_lesson_is_not_found(client: Client, lesson: LessonPage) -> None:
    LessonPage.objects.get(pk=lesson.pk).unpublish()

    assert "No module or lesson has" in find(client, "minutes")


def test_draft_is_not_found(client: Client, lesson: LessonPage) -> None:
    draft = LessonPage.objects.get(pk=lesson.pk)
    draft.title = "Zanzibar"
    draft.save_revision()
    rebuild()

    assert "No module or lesson has" in find(client, "Zanzibar")


def test_each_lesson_is_found_once_in_the_readers_language(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    translate(lesson, title="Lo que se pierde", body=[text("<p>Two minutes.</p>"), check()])
    rebuild()

    assert "What gets lost" in find(client, "minutes")
    assert "Lo que se pierde" not in find(client, "minutes")
    amara.language = "es"
    amara.save(update_fields=["language"])
    assert "Lo que se pierde" in find(client, "minutes")


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "*",
        "AND OR NOT",
        "-",
        ":",
        "NEAR(a b)",
        "'; --",
        "<script>",
        "x" * 5000,
        "a\x00b",
        "😀",
    ],
)
def test_strange_words_find_nothing_and_break_nothing(client: Client, words: str) -> None:
    page = find(client, words)

    assert "<mark>" not in page
    assert "<script>" not in page


def test_nothing_asked_says_what_is_searched(client: Client) -> None:
    assert "Every module and lesson that you may read is searched" in find(client, " ")


def test_visitors_sign_in_first(client: Client) -> None:
    client.logout()

    assert client.get(URL).status_code == 302


def test_growing_costs_no_queries(
    client: Client, index: CurriculumIndexPage, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        module = make_module(index, f"Module {number}", number=10 + number)
        make_lesson(module, f"Minutes {number}", body=[text("<p>Minutes again.</p>")])
    rebuild()

    with django_assert_max_num_queries(14):
        assert "4 pages found" in find(client, "minutes")


def test_title_is_marked_and_escaped(client: Client, module: ModulePage) -> None:
    make_lesson(module, "Minutes <b>& hours</b>", number=9, body=[text("<p>Nothing.</p>")])
    rebuild()

    assert "<mark>Minutes</mark> &lt;b&gt;&amp; hours" in find(client, "minutes")
