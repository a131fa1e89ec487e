"""What became of a report: answered once, told once, never by somebody whose lesson it is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from curriculum.export import erase, export_for
from curriculum.models import LessonPage, LessonReport, ModulePage
from curriculum.reporting import AlreadySettled, NotMended, settle_report, take_back_report
from people.models import Institution, Notice, User
from tests.curriculum.making import edition_of, publish
from tests.curriculum.test_report_send import WORDS, agnes, send
from tests.queries import assert_same_at_two_sizes

ANSWER = "You are right about the ward."
__all__ = ["agnes"]


@pytest.fixture
def report(amara: User, lesson: LessonPage, eleni: User) -> LessonReport:
    """Amara's, open."""
    return send(amara, lesson)


def url(report: LessonReport, act: str = "") -> str:
    return f"/curriculum/reports/{report.public_id}/{act}"


def settle(client: Client, report: LessonReport, **fields: Any) -> Any:
    """Press the editor's button."""
    return client.post(url(report, "settle/"), {"state": "answered", "answer": ANSWER} | fields)


def answer_it(report: LessonReport, by: User, state: str = "answered") -> LessonReport:
    """The same without the page."""
    return settle_report(report, by=by, state=state, answer=ANSWER, at=timezone.now())


def test_reader_is_told_once_and_reads_the_answer(
    client: Client, amara: User, eleni: User, report: LessonReport
) -> None:
    client.force_login(eleni)
    assert WORDS in client.get(url(report)).text
    for _ in range(2):
        assert settle(client, report).status_code == 302

    told = Notice.objects.get(user=amara, kind="report-settled")
    assert ANSWER not in told.body + told.subject
    client.force_login(amara)
    page = client.get(told.url).text
    assert ANSWER in page
    assert "Eleni Papadaki" in page
    assert "Answered" in client.get("/curriculum/reports/").text


def test_other_editors_need_not_look_any_more(
    eleni: User, agnes: User, module: ModulePage, lesson: LessonPage, amara: User
) -> None:
    report = send(amara, lesson)
    assert Notice.objects.standing_for(agnes).count() == 1

    answer_it(report, eleni)

    assert not Notice.objects.standing_for(agnes).exists()


def test_second_answer_changes_nothing_and_comes_back(
    client: Client, eleni: User, agnes: User, report: LessonReport
) -> None:
    answer_it(report, agnes)
    client.force_login(eleni)

    late = settle(client, report, answer="I see it otherwise.")

    assert late.status_code == 409
    assert "I see it otherwise." in late.text
    assert ANSWER in late.text
    assert LessonReport.objects.get().settled_by == agnes
    with pytest.raises(AlreadySettled):
        answer_it(report, eleni)


@pytest.mark.parametrize("fields", [{"answer": "  "}, {"state": "mended"}, {"state": "open"}])
def test_answer_that_says_nothing_is_refused(
    client: Client, eleni: User, report: LessonReport, fields: dict[str, str]
) -> None:
    client.force_login(eleni)

    assert settle(client, report, **fields).status_code == 422
    assert LessonReport.objects.get().is_open


def test_mended_names_the_later_edition(
    client: Client, eleni: User, report: LessonReport, lesson: LessonPage
) -> None:
    client.force_login(eleni)
    assert "mend and publish it first" in client.get(url(report)).text
    publish(lesson, title="What gets lost, mended")

    assert "Mended in edition 2" in client.get(url(report)).text
    assert settle(client, report, state="mended").status_code == 302

    assert LessonReport.objects.get().mended_in == edition_of(lesson)
    assert "In edition 2 of" in client.get(url(report)).text


def test_mended_without_a_later_edition_is_refused(eleni: User, report: LessonReport) -> None:
    with pytest.raises(NotMended):
        answer_it(report, eleni, "mended")


def test_reader_does_not_answer_their_own_report(
    client: Client, amara: User, report: LessonReport
) -> None:
    client.force_login(amara)

    assert settle(client, report).status_code == 403


