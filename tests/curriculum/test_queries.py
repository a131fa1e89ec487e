"""Pages of the curriculum cost the same for one lesson and for many, read or not (DESIGN §9)."""

from __future__ import annotations

import pytest
from django.test import Client

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from people.models import Institution, User
from tests.queries import assert_same_at_two_sizes

from .making import check, make_lesson, make_module, publish, text
from .test_complete import finish

pytestmark = pytest.mark.django_db
MOST = 12
LESSON = "/curriculum/language/what-gets-lost/"


def more_lessons(module: ModulePage, reader: User) -> None:
    """Five lessons of several editions, which the reader has completed."""
    for number in range(3, 8):
        page = make_lesson(
            module, f"Lesson {number}", number=number, body=[text(), check(f"check{number}")]
        )
        page = publish(page, title=f"Lesson {number}, again", change="wording")
        finish(reader, page)


def more_modules(index: CurriculumIndexPage, reader: User, lead: Institution) -> None:
    """Five modules of one lesson each."""
    for number in range(4, 9):
        module = make_module(index, f"Module {number}", number=number, leading_institution=lead)
        finish(reader, make_lesson(module, f"Lesson {number}"))


@pytest.fixture
def read(amara: User, lesson: LessonPage, second: LessonPage) -> User:
    """Amara, who completed the first of two lessons."""
    finish(amara, lesson)
    return amara


def test_index(
    client: Client, read: User, index: CurriculumIndexPage, harrow_lake: Institution
) -> None:
    assert_same_at_two_sizes(
        client,
        read,
        "/curriculum/",
        lambda: more_modules(index, read, harrow_lake),
        most=MOST,
    )


def test_module(client: Client, read: User, module: ModulePage) -> None:
    assert_same_at_two_sizes(
        client, read, "/curriculum/language/", lambda: more_lessons(module, read), most=MOST
    )


def test_module_with_everybody_who_stands_behind_it(
    client: Client, read: User, module: ModulePage, harrow_lake: Institution, kilimari: Institution
) -> None:
    publish(module, leading_institution=harrow_lake, reviewing_institution=kilimari)

    assert_same_at_two_sizes(
        client, read, "/curriculum/language/", lambda: more_lessons(module, read), most=MOST
    )


def test_lesson(client: Client, read: User, module: ModulePage) -> None:
    assert_same_at_two_sizes(client, read, LESSON, lambda: more_lessons(module, read), most=MOST)
