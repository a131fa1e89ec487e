"""An unpublished lesson never breaks a record that points at it."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from curriculum.models import LessonPage, ModulePage
from people.models import User
from publishing.models import Edition
from tests.curriculum.making import check, edition_of, publish, text
from tests.curriculum.test_complete import finish

URL = "/curriculum/language/what-gets-lost/"


def test_lesson_says_that_it_was_withdrawn(client: Client, amara: User, lesson: LessonPage) -> None:
    finish(amara, lesson)
    lesson.unpublish()
    client.force_login(amara)

    response = client.get(URL)

    assert response.status_code == 410
    assert "This lesson was withdrawn" in response.text
    assert reverse("curriculum:edition", args=[edition_of(lesson).public_id]) in response.text


@pytest.mark.parametrize("who", ["tomas", "visitor"])
def test_others_find_nothing_there(
    client: Client, amara: User, tomas: User, lesson: LessonPage, who: str
) -> None:
    finish(amara, lesson)
    lesson.unpublish()
    if who == "tomas":
        client.force_login(tomas)

    assert client.get(URL).status_code == 404


def test_withdrawn_module_withdraws_its_lessons(
    client: Client, amara: User, tomas: User, module: ModulePage, lesson: LessonPage
) -> None:
    finish(amara, lesson)
    module.unpublish()

    client.force_login(tomas)
    assert client.get(URL).status_code == 404
    assert client.get("/curriculum/language/").status_code == 404
    client.force_login(amara)
    assert client.get(URL).status_code == 410


def test_module_goes_on_without_the_withdrawn_lesson(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage, second: LessonPage
) -> None:
    finish(amara, lesson)
    lesson.unpublish()
    client.force_login(amara)

    shown = client.get("/curriculum/language/").text

    assert "What gets lost" not in shown
    assert "0 of 1 lesson complete" in shown


def test_text_stays_as_it_was_completed(client: Client, amara: User, lesson: LessonPage) -> None:
    done = finish(amara, lesson)
    publish(lesson, body=[text("<p>All is new.</p>"), check(right="c")], change="re-test")
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    client.force_login(amara)

    shown = client.get(reverse("curriculum:edition", args=[done.edition.public_id])).text

    assert "ten seconds come out" in shown
    assert "Because of b in check." in shown
    assert "as you completed it on 10 June 2026" in shown
    assert "All is new." not in shown
    assert "as it is today" not in shown


def test_old_text_leads_to_the_lesson_of_today(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    done = finish(amara, lesson)
    client.force_login(amara)

    shown = client.get(reverse("curriculum:edition", args=[done.edition.public_id])).text

    assert "Read the lesson as it is today" in shown


def test_edition_opens_only_for_who_completed_it(
    client: Client, amara: User, tomas: User, lesson: LessonPage
) -> None:
    done = finish(amara, lesson)
    url = reverse("curriculum:edition", args=[done.edition.public_id])

    client.force_login(tomas)
    assert client.get(url).status_code == 404
    assert client.get(reverse("curriculum:edition", args=[uuid.uuid4()])).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_moved_lesson_keeps_its_records(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage, index: ModulePage
) -> None:
    done = finish(amara, lesson)
    other = publish(module.copy(to=index, update_attrs={"slug": "other", "number": 4}))

    LessonPage.objects.get(pk=lesson.pk).move(other, pos="last-child")

    client.force_login(amara)
    assert client.get("/curriculum/other/what-gets-lost/").status_code == 200
    assert (
        client.get(reverse("curriculum:edition", args=[done.edition.public_id])).status_code == 200
    )
    assert Edition.objects.count() == 1
