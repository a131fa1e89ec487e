"""The list of modules, and where pages may live."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from wagtail.models import Page

from curriculum.models import CurriculumIndexPage, GlossaryPage, LessonPage, ModulePage
from curriculum.tree import ensure_tree
from people.models import User
from tests.curriculum.making import make_lesson, make_module, publish, translate
from tests.curriculum.test_complete import finish

URL = "/curriculum/"


def test_empty_database_has_the_place_for_modules(client: Client, amara: User) -> None:
    client.force_login(amara)

    assert "No module is published yet" in client.get(URL).text
    assert CurriculumIndexPage.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_tree_is_made_once(db: None) -> None:
    assert ensure_tree() == ensure_tree()


def test_tree_is_mended_in_a_bare_database(db: None) -> None:
    Page.objects.all().delete()

    assert ensure_tree().url == "/curriculum/"


def test_modules_stand_in_order_with_their_state(
    client: Client, amara: User, index: CurriculumIndexPage
) -> None:
    later = make_module(index, "Privacy", number=7)
    first = make_module(index, "Language", number=3)
    make_lesson(later)
    finish(amara, make_lesson(first))
    client.force_login(amara)

    shown = client.get(URL).text

    assert shown.index("3 Language") < shown.index("7 Privacy")
    assert "Complete" in shown
    assert "Not started" in shown
    assert "One lesson, 1 minute, 1 KB" in shown


def test_module_says_which_lesson_is_next(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage, second: LessonPage
) -> None:
    client.force_login(amara)
    assert [tag_of(client, page) for page in (lesson, second)] == ["Next", "Not started"]

    finish(amara, lesson)

    assert [tag_of(client, page) for page in (lesson, second)] == ["Complete", "Next"]


def tag_of(client: Client, lesson: LessonPage) -> str:
    """The state that the page of the module gives a lesson."""
    row = client.get("/curriculum/language/").text.split(lesson.title)[1]
    return str(re.search(r'class="tag[^"]*">([^<]+)<', row)[1])  # type: ignore[index]


def test_visitor_sees_open_modules_only(client: Client, index: CurriculumIndexPage) -> None:
    make_lesson(make_module(index, "Privacy", number=7))
    make_lesson(make_module(index, "Language", open_to_visitors=True))

    shown = client.get(URL).text

    assert "Language" in shown
    assert "Privacy</a>" not in shown
    assert "Sign in to read all modules" in shown


def test_draft_modules_and_lessons_are_not_listed(
    client: Client, amara: User, module: ModulePage, index: CurriculumIndexPage
) -> None:
    index.add_child(instance=ModulePage(title="Draft", summary="x", live=False))
    client.force_login(amara)

    assert "Draft" not in client.get(URL).text
    assert "No lesson of this module is published yet." in client.get("/curriculum/language/").text


def test_module_names_who_stands_behind_it(
    client: Client, amara: User, module: ModulePage, harrow_lake: Any, kilimari: Any
) -> None:
    client.force_login(amara)
    assert "No partner has reviewed this yet." in client.get("/curriculum/language/").text

    publish(
        module,
        leading_institution=harrow_lake,
        reviewing_institution=kilimari,
        reviewer="Sister Agnes Tarimo, interpreter trainer",
        authors=[
            ("author", {"name": "Dr Leila Haddad", "institution": "", "country": "United States"})
        ],
    )

    shown = client.get("/curriculum/language/").text
    assert "Kilimari Regional Referral Hospital" in shown
    assert "Sister Agnes Tarimo, interpreter trainer" in shown
    assert "Dr Leila Haddad, United States" in shown
    assert "brief an interpreter before a talk" in shown
    assert "Communication, Culture and health, Equity" in shown


def test_page_comes_in_the_readers_language(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    translate(module, title="Idioma")
    translate(lesson, title="Lo que se pierde")
    client.force_login(amara)

    assert "Lo que se pierde" in client.get("/curriculum/language/what-gets-lost/?lang=es").text
    assert "What gets lost" in client.get("/curriculum/language/what-gets-lost/").text
    assert "Idioma" in client.get("/curriculum/?lang=es").text
    assert "What gets lost" in client.get("/curriculum/language/what-gets-lost/?lang=fr").text


def test_pages_live_where_they_belong() -> None:
    assert CurriculumIndexPage.allowed_subpage_models() == [ModulePage, GlossaryPage]
    assert ModulePage.allowed_subpage_models() == [LessonPage]
    assert LessonPage.allowed_subpage_models() == []
    assert ModulePage.allowed_parent_page_models() == [CurriculumIndexPage]
    assert LessonPage.allowed_parent_page_models() == [ModulePage]
    assert CurriculumIndexPage.allowed_parent_page_models() == [Page]
