"""The glossary: loaded from a file, read by the alphabet, found by search, for signed-in people."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from curriculum.glossary_order import initial, place_of
from curriculum.models import CurriculumIndexPage, GlossaryPage, LessonPage, ModulePage
from people.models import User
from publishing.models import Edition
from tests.curriculum.files import line_of, write_module
from tests.curriculum.making import make_module, publish, translate

URL = "/curriculum/glossary/"
GLOSSARY = """language: en
title: Glossary
terms:
  - term: teach-back
    definition: Asking somebody to say it in their own words.
    page: language/what-gets-lost
  - term: ECMO
    definition: A machine outside the body.
  - term: édition
    definition: A lesson as it was published.
    page: language
"""


def write(folder: Path, text: str = GLOSSARY, name: str = "glossary.yaml") -> Path:
    """A folder with module 3 and a glossary."""
    write_module(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder


def load(*arguments: Any) -> str:
    """Run the command; what it prints."""
    out = StringIO()
    call_command("load_curriculum", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def refusal(folder: Path) -> str:
    """What the command prints when it refuses."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("load_curriculum", str(folder), stdout=out, stderr=out)
    return out.getvalue()


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


def test_loading_twice_changes_nothing(db: None, tmp_path: Path) -> None:
    write(tmp_path)
    load(tmp_path)
    before = GlossaryPage.objects.get().latest_revision_id

    printed = load(tmp_path)

    assert "Glossary: unchanged" in printed
    assert GlossaryPage.objects.get().latest_revision_id == before


def test_it_makes_no_editions(db: None, tmp_path: Path) -> None:
    load(write(tmp_path))

    assert not Edition.objects.filter(page=GlossaryPage.objects.get()).exists()


def test_editors_work_is_left_alone(db: None, eleni: User, tmp_path: Path) -> None:
    load(write(tmp_path))
    page = GlossaryPage.objects.get()
    page.save_revision(user=eleni).publish()
    write(tmp_path, GLOSSARY.replace("ECMO", "ecmo"))

    assert "Glossary: left alone" in load(tmp_path)
    assert "Glossary: published" in load("--overwrite", tmp_path)


def test_blocks_keep_their_ids(db: None, tmp_path: Path) -> None:
    load(write(tmp_path))
    before = [block.id for block in GlossaryPage.objects.get().terms]

    load(write(tmp_path, GLOSSARY.replace("A machine outside", "A machine standing outside")))

    assert [block.id for block in GlossaryPage.objects.get().terms] == before


def test_translation_is_loaded_beside_its_source(
    client: Client, amara: User, tmp_path: Path
) -> None:
    write(tmp_path)
    text = GLOSSARY.replace("language: en", "language: es").replace("title: Gloss", "title: Glos")
    write(tmp_path, text.replace("ECMO", "ñandú"), "es/glossary.yaml")
    load(tmp_path)
    client.force_login(amara)

    assert "ñandú" in client.get(f"{URL}?lang=es").text
    assert "ECMO" in client.get(f"{URL}?lang=en").text
    assert GlossaryPage.objects.values("translation_key").distinct().count() == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("page: language\n", "page: nowhere\n", "There is no module or lesson “nowhere”."),
        ("page: language/what", "page: language/who", "There is no module or lesson"),
        ("term: édition", "term: teach-back", "stands already in line 4."),
        ("term: édition", "term: TEACH-back", "stands already in line 4."),
        ("    definition: A machine outside the body.\n", "", "has “term” and “definition”"),
        ("A machine outside the body.", "x" * 301, "has 301 characters"),
        ("term: ECMO", "word: ECMO", "has “term” and “definition”"),
        ("title: Glossary", "title: Glossary\nauthor: me", "“author” is not a key"),
        ("language: en", "language: tlh", "is no language of this installation."),
        ("title: Glossary\n", "", "“title” is missing."),
        ("  - term: ECMO", "  - term: [", "glossary.yaml, line"),
        (GLOSSARY, "- a\n", "A glossary has “language”, “title” and “terms”."),
    ],
)
def test_fault_is_named_with_its_line(
    db: None, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    write(tmp_path, GLOSSARY.replace(old, new))

    printed = refusal(tmp_path)

    assert sentence in printed
    assert "glossary.yaml, line " in printed
    assert not GlossaryPage.objects.exists()
    assert not ModulePage.objects.exists()


def test_line_of_a_fault_is_that_of_its_term(db: None, tmp_path: Path) -> None:
    text = GLOSSARY.replace("page: language\n", "page: nowhere\n")
    write(tmp_path, text)

    assert f"line {line_of(text, '- term: édition')}: There is no module" in refusal(tmp_path)


def test_translation_without_source_is_refused(db: None, tmp_path: Path) -> None:
    write(tmp_path, GLOSSARY.replace("language: en", "language: es"))

    assert "It translates no glossary." in refusal(tmp_path)


def test_module_cannot_take_its_address(db: None, tmp_path: Path) -> None:
    folder = write_module(tmp_path)
    file = folder / "module.md"
    file.write_text(file.read_text().replace("slug: language", "slug: glossary"))

    assert "The address “glossary” is taken." in refusal(tmp_path)


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
