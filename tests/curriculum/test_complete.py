"""Marking a lesson complete: once, with its edition; the last one completes the module."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from curriculum.events import lesson_completed, module_completed
from curriculum.models import LessonCompletion, LessonPage, ModuleCompletion, ModulePage
from curriculum.models.pages import add_months
from curriculum.reading import read_edition
from curriculum.workflow import ChecksOpen, answer_check, complete_lesson
from people.models import User
from tests.curriculum.making import block_id, check, edition_of, publish, text

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def answer_all(user: User, lesson: LessonPage, at: datetime = NOON) -> None:
    """Answer every check of the current edition rightly."""
    edition = edition_of(lesson)
    for asked in read_edition(edition).checks:
        answer_check(user, edition, asked, chosen=asked.right_ids, at=at)


def finish(user: User, lesson: LessonPage, at: datetime = NOON) -> LessonCompletion:
    """Answer and complete."""
    answer_all(user, lesson, at)
    return complete_lesson(user, lesson, edition_of(lesson), at=at)


def post(client: Client, lesson: LessonPage) -> Any:
    """Press the button."""
    return client.post(reverse("curriculum:complete", args=[edition_of(lesson).public_id]))


def test_button_leads_to_the_next_lesson(
    client: Client, amara: User, lesson: LessonPage, second: LessonPage
) -> None:
    answer_all(amara, lesson)
    client.force_login(amara)

    response = post(client, lesson)

    assert response.headers["Location"] == "/curriculum/language/the-interpreter/"
    assert LessonCompletion.objects.get().edition == edition_of(lesson)
    assert "1 of 2 lessons complete, 1 minute left" in client.get("/curriculum/language/").text


def test_open_question_is_said(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)

    response = post(client, lesson)

    assert response.status_code == 422
    assert "1 question is still open" in response.text
    assert not LessonCompletion.objects.exists()


def test_button_is_not_drawn_while_a_question_is_open(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    client.force_login(amara)

    assert "One question is still open" in client.get("/curriculum/language/what-gets-lost/").text


def test_second_press_changes_nothing(
    client: Client, amara: User, lesson: LessonPage, second: LessonPage
) -> None:
    answer_all(amara, lesson)
    client.force_login(amara)
    post(client, lesson)

    response = post(client, lesson)

    assert response.status_code == 302
    assert LessonCompletion.objects.count() == 1


def test_visitor_completes_nothing(client: Client, lesson: LessonPage) -> None:
    assert "/accounts/login/" in post(client, lesson).headers["Location"]
    assert not LessonCompletion.objects.exists()


def test_lesson_of_a_withdrawn_module_cannot_be_completed(
    client: Client, amara: User, lesson: LessonPage, module: ModulePage
) -> None:
    answer_all(amara, lesson)
    module.unpublish()
    client.force_login(amara)

    assert post(client, lesson).status_code == 404


def test_last_lesson_completes_the_module(
    amara: User, module: ModulePage, lesson: LessonPage, second: LessonPage
) -> None:
    publish(module, validity_months=24)
    finish(amara, second)
    assert not ModuleCompletion.objects.exists()

    finish(amara, lesson, NOON + timedelta(hours=1))

    row = ModuleCompletion.objects.get()
    assert [line["title"] for line in row.manifest] == ["What gets lost", "The interpreter"]
    assert row.valid_until == date(2028, 6, 10)


def test_news_is_sent_once(
    amara: User, lesson: LessonPage, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[str] = []

    def hear(sender: type, **kwargs: Any) -> None:
        heard.append(sender.__name__)

    lesson_completed.connect(hear)
    module_completed.connect(hear)
    finish(amara, lesson)
    finish(amara, lesson)
    lesson_completed.disconnect(hear)
    module_completed.disconnect(hear)

    assert heard == ["LessonCompletion", "ModuleCompletion"]


def test_checks_have_to_be_right(amara: User, lesson: LessonPage) -> None:
    with pytest.raises(ChecksOpen):
        complete_lesson(amara, lesson, edition_of(lesson), at=NOON)


def test_others_answers_do_not_count(amara: User, tomas: User, lesson: LessonPage) -> None:
    answer_all(tomas, lesson)

    with pytest.raises(ChecksOpen):
        complete_lesson(amara, lesson, edition_of(lesson), at=NOON)


def test_edition_read_while_a_new_one_came_is_what_is_kept(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    old = edition_of(lesson)
    answer_all(amara, lesson)
    publish(lesson, body=[text(), check(right="c")], change="re-test")
    client.force_login(amara)

    response = client.post(reverse("curriculum:complete", args=[old.public_id]), follow=True)

    assert LessonCompletion.objects.get().edition == old
    assert "its checks are asked again" in response.text


def test_module_that_ran_out_is_completed_anew(
    amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, validity_months=12)
    finish(amara, lesson)
    later = NOON + timedelta(days=400)

    with pytest.raises(ChecksOpen):
        complete_lesson(amara, lesson, edition_of(lesson), at=later)
    finish(amara, lesson, later)

    assert LessonCompletion.objects.count() == 2
    assert [row.valid_until for row in ModuleCompletion.objects.all()] == [
        date(2027, 6, 10),
        date(2028, 7, 15),
    ]


def test_renewal_is_asked_on_the_page(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, validity_months=12)
    finish(amara, lesson)

    with time_machine.travel(NOON + timedelta(days=400)):
        client.force_login(amara)
        shown = client.get("/curriculum/language/").text

    assert "valid until 10 June 2027" in shown
    assert "0 of 1 lesson complete" in shown


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 10), 24, date(2028, 6, 10)),
    ],
)
def test_months_are_counted_on_the_calendar(on: date, months: int, until: date) -> None:
    assert add_months(on, months) == until


def test_database_refuses_a_second_completion(amara: User, lesson: LessonPage) -> None:
    first = finish(amara, lesson)

    with pytest.raises(IntegrityError, match=r"lesson_already_completed|UNIQUE"):
        LessonCompletion.objects.create(user=amara, edition=first.edition, at=NOON)


def test_database_refuses_the_same_module_twice(amara: User, lesson: LessonPage) -> None:
    finish(amara, lesson)
    row = ModuleCompletion.objects.get()
    row.pk, row.public_id = None, block_id("other")  # type: ignore[assignment]

    with pytest.raises(IntegrityError, match=r"module_already_completed|UNIQUE"):
        row.save()


def test_database_refuses_a_module_without_lessons(amara: User, lesson: LessonPage) -> None:
    finish(amara, lesson)

    with pytest.raises(IntegrityError, match="module_completion_names_lessons"):
        ModuleCompletion.objects.update(manifest=[])


def test_person_with_completions_is_not_deleted(amara: User, lesson: LessonPage) -> None:
    finish(amara, lesson)

    with pytest.raises(ProtectedError):
        amara.delete()
