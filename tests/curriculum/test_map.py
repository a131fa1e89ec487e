"""The competency map: from the pages' own fields, gaps in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from curriculum.frameworks import frameworks
from curriculum.models import Competency, CurriculumIndexPage, LessonPage, ModulePage
from people.models import User
from tests.curriculum.making import make_lesson, make_module, publish, translate

URL = "/curriculum/map/"


def competency(framework: str, code: str, name: str = "Ethics") -> Competency:
    """A competency as a page names it."""
    locale = Locale.objects.get(language_code="en")
    return Competency.objects.create(framework=framework, code=code, name=name, locale=locale)


def row(shown: str, code: str) -> str:
    """The row of a code, without tags but with its cells apart."""
    found = re.search(rf'<tr role="row"><th[^>]*><span class="soft">{code}</span>.*?</tr>', shown)
    assert found, code
    return re.sub(r"<[^>]+>", "|", found[0])


def test_competency_stands_below_its_module(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, competencies=[competency("CUGH", "6")])
    client.force_login(amara)

    shown = client.get(URL).text

    assert "|yes|" in row(shown, "6")
    assert 'data-l="Language"' in shown


def test_gap_is_said_in_words(client: Client, amara: User, module: ModulePage) -> None:
    client.force_login(amara)

    shown = client.get(URL).text

    assert "No module serves this yet." in row(shown, "PC6")
    assert "No module serves this yet." in row(shown, "T")
    assert "23 of them are served by no module." in shown


def test_themes_count_lessons(client: Client, amara: User, module: ModulePage) -> None:
    make_lesson(module, number=1, themes="C")
    make_lesson(module, "Second", number=2, themes="CE")
    client.force_login(amara)

    shown = client.get(URL).text

    assert "2 lessons" in row(shown, "C")
    assert "1 lesson|" in row(shown, "E")
    assert "|module|" in row(shown, "K")


def test_drafts_and_withdrawn_lessons_do_not_count(
    client: Client, amara: User, module: ModulePage
) -> None:
    make_lesson(module, themes="S").unpublish()
    client.force_login(amara)

    assert "No module serves this yet." in row(client.get(URL).text, "S")


def test_competency_of_no_known_framework_is_not_lost(
    client: Client, amara: User, module: ModulePage
) -> None:
    publish(module, competencies=[competency("House", "1", "Kindness")])
    client.force_login(amara)

    shown = client.get(URL).text

    assert "Other competencies that modules name" in shown
    assert "Kindness" in row(shown, "House 1")


def test_translation_is_the_same_module(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    publish(module, competencies=[competency("CUGH", "6")])
    translate(ModulePage.objects.get(), title="Idioma")
    client.force_login(amara)

    assert client.get(URL).text.count('<th role="columnheader"') == 6  # two in each of three tables


def test_translation_serves_what_its_source_serves(
    client: Client, amara: User, module: ModulePage
) -> None:
    translate(module, title="Idioma", competencies=[])
    publish(ModulePage.objects.get(pk=module.pk), competencies=[competency("CUGH", "6")])
    client.force_login(amara)

    shown = client.get(f"{URL}?lang=es").text

    assert 'data-l="Idioma"' in shown
    assert "colspan" not in str(re.search(r'">6</span>.*?</tr>', shown)[0])  # type: ignore[index]


def test_unread_names_are_owned_up_to(client: Client, amara: User, module: ModulePage) -> None:
    client.force_login(amara)

    shown = client.get(URL).text

    assert "Its name was not read yet" in row(shown, "11")
    assert "to be checked" in row(shown, "SBP1")
    assert "to be checked" not in row(shown, "PC1")


def test_sources_are_cited_with_their_doi(client: Client, amara: User, module: ModulePage) -> None:
    client.force_login(amara)

    shown = client.get(URL).text

    assert 'href="https://doi.org/10.1016/j.aogh.2015.03.006"' in shown
    assert "Anesthesiology Milestones, second revision" in shown


def test_visitors_sign_in_first(client: Client, db: None) -> None:
    assert client.get(URL).status_code == 302


def test_empty_curriculum_has_a_map_too(client: Client, amara: User) -> None:
    client.force_login(amara)

    assert "No module is published yet." in client.get(URL).text


@pytest.mark.parametrize("name", ["eleni", "ruth"])
def test_editors_and_coordinators_are_shown_the_way(
    client: Client, module: ModulePage, request: pytest.FixtureRequest, name: str
) -> None:
    client.force_login(request.getfixturevalue(name))

    assert reverse("curriculum:map") in client.get("/curriculum/").text


def test_learners_are_not_shown_the_way(client: Client, amara: User, module: ModulePage) -> None:
    client.force_login(amara)

    assert reverse("curriculum:map") not in client.get("/curriculum/").text


def test_growing_costs_no_queries(
    client: Client, amara: User, index: CurriculumIndexPage, django_assert_max_num_queries: Any
) -> None:
    ethics = competency("CUGH", "6")
    for number in range(6):
        module = make_module(index, f"Module {number}", number=number + 1)
        publish(module, competencies=[ethics])
        make_lesson(module, themes="C")
    client.force_login(amara)
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)


def test_codes_of_a_framework_differ() -> None:
    for framework in frameworks():
        codes = [entry.code for entry in framework.entries]
        assert len(codes) == len(set(codes))


def test_name_that_was_not_read_is_not_called_checked() -> None:
    unread = [e for one in frameworks() for e in one.entries if not e.name and e.is_checked]

    assert unread == []
