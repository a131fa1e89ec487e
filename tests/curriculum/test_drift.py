"""What changes of a lesson mean for those who completed it. What they earned stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from curriculum.models import (
    CheckAttempt,
    LessonCompletion,
    LessonPage,
    ModuleCompletion,
    ModulePage,
)
from curriculum.progress import LessonProgress, progress_of, progress_of_people
from people.models import User
from tests.curriculum.making import check, edition_of, make_lesson, publish, text, translate
from tests.curriculum.test_complete import NOON, finish

DAY = date(2026, 6, 12)
URL = "/curriculum/language/what-gets-lost/"


def standing(user: User, module: ModulePage) -> list[LessonProgress]:
    """The lessons of the module for this person."""
    return list(progress_of(user, [ModulePage.objects.get(pk=module.pk)], on=DAY)[0].lessons)


def change(lesson: LessonPage, *kinds: str) -> LessonPage:
    """Publish the lesson again and again, a kind of change each."""
    for kind in kinds:
        page = LessonPage.objects.get(pk=lesson.pk)
        note = f"Changed by {kind}."
        lesson = publish(page, title=page.title + ".", change=kind, change_note=note)
    return lesson


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], "complete"),
        (["wording"], "complete"),
        (["wording", "wording"], "complete"),
        (["re-read"], "re-read"),
        (["wording", "re-read"], "re-read"),
        (["re-read", "wording"], "re-read"),
        (["re-test"], "re-test"),
        (["re-read", "re-test", "wording"], "re-test"),
        (["re-test", "re-read"], "re-test"),
    ],
)
def test_changes_add_up(
    amara: User, module: ModulePage, lesson: LessonPage, kinds: list[str], state: str
) -> None:
    finish(amara, lesson)

    change(lesson, *kinds)

    assert standing(amara, module)[0].state == state


def test_who_never_read_it_has_a_new_lesson(
    amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    change(lesson, "re-test")

    assert standing(amara, module)[0].state == "new"


def test_nothing_earned_is_removed_by_any_change(
    amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    finish(amara, lesson)
    kept = [
        list(model.objects.values()) for model in (LessonCompletion, ModuleCompletion, CheckAttempt)
    ]

    change(lesson, "wording", "re-read", "re-test")
    page = LessonPage.objects.get(pk=lesson.pk)
    publish(page, body=[text("<p>Other.</p>"), check("other")], change="re-test")
    page.unpublish()
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    module.unpublish()

    assert kept == [
        list(model.objects.values()) for model in (LessonCompletion, ModuleCompletion, CheckAttempt)
    ]


def test_reading_again_is_one_button(client: Client, amara: User, lesson: LessonPage) -> None:
    finish(amara, lesson)
    change(lesson, "re-read")
    client.force_login(amara)

    shown = client.get(URL).text

    assert "I have read it again" in shown
    assert "Changed by re-read." in shown
    assert "What you completed on 10 June 2026 stands." in shown


def test_new_test_is_answered_anew(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    finish(amara, lesson)
    change(lesson, "re-test")
    client.force_login(amara)
    assert "One question is still open" in client.get(URL).text
    assert "The checks have to be answered again." in client.get(URL).text

    finish(amara, lesson, NOON)

    assert standing(amara, module)[0].state == "complete"
    assert [row.edition.number for row in LessonCompletion.objects.all()] == [1, 2]


def test_wording_shows_nothing_but_complete(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    finish(amara, lesson)
    change(lesson, "wording")
    client.force_login(amara)

    shown = client.get(URL).text

    assert "You completed this lesson on 10 June 2026." in shown
    assert "Mark complete" not in shown
    assert "read it again" not in shown


def test_module_says_what_changed(client: Client, amara: User, lesson: LessonPage) -> None:
    finish(amara, lesson)
    change(lesson, "re-read")
    client.force_login(amara)

    shown = client.get("/curriculum/language/").text

    assert "Changed since you completed it." in shown
    assert "See what changed in lesson 3.1" in shown


def test_lesson_added_later_is_new_and_the_module_was_complete(
    amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    finish(amara, lesson)

    make_lesson(module, "Added", number=2)

    found = progress_of(amara, [ModulePage.objects.get(pk=module.pk)], on=DAY)[0]
    assert [line.state for line in found.lessons] == ["complete", "new"]
    assert found.completion is not None
    assert not found.is_complete


def test_re_test_of_one_lesson_keeps_the_modules_last_day(
    amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, validity_months=24)
    finish(amara, lesson)
    change(lesson, "re-test")

    finish(amara, lesson, NOON)

    assert ModuleCompletion.objects.count() == 2
    assert {row.valid_until for row in ModuleCompletion.objects.all()} == {date(2028, 6, 10)}


def test_completion_counts_in_every_language(
    amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    finish(amara, lesson)
    translated = translate(lesson, title="Perdido")
    module_es = translated.get_parent().specific
    assert standing(amara, module_es)[0].state == "complete"

    change(lesson, "re-test")
    assert standing(amara, module_es)[0].state == "complete"
    publish(LessonPage.objects.get(pk=translated.pk), title="Se pierde")

    assert standing(amara, module_es)[0].state == "re-test"


def test_progress_in_words(amara: User, module: ModulePage, lesson: LessonPage) -> None:
    long = "<p>" + "word " * 2000 + "</p>"
    make_lesson(module, "Long", number=2, body=[text(long), check("one"), check("two")])
    finish(amara, lesson)

    found = progress_of(amara, [module], on=DAY)[0]

    assert found.words == "1 of 2 lessons complete, 11 minutes left"
    assert found.next_lesson is not None
    assert found.next_lesson.number == "3.2"


def test_progress_of_many_people_and_modules_costs_four_queries(
    amara: User,
    tomas: User,
    module: ModulePage,
    lesson: LessonPage,
    index: Any,
    django_assert_num_queries: Any,
) -> None:
    finish(amara, lesson)
    with django_assert_num_queries(4):
        progress_of_people([amara], [module], on=DAY)

    others = [publish(module.copy(to=index, update_attrs={"slug": f"m{n}"})) for n in range(3)]
    for other in others:
        make_lesson(other, "First")
        change(make_lesson(other, "Second", number=2), "re-read", "re-test")
    finish(tomas, lesson)

    with django_assert_num_queries(4):
        found = progress_of_people([amara, tomas], [module, *others], on=DAY)
    assert found[amara.pk][0].is_complete
    assert found[tomas.pk][0].is_complete
    assert found[tomas.pk][1].done == 0


def test_edition_is_of_the_lesson_that_was_completed(amara: User, lesson: LessonPage) -> None:
    done = finish(amara, lesson)

    change(lesson, "re-test")

    assert done.edition != edition_of(lesson)
    assert done.edition.read()["title"] == "What gets lost"