def test_partner_that_reviews_may_answer_and_others_may_not(
    client: Client,
    amara: User,
    agnes: User,
    module: ModulePage,
    report: LessonReport,
    harrow_lake: Institution,
    kilimari: Institution,
) -> None:
    publish(module, leading_institution=harrow_lake)
    client.force_login(agnes)
    assert client.get(url(report)).status_code == 404
    assert settle(client, report).status_code == 404
    assert WORDS not in client.get("/curriculum/reports/").text

    publish(module, reviewing_institution=kilimari)

    page = client.get(url(report)).text
    assert "Mend it in the CMS" not in page
    assert settle(client, report).status_code == 302


@pytest.mark.parametrize("who", ["tomas", "ruth", "admin", "neema"])
def test_nobody_else_can_tell_that_it_exists(
    client: Client, who: str, report: LessonReport, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(report)).status_code == 404
    assert "What gets lost" not in client.get("/curriculum/reports/").text


def test_reader_takes_back_what_nobody_has_answered(
    client: Client, amara: User, eleni: User, report: LessonReport
) -> None:
    client.force_login(eleni)
    assert client.post(url(report, "take-back/")).status_code == 403
    client.force_login(amara)

    assert client.post(url(report, "take-back/")).status_code == 302

    assert not LessonReport.objects.exists()
    assert not Notice.objects.standing_for(eleni).exists()


def test_what_is_answered_stays(
    client: Client, amara: User, eleni: User, report: LessonReport
) -> None:
    answer_it(report, eleni)
    client.force_login(amara)

    page = client.post(url(report, "take-back/"), follow=True)

    assert "stays with its answer" in page.text
    with pytest.raises(AlreadySettled):
        take_back_report(report, at=timezone.now())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("report_settled_is_complete", {"state": "answered"}),
        ("report_settled_is_complete", {"answer": "Early."}),
        ("report_mended_names_an_edition", {"state": "mended"}),
        ("report_mended_in_another_edition", {"state": "mended", "mended_in": "same"}),
    ],
)
def test_database_refuses_what_cannot_be(
    report: LessonReport, eleni: User, name: str, change: dict[str, Any]
) -> None:
    if change.get("state") == "mended":
        answer_it(report, eleni)
    if "mended_in" in change:
        change = change | {"mended_in": report.edition_id}

    with pytest.raises(IntegrityError, match=name):
        LessonReport.objects.filter(pk=report.pk).update(**change)


def test_person_takes_their_reports_away_and_nobody_elses(
    amara: User, tomas: User, eleni: User, report: LessonReport, lesson: LessonPage
) -> None:
    answer_it(report, eleni)

    mine, theirs = export_for(amara)["reports"], export_for(tomas)["reports"]

    assert [(row["words"], row["answer"], row["edition"]) for row in mine] == [(WORDS, ANSWER, 1)]
    assert theirs == []
    assert export_for(eleni)["answered_reports"][0]["answer"] == ANSWER
    assert WORDS not in str(export_for(eleni))


def test_reports_go_with_whoever_wrote_them(
    amara: User, tomas: User, eleni: User, report: LessonReport, lesson: LessonPage
) -> None:
    other = send(tomas, lesson)

    for _ in range(2):
        erase(amara)

    assert list(LessonReport.objects.all()) == [other]
    assert Notice.objects.standing_for(eleni).count() == 1


def more(amara: User, lesson: LessonPage, eleni: User) -> None:
    """Many reports, half of them answered."""
    for number in range(8):
        sent = send(amara, lesson)
        if number % 2:
            answer_it(sent, eleni)


@pytest.mark.parametrize("who", ["amara", "eleni"])
def test_list_costs_the_same_for_any_length(
    client: Client,
    who: str,
    amara: User,
    eleni: User,
    report: LessonReport,
    lesson: LessonPage,
    request: pytest.FixtureRequest,
) -> None:
    answer_it(report, eleni)
    send(amara, lesson)

    assert_same_at_two_sizes(
        client,
        request.getfixturevalue(who),
        "/curriculum/reports/",
        lambda: more(amara, lesson, eleni),
        most=10,
    )
