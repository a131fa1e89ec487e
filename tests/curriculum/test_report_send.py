"""“Something wrong on this lesson?”: said once, kept with the edition, told to who can answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage, LessonReport, ModulePage
from curriculum.reporting import (
    LONGEST_WORDS,
    MOST_A_DAY,
    Said,
    TooMany,
    editors_of,
    send_report,
)
from people.models import Institution, Notice, Role, User
from tests.conftest import NOON, join, make_person
from tests.curriculum.making import edition_of, publish, translate

WORDS = "Here families pay on the ward."
URL = "/curriculum/language/what-gets-lost/"


@pytest.fixture
def agnes(kilimari: Institution) -> User:
    """Editor at Kilimari."""
    user = make_person("agnes", display_name="Sister Agnes Tarimo")
    join(user, kilimari, Role.EDITOR)
    return user


def address(lesson: LessonPage) -> str:
    return reverse("curriculum:report", args=[edition_of(lesson).public_id])


def post(client: Client, lesson: LessonPage, **fields: Any) -> Any:
    """Press the button."""
    form = {"once": str(uuid4()), "kind": "not-here", "words": WORDS, "passage": ""}
    return client.post(address(lesson), form | fields)


def send(reader: User, lesson: LessonPage, **fields: Any) -> LessonReport:
    """The same without the page."""
    said = Said(**({"token": uuid4(), "kind": "wrong", "words": WORDS} | fields))
    return send_report(reader, edition_of(lesson), said, at=timezone.now())


def test_every_lesson_ends_with_the_question(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    client.force_login(amara)

    page = client.get(URL).text

    assert "Something wrong on this lesson?" in page
    assert address(lesson) in page


def test_visitor_is_not_asked(client: Client, module: ModulePage, lesson: LessonPage) -> None:
    publish(module, open_to_visitors=True)

    assert "Something wrong" not in client.get(URL).text


def test_report_is_kept_with_the_edition_that_was_read(
    client: Client, amara: User, eleni: User, lesson: LessonPage
) -> None:
    client.force_login(amara)
    read, url = edition_of(lesson), address(lesson)
    publish(lesson, title="What gets lost, again")

    answer = client.post(url, {"once": "", "kind": "not-here", "words": WORDS, "passage": "Ten"})

    assert answer.headers["Location"] == URL
    report = LessonReport.objects.get()
    assert (report.edition, report.reporter, report.kind) == (read, amara, "not-here")
    assert (report.words, report.passage, report.state) == (WORDS, "Ten", "open")
    assert "You will be told when the editors have answered." in client.get(URL).text


def test_report_on_a_translation_keeps_its_language(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    spanish = translate(lesson)
    client.force_login(amara)

    post(client, spanish)

    assert LessonReport.objects.get().edition.locale.language_code == "es"


def test_page_names_whose_editors_read_it(
    client: Client,
    amara: User,
    module: ModulePage,
    lesson: LessonPage,
    harrow_lake: Institution,
    kilimari: Institution,
) -> None:
    client.force_login(amara)
    assert "to everybody who edits the curriculum here" in client.get(URL).text

    publish(module, leading_institution=harrow_lake, reviewing_institution=kilimari)

    assert "editors of Harrow Lake and of Kilimari" in client.get(URL).text
    assert "editors of Harrow Lake and of Kilimari" in client.get(address(lesson)).text


def test_editors_of_the_module_and_of_the_partner_are_told_once(
    amara: User,
    eleni: User,
    agnes: User,
    module: ModulePage,
    lesson: LessonPage,
    harrow_lake: Institution,
    kilimari: Institution,
) -> None:
    publish(module, leading_institution=harrow_lake, reviewing_institution=kilimari)
    said = Said(uuid4(), "wrong", WORDS)

    for _ in range(2):
        report = send_report(amara, edition_of(lesson), said, at=NOON)

    told = Notice.objects.filter(kind="report")
    assert {notice.user for notice in told} == {eleni, agnes}
    assert told.count() == 2
    assert {notice.url for notice in told} == {f"/curriculum/reports/{report.public_id}/"}
    assert not told.filter(body__contains=WORDS).exists()


def test_editors_of_others_are_not_told(
    amara: User, eleni: User, agnes: User, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, leading_institution=Institution.objects.get(slug="harrow-lake"))

    assert editors_of(send(amara, lesson), at=timezone.now()) == [eleni]


def test_editor_whose_role_ended_is_not_told(amara: User, eleni: User, lesson: LessonPage) -> None:
    eleni.memberships.update(until=timezone.localdate() - timedelta(days=1))

    assert editors_of(send(amara, lesson), at=timezone.now()) == []


def test_editor_does_not_hear_of_what_they_reported(eleni: User, lesson: LessonPage) -> None:
    send(eleni, lesson)

    assert not Notice.objects.exists()


def test_reader_is_told_when_nobody_edits_the_module(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    client.force_login(amara)
    post(client, lesson)

    assert "Nobody edits this module at the moment" in client.get(URL).text


def test_form_sent_twice_is_one_report(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)
    once = str(uuid4())

    answers = [post(client, lesson, once=once).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert LessonReport.objects.count() == 1


def test_id_of_somebody_elses_form_makes_an_own_report(
    amara: User, tomas: User, lesson: LessonPage
) -> None:
    token = uuid4()
    send(amara, lesson, token=token)

    assert send(tomas, lesson, token=token).reporter == tomas
    assert LessonReport.objects.count() == 2


@pytest.mark.parametrize("words", ["", " \n ", "\u0000", "\x01"])
def test_report_without_words_is_asked_for_them(
    client: Client, amara: User, lesson: LessonPage, words: str
) -> None:
    client.force_login(amara)

    answer = post(client, lesson, words=words, passage="Two minutes go in")

    assert answer.status_code == 422
    assert "Two minutes go in" in answer.text
    assert not LessonReport.objects.exists()


def test_report_without_a_kind_keeps_its_words(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    client.force_login(amara)

    answer = post(client, lesson, kind="rude")

    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    assert WORDS in answer.text


def test_huge_text_comes_back_whole(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)
    words = "wörter " * LONGEST_WORDS

    answer = post(client, lesson, words=words)

    assert answer.status_code == 422
    assert "At most 4000 characters" in answer.text
    assert words in answer.text


def test_patient_is_marked_once_and_then_it_is_the_readers_decision(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    client.force_login(amara)
    words = "On 3 March 2026 Mrs Adebayo was told otherwise."

    first = post(client, lesson, words=words)
    form = first.context["page"].invite.form

    assert first.status_code == 422
    assert "<mark>Mrs Adebayo</mark>" in first.text
    assert "Nothing has been sent yet." in first.text
    assert not LessonReport.objects.exists()

    second = post(client, lesson, words=words, seen=form["seen"].value())

    assert second.status_code == 302
    assert LessonReport.objects.get().words == words


def test_another_name_is_marked_again(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)
    seen = post(client, lesson, words="Mrs Adebayo said so.").context["page"].invite.form["seen"]

    answer = post(client, lesson, words="Mrs Osei said so.", seen=seen.value())

    assert answer.status_code == 422


def test_names_that_stand_in_the_lesson_are_not_marked(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    body = [{"type": "text", "value": "<p>Sister Agnes Tarimo &amp; you.</p>", "id": str(uuid4())}]
    publish(lesson, body=body)
    client.force_login(amara)

    answer = post(client, lesson, words="Would Sister Agnes Tarimo say it so?")

    assert answer.status_code == 302


def test_too_many_in_a_day_wait_until_tomorrow(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    for _ in range(MOST_A_DAY):
        report = send(amara, lesson)
    client.force_login(amara)

    answer = post(client, lesson)

    assert answer.status_code == 429
    assert WORDS in answer.text
    assert LessonReport.objects.count() == MOST_A_DAY
    with pytest.raises(TooMany):
        send(amara, lesson)
    assert send(amara, lesson, token=report.token) == report
    LessonReport.objects.update(at=timezone.now() - timedelta(hours=25))
    assert post(client, lesson).status_code == 302


def test_lesson_that_is_closed_to_somebody_takes_no_report(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    lesson.unpublish()
    client.force_login(amara)

    assert post(client, lesson).status_code == 404


def test_database_refuses_a_report_without_words(amara: User, lesson: LessonPage) -> None:
    report = send(amara, lesson)

    with pytest.raises(IntegrityError, match="report_has_words"):
        LessonReport.objects.filter(pk=report.pk).update(words="")
