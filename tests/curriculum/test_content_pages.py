"""The shipped lessons as the loader publishes them and a reader gets them."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from curriculum.addresses import address_of
from curriculum.models import GlossaryPage, LessonPage
from curriculum.rendering import draw
from people.models import User
from publishing.models import Edition
from tests.conftest import make_person
from tests.curriculum.shipped import lesson_name, lessons
from tests.curriculum.test_content import FEWEST_WORDS, MOST_WORDS

pytestmark = pytest.mark.django_db

FIRST_VIEW = 60 * 1024
SHORTEST, LONGEST = 6, 9
NAMES = [lesson_name(lesson) for lesson in lessons("en")]


@dataclass(frozen=True)
class Shown:
    """A lesson: its edition, its words, and its page."""

    edition: Edition
    words: int
    html: str


@dataclass(frozen=True)
class Published:
    """Everything that was loaded, read by somebody who is signed in."""

    lessons: dict[str, Shown]
    glossary: str
    map: str
    answers: dict[str, int]


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: Any) -> Published:
    """The shipped files, loaded and read once for all tests here, and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_curriculum", stdout=StringIO())
        found = read_all(make_person("reader"))
        transaction.set_rollback(True)
    return found


def read_all(reader: User) -> Published:
    """Every lesson's page, the glossary's, and what every address in them answers."""
    client = Client()
    client.force_login(reader)
    shown = {}
    for page in LessonPage.objects.filter(locale__language_code="en").select_related("locale"):
        edition = Edition.objects.filter(page=page).latest("number")
        html = client.get(address_of(page)).text
        number = f"en-{page.get_parent().specific.number}.{page.number}"
        shown[number] = Shown(edition, draw(edition.read()).words, html)
    glossary = client.get(address_of(GlossaryPage.objects.get(locale__language_code="en"))).text
    map_page = client.get("/curriculum/map/").text
    pages = [glossary, map_page, *(one.html for one in shown.values())]
    inside = {a for html in pages for a in links(html) if a.startswith("/")}
    answers = {address: client.get(address).status_code for address in sorted(inside)}
    return Published(shown, glossary, map_page, answers)


def links(html: str) -> list[str]:
    """Where the links of a page lead."""
    return re.findall(r'<a\b[^>]*\bhref="([^"]+)"', html)


def test_every_lesson_of_the_files_is_published(published: Published) -> None:
    assert sorted(published.lessons) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_lesson_has_the_length_it_promises(published: Published, name: str) -> None:
    shown = published.lessons[name]

    assert FEWEST_WORDS <= shown.words <= MOST_WORDS
    assert SHORTEST <= shown.edition.minutes <= LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_lesson_says_its_minutes_and_its_weight(published: Published, name: str) -> None:
    shown = published.lessons[name]

    assert f"<li>{shown.edition.minutes} minutes</li>" in shown.html
    assert f"<li>{shown.edition.kilobytes} KB</li>" in shown.html


@pytest.mark.parametrize("name", NAMES)
def test_first_view_is_light_with_its_figures(published: Published, name: str) -> None:
    html = published.lessons[name].html
    assets = re.findall(r'(?:href|src)="/static/([^"?]+)"', html)
    figures = re.findall(r'src="/media/([^"?]+)"', html)

    weight = len(gzip.compress(html.encode()))
    weight += sum(len(gzip.compress(read_static(asset))) for asset in set(assets))
    weight += sum(default_storage.size(figure) for figure in figures)

    assert weight <= FIRST_VIEW


def read_static(name: str) -> bytes:
    """A file of ours as it lies in the source."""
    found = find(name)
    assert isinstance(found, str), name
    with open(found, "rb") as file:
        return file.read()


@pytest.mark.parametrize("name", NAMES)
def test_page_has_one_title_and_headings_step_down(published: Published, name: str) -> None:
    orders = [int(n) for n in re.findall(r"<h([1-6])\b", published.lessons[name].html)]

    assert orders.count(1) == 1
    assert orders[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(orders))


@pytest.mark.parametrize("name", NAMES)
def test_anchors_have_their_place_on_the_page(published: Published, name: str) -> None:
    html = published.lessons[name].html
    wanted = {link[1:] for link in links(html) if link.startswith("#")}

    assert wanted - set(re.findall(r'\bid="([^"]+)"', html)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_links_out_are_encrypted(published: Published, name: str) -> None:
    out = [link for link in links(published.lessons[name].html) if not link.startswith(("/", "#"))]

    assert [link for link in out if not link.startswith("https://")] == []


def test_links_inside_lead_somewhere(published: Published) -> None:
    assert [
        address for address, status in published.answers.items() if status not in {200, 302}
    ] == []


def test_map_shows_what_the_modules_serve_and_what_none_does(published: Published) -> None:
    assert published.map.count(">yes<") >= 30
    assert "No module serves this yet." in published.map


def test_most_terms_lead_to_where_they_are_used(published: Published) -> None:
    terms = published.glossary.count("<dt>")

    assert terms >= 60
    assert len([link for link in links(published.glossary) if link.count("/") == 4]) >= terms / 2


@pytest.mark.parametrize("name", NAMES)
def test_pictures_have_words_and_a_size(published: Published, name: str) -> None:
    for tag in re.findall(r"<img\b[^>]*>", published.lessons[name].html):
        assert re.search(r'\balt="[^"]{30,}"', tag), tag
        assert re.search(r'\bwidth="\d+"', tag), tag
        assert re.search(r'\bheight="\d+"', tag), tag
