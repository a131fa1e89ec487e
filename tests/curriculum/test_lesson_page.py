"""A lesson as readers meet it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from curriculum.models import LessonPage, ModulePage
from curriculum.rendering import link_doi
from people.models import User
from tests.curriculum.making import block, check, make_lesson, publish, source, text
from tests.curriculum.test_complete import finish

URL = "/curriculum/language/what-gets-lost/"


def test_reader_sees_the_published_lesson(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)

    response = client.get(URL)

    assert "ten seconds come out" in response.text
    assert "Lesson 1 of 1" in response.text
    assert "Edition 1," in response.text


def test_reader_sees_neither_draft_nor_row(client: Client, amara: User, lesson: LessonPage) -> None:
    lesson.title = "A draft"
    lesson.save_revision()
    LessonPage.objects.filter(pk=lesson.pk).update(title="Changed in the row")
    client.force_login(amara)

    shown = client.get(URL).text

    assert "What gets lost" in shown
    assert "A draft" not in shown
    assert "Changed in the row" not in shown


def test_headings_stand_on_this_page(client: Client, amara: User, module: ModulePage) -> None:
    html = "<h2>What was counted</h2><p>a</p><h2>What was counted</h2><h2>ما فُقد</h2>"
    make_lesson(module, body=[text(html)])
    client.force_login(amara)

    shown = client.get(URL).text

    assert '<a href="#what-was-counted">What was counted</a>' in shown
    assert '<h2 id="what-was-counted-2">What was counted</h2>' in shown
    assert '<a href="#ما-فقد">' in shown


def test_citation_leads_to_its_source(client: Client, amara: User, module: ModulePage) -> None:
    body = [text("<p>Counted. [@ward2014] [@flores2012]</p>")]
    make_lesson(module, body=body, sources=[source("flores2012"), source("ward2014")])
    client.force_login(amara)

    shown = client.get(URL).text

    assert '<a class="cite" href="#source-ward2014" aria-label="Source 2">[2]</a>' in shown
    assert '<li id="source-ward2014">' in shown
    assert '<a href="https://doi.org/10.1016/j.x.2012.01.025"' in shown


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)">x</p>',
    '<h2 onclick="alert(1)" style="color:red">x</h2>',
    "<svg onload=alert(1)>",
    '<iframe src="https://evil.example"></iframe>',
    '<a href="//evil.example">x</a>',
    "<style>*{display:none}</style>",
    "[@flores2012<script>alert(1)</script>]",
]
REFUSED = [
    "alert(1)>",
    "<script>alert",
    "onerror",
    "onclick",
    "javascript:",
    "//evil.example",
    "onload",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_rich_text_runs_nothing(
    client: Client, amara: User, module: ModulePage, attack: str
) -> None:
    steps = [{"type": "item", "value": attack, "id": "1"}] * 2
    body = [
        text(f"<p>Before.</p>{attack}<p>After.</p>"),
        block("vignette", {"text": attack, "agreed_with": attack}),
        block("fact", {"text": attack, "source": "flores2012"}),
        block("steps", {"steps": steps}),
    ]
    make_lesson(module, body=body, sources=[source()])
    client.force_login(amara)

    article = client.get(URL).text.split("<article", 1)[1].split("</article>", 1)[0]

    assert "After." in article
    tags = article.replace("&lt;", "").split("<")
    assert [bad for bad in REFUSED if any(bad in tag.split(">")[0] + ">" for tag in tags)] == []


def test_plain_fields_are_escaped(client: Client, amara: User, module: ModulePage) -> None:
    attack = "<script>alert(1)</script>"
    question: Any = check()
    question["value"]["question"] = attack
    question["value"]["choices"][0]["value"]["text"] = attack
    body = [text(), question, block("quote", {"text": attack, "by": attack, "invented": False})]
    make_lesson(module, title=attack, slug="what-gets-lost", summary=attack, body=body)
    client.force_login(amara)

    assert attack not in client.get(URL).text
    assert attack not in client.get("/curriculum/language/").text


def test_visitor_reads_an_open_module(
    client: Client, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, open_to_visitors=True)

    shown = client.get(URL)

    assert shown.status_code == 200
    assert "ten seconds come out" in shown.text
    assert "Sign in to answer the questions." in shown.text
    assert "Because of" not in shown.text
    assert client.get("/curriculum/language/").status_code == 200


@pytest.mark.parametrize("url", [URL, "/curriculum/language/"])
def test_visitor_of_a_closed_page_is_sent_to_sign_in(
    client: Client, lesson: LessonPage, url: str
) -> None:
    response = client.get(url)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize(
    "path",
    [
        "/curriculum/nothing/",
        "/curriculum/language/nothing/",
        "/nothing/",
        "/curriculum/language/what-gets-lost/more/",
        "/home/curriculum/",
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_is_not_there_does_not_exist(
    client: Client, amara: User, lesson: LessonPage, path: str, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(amara)

    assert client.get(path).status_code == 404


def test_page_without_its_last_slash_is_found(
    client: Client, amara: User, lesson: LessonPage
) -> None:
    client.force_login(amara)

    assert client.get(URL[:-1], follow=True).status_code == 200


def test_posting_to_a_page_is_not_allowed(client: Client, amara: User, lesson: LessonPage) -> None:
    client.force_login(amara)

    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("lessons", [1, 6])
def test_lesson_and_module_cost_at_most_twelve_queries(
    client: Client,
    amara: User,
    module: ModulePage,
    lesson: LessonPage,
    lessons: int,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(2, lessons + 1):
        page = make_lesson(module, f"Lesson {number}", number=number)
        for round in range(lessons):
            page = publish(page, title=f"Lesson {number}, {round}", change="wording")
        finish(amara, page)
    finish(amara, lesson)
    client.force_login(amara)
    client.get(URL)

    for url in (URL, "/curriculum/language/", "/curriculum/"):
        with django_assert_max_num_queries(12):
            client.get(url)


def test_address_in_a_citation_is_a_link_that_fits_a_phone() -> None:
    cite = "GMC. September 2018. https://www.gmc-uk.org/a/long--path?x=1"

    linked = link_doi(cite)

    assert linked == (
        'GMC. September 2018. <a href="https://www.gmc-uk.org/a/long--path?x=1" rel="noopener">'
        "gmc-uk.org</a>"
    )


def test_script_in_a_citation_stays_text() -> None:
    assert "<script>" not in link_doi("https://x.org/<script>alert(1)</script>")


def test_sign_is_not_torn_from_its_number(client: Client, amara: User, module: ModulePage) -> None:
    make_lesson(module, body=[text("<p>18 % could have mattered; US$ 400 was owed.</p>")])
    client.force_login(amara)

    shown = client.get(URL).text

    assert "18\N{NO-BREAK SPACE}% could have mattered; US$\N{NO-BREAK SPACE}400 was owed." in shown
