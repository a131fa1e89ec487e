"""The glossary: read by the alphabet, found by search, written by editors, for signed-in people."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from curriculum.glossary_order import initial, place_of
from curriculum.models import CurriculumIndexPage, GlossaryPage, LessonPage, ModulePage
from people.models import User
from tests.curriculum.glossary_files import GLOSSARY, load, write
from tests.curriculum.making import make_module, publish, translate

URL = "/curriculum/glossary/"


def glossary_with(index: CurriculumIndexPage, *terms: str) -> GlossaryPage:
    """A published glossary."""
    blocks = [("term", {"term": t, "definition": f"About {t}.", "page": None}) for t in terms]
    page = index.add_child(instance=GlossaryPage(title="Glossary", live=False, terms=blocks))
    published: GlossaryPage = publish(page)
    return published


def test_terms_stand_by_the_alphabet_with_anchors(
    client: Client, amara: User, tmp_path: Path
) -> None:
    load(write(tmp_path))
    client.force_login(amara)

    shown = client.get(URL).text

    assert re.findall(r"<dt>(.*?)</dt>", shown) == ["ECMO", "édition", "teach-back"]
    assert re.findall(r'<div id="([^"]+)"><dt>', shown) == ["ecmo", "édition", "teach-back"]
    assert re.findall(r'<h2 id="letter-(.)">', shown) == ["E", "T"]


def test_term_leads_to_its_lesson_and_module(client: Client, amara: User, tmp_path: Path) -> None:
    load(write(tmp_path))
    client.force_login(amara)

    shown = client.get(URL).text

    assert 'href="/curriculum/language/what-gets-lost/">Lesson 3.1</a>' in shown
    assert 'href="/curriculum/language/">Module 3</a>' in shown


def test_link_to_a_withdrawn_lesson_is_left_out(
    client: Client, amara: User, tmp_path: Path
) -> None:
    load(write(tmp_path))
    LessonPage.objects.get().unpublish()
    client.force_login(amara)

    shown = client.get(URL).text

    assert "teach-back" in shown
    assert "Lesson 3.1" not in shown


def test_links_lead_to_the_readers_language(client: Client, amara: User, tmp_path: Path) -> None:
    load(write(tmp_path))
    translate(GlossaryPage.objects.get(), title="Glosario")
    translate(ModulePage.objects.get(), title="Idioma")
    client.force_login(amara)

    shown = client.get(f"{URL}?lang=es").text

    assert "Glosario" in shown
    assert 'href="/curriculum/language/">' in shown


def test_visitors_sign_in_first(client: Client, tmp_path: Path, db: None) -> None:
    load(write(tmp_path))

    response = client.get(URL)

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_visitor_does_not_see_the_link(client: Client, tmp_path: Path, db: None) -> None:
    load(write(tmp_path))

    assert URL not in client.get("/curriculum/").text
    assert URL not in client.get("/curriculum/language/what-gets-lost/").text


def test_list_and_lessons_lead_to_it(client: Client, amara: User, tmp_path: Path) -> None:
    load(write(tmp_path))
    client.force_login(amara)

    assert URL in client.get("/curriculum/").text
    assert URL in client.get("/curriculum/language/what-gets-lost/").text


def test_without_a_glossary_nothing_leads_to_it(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    client.force_login(amara)

    assert URL not in client.get("/curriculum/").text
    assert URL not in client.get("/curriculum/language/what-gets-lost/").text
    assert client.get(URL).status_code == 404


def test_draft_is_not_shown(client: Client, amara: User, index: CurriculumIndexPage) -> None:
    glossary_with(index, "edition").unpublish()
    client.force_login(amara)

    assert client.get(URL).status_code == 404


def test_module_beside_it_is_still_found(
    client: Client, amara: User, index: CurriculumIndexPage
) -> None:
    glossary_with(index, "edition")
    make_module(index, "Language")
    client.force_login(amara)

    assert "Language" in client.get("/curriculum/language/").text
    assert "About edition." in client.get(URL).text


def test_pages_live_where_they_belong() -> None:
    assert GlossaryPage.allowed_subpage_models() == []
    assert GlossaryPage.allowed_parent_page_models() == [CurriculumIndexPage]


def test_there_is_one_in_each_language(index: CurriculumIndexPage) -> None:
    assert GlossaryPage.can_create_at(index)

    glossary_with(index, "edition")

    assert not GlossaryPage.can_create_at(index)


def test_address_is_the_same_whatever_the_title(index: CurriculumIndexPage) -> None:
    page = index.add_child(instance=GlossaryPage(title="Words we use"))

    assert page.slug == "glossary"


def post_glossary(client: Client, index: CurriculumIndexPage, *terms: str) -> Any:
    """Post the editor's form of a new glossary and publish it."""
    blocks = [("term", {"term": t, "definition": f"About {t}.", "page": ""}) for t in terms]
    fields = {"title": "Glossary", "terms": streamfield(blocks), "action-publish": "1"}
    data = nested_form_data(fields | {"comments": inline_formset([])})
    address = reverse("wagtailadmin_pages:add", args=["curriculum", "glossarypage", index.pk])
    return client.post(address, data)


def test_editor_writes_it_in_the_cms(
    client: Client, admin: User, index: CurriculumIndexPage
) -> None:
    client.force_login(admin)

    post_glossary(client, index, "edition", "entry")

    assert "About entry." in client.get(URL).text


def test_editor_cannot_explain_a_term_twice(
    client: Client, admin: User, index: CurriculumIndexPage
) -> None:
    client.force_login(admin)

    response = post_glossary(client, index, "edition", "Edition")

    assert "“Edition” is explained twice." in str(response.context["form"].errors)
    assert not GlossaryPage.objects.exists()


def test_preview_shows_the_draft(index: CurriculumIndexPage) -> None:
    page = glossary_with(index, "edition")

    shown = page.make_preview_request().content.decode()

    assert "This is a draft." in shown
    assert "About edition." in shown


def test_term_is_found_by_search(client: Client, amara: User, tmp_path: Path) -> None:
    load(write(tmp_path))
    client.force_login(amara)

    found = client.get("/search/", {"q": "teach"}).text

    assert 'href="/curriculum/glossary/#teach-back"' in found
    assert "<mark>teach</mark>-back" in found


def test_search_by_theme_leaves_the_glossary_out(
    client: Client, amara: User, tmp_path: Path
) -> None:
    load(write(tmp_path))
    client.force_login(amara)

    assert "#teach-back" not in client.get("/search/", {"q": "teach", "theme": "C"}).text


def test_growing_costs_no_queries(
    client: Client, amara: User, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    extra = "".join(
        f"  - term: word {n}\n    definition: About it.\n    page: language\n" for n in range(60)
    )
    load(write(tmp_path, GLOSSARY + extra))
    client.force_login(amara)
    client.get(URL)

    with django_assert_max_num_queries(12):
        assert "word 59" in client.get(URL).text


@pytest.mark.parametrize(
    ("language", "terms"),
    [
        ("es", ["nube", "nuez", "ñandú", "oído", "ojo"]),
        ("fr", ["école", "éditer", "edition", "être"]),
        ("en", ["ASA class", "awake", "B-1", "baseline"]),
    ],
)
def test_terms_are_sorted_as_their_language_does(language: str, terms: list[str]) -> None:
    shuffled = terms[::-1]

    shuffled.sort(key=lambda term: place_of(term, language))

    assert shuffled == terms


def test_n_with_tilde_is_a_letter_in_spanish_only() -> None:
    assert initial("ñandú", "es") == "Ñ"
    assert initial("ñandú", "en") == "N"
    assert initial("édition", "fr") == "E"
