"""Knowledge checks: marked on the server, explained per choice, repeated at will, all kept."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curriculum.models import CheckAttempt, LessonPage, ModulePage
from people.models import User
from tests.curriculum.making import block_id, check, edition_of, make_lesson, publish, text

URL = "/curriculum/language/what-gets-lost/"


def answer(client: Client, lesson: LessonPage, *letters: str, name: str = "check") -> Any:
    """Post the answers of these letters to the lesson's current edition."""
    url = reverse("curriculum:check", args=[edition_of(lesson).public_id, block_id(name)])
    return client.post(url, {"answer": [block_id(f"{name}-{letter}") for letter in letters]})


@pytest.fixture
def reader(client: Client, amara: User) -> Client:
    """Amara's browser."""
    client.force_login(amara)
    return client


def test_question_shows_its_answers_and_nothing_about_them(
    reader: Client, lesson: LessonPage
) -> None:
    shown = reader.get(URL).text

    assert "Question check?" in shown
    assert "Answer b of check" in shown
    assert "Because of" not in shown
    assert "checked" not in shown


def test_right_answer_explains_every_choice(reader: Client, lesson: LessonPage) -> None:
    response = answer(reader, lesson, "b")

    assert response.status_code == 302
    assert response.headers["Location"] == f"{URL}#check-{block_id('check')}"
    shown = reader.get(URL).text
    assert all(f"Because of {letter} in check." in shown for letter in "abc")


def test_wrong_answer_explains_only_itself(reader: Client, lesson: LessonPage) -> None:
    answer(reader, lesson, "a")

    shown = reader.get(URL).text
    assert "Because of a in check." in shown
    assert "Because of b in check." not in shown
    assert "Look at it once more." in shown


def test_every_attempt_is_kept(reader: Client, amara: User, lesson: LessonPage) -> None:
    for letter in "acb":
        answer(reader, lesson, letter)

    kept = CheckAttempt.objects.filter(user=amara)
    assert [attempt.correct for attempt in kept] == [False, False, True]


def test_right_answer_stays_right_after_playing_on(reader: Client, lesson: LessonPage) -> None:
    answer(reader, lesson, "b")
    answer(reader, lesson, "a")

    assert "Mark complete" in reader.get(URL).text


@pytest.mark.parametrize(
    ("letters", "verdict"),
    [("a", "Something is missing."), ("ab", "Yes."), ("abc", "once more"), ("c", "once more")],
)
def test_several_right_answers_are_asked_for_together(
    reader: Client, module: ModulePage, letters: str, verdict: str
) -> None:
    lesson = make_lesson(module, body=[text(), check(multiple=True, right="ab")])

    answer(reader, lesson, *letters)

    assert verdict in reader.get(URL).text


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ([], "Choose one of the answers"),
        (["x"], "Choose one of the answers"),
        ([block_id("other-a")], "Choose one of the answers"),
        ([block_id("check-a"), block_id("check-b")], "Choose one answer."),
        (["\x00"], "Choose one of the answers"),
        (["=1+1"], "Choose one of the answers"),
        (["ب" * 5000], "Choose one of the answers"),
    ],
)
def test_answer_that_cannot_be_is_refused_beside_the_question(
    reader: Client, lesson: LessonPage, posted: list[str], sentence: str
) -> None:
    url = reverse("curriculum:check", args=[edition_of(lesson).public_id, block_id("check")])

    response = reader.post(url, {"answer": posted})

    assert response.status_code == 422
    assert sentence in response.text
    assert "Question check?" in response.text
    assert not CheckAttempt.objects.exists()


def test_unknown_question_does_not_exist(reader: Client, lesson: LessonPage) -> None:
    edition = edition_of(lesson).public_id

    for args in ([edition, uuid.uuid4()], [uuid.uuid4(), block_id("check")]):
        assert reader.post(reverse("curriculum:check", args=args)).status_code == 404


def test_visitor_is_sent_to_sign_in_before_answering(client: Client, lesson: LessonPage) -> None:
    response = answer(client, lesson, "b")

    assert "/accounts/login/" in response.headers["Location"]
    assert not CheckAttempt.objects.exists()


def test_answer_to_an_older_edition_is_marked_against_it(
    reader: Client, lesson: LessonPage
) -> None:
    url = reverse("curriculum:check", args=[edition_of(lesson).public_id, block_id("check")])
    publish(lesson, body=[text(), check(right="c")], change="re-test")

    reader.post(url, {"answer": [block_id("check-b")]})

    assert CheckAttempt.objects.get().correct
    assert CheckAttempt.objects.get().edition.number == 1
    assert "Because of" not in reader.get(URL).text


def test_answer_counts_on_where_the_question_is_the_same(
    reader: Client, lesson: LessonPage
) -> None:
    answer(reader, lesson, "b")

    publish(lesson, title="Other", body=[text("<p>New.</p>"), check()], change="re-read")

    assert "Because of b in check." in reader.get(URL).text


def test_answer_does_not_count_where_the_question_changed(
    reader: Client, lesson: LessonPage
) -> None:
    answer(reader, lesson, "b")

    publish(lesson, body=[text(), check(right="c")], change="re-read")

    assert "Because of" not in reader.get(URL).text


def test_others_answers_are_not_shown(
    client: Client, amara: User, tomas: User, lesson: LessonPage
) -> None:
    client.force_login(tomas)
    answer(client, lesson, "b")

    client.force_login(amara)

    assert "Because of" not in client.get(URL).text


def test_database_refuses_an_attempt_without_an_answer(amara: User, lesson: LessonPage) -> None:
    with pytest.raises(IntegrityError, match="attempt_has_an_answer"):
        CheckAttempt.objects.create(
            user=amara,
            edition=edition_of(lesson),
            block_id=block_id("check"),
            check_hash="x",
            answers=[],
            correct=False,
            at=timezone.now(),
        )
