"""What the shipped lessons promise, block by block: sources, checks, outcomes, length.

Words are those that the product counts for its minutes: running text, scenes, facts, quotes, steps,
and the titles and notes of figures and tables; the cells of tables and the checks do not count.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from curriculum.faults import CITATION
from curriculum.frameworks import frameworks
from curriculum.loading.glossary_file import GlossaryFile
from curriculum.loading.lesson_file import LessonFile
from curriculum.loading.module_file import ModuleFile
from tests.curriculum.shipped import (
    all_blocks,
    blocks,
    glossaries,
    lesson_name,
    lessons,
    module_name,
    modules,
)

every_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lesson_name)
every_module = pytest.mark.parametrize("module", modules(), ids=module_name)

FEWEST_WORDS, MOST_WORDS = 900, 1400
FEWEST_FIGURES, FEWEST_TABLES = 16, 8


def test_every_file_is_accepted() -> None:
    faults = [str(fault) for module in modules() for fault in module.faults]
    faults += [str(fault) for glossary in glossaries() for fault in glossary.notes.faults]

    assert faults == []


@every_lesson
def test_every_source_is_cited(lesson: LessonFile) -> None:
    body = lesson.fields["body"]
    cited = {block.value["source"] for block in blocks(lesson, "fact", "figure", "table")}
    cited |= set(CITATION.findall(str(body)))

    assert {source["value"]["key"] for source in lesson.fields["sources"]} == cited - {""}


@every_lesson
def test_lesson_has_two_checks_or_more(lesson: LessonFile) -> None:
    assert len(blocks(lesson, "check")) >= 2


@every_lesson
def test_lesson_ends_on_monday(lesson: LessonFile) -> None:
    headings = re.findall(r"<h2>(.*?)</h2>", str(lesson.fields["body"]))

    assert headings[-1] == {"en": "On Monday", "es": "El lunes", "fr": "Lundi"}[lesson.language]


@every_lesson
def test_headings_step_down_one_by_one(lesson: LessonFile) -> None:
    orders = [int(n) for n in re.findall(r"<h([2-6])>", str(lesson.fields["body"]))]

    assert all(after <= before + 1 for before, after in zip([1, *orders], orders, strict=False))


@every_module
def test_lessons_serve_exactly_the_outcomes(module: ModuleFile) -> None:
    promised = {outcome["value"] for outcome in module.fields["outcomes"]}
    served = [{line["value"] for line in lesson.fields["serves"]} for lesson in module.lessons]

    assert set().union(*served) == promised
    assert all(served)


@every_module
def test_themes_of_lessons_are_those_of_the_module(module: ModuleFile) -> None:
    of_lessons = set("".join(lesson.fields["themes"] for lesson in module.lessons))

    assert set(module.fields["themes"]) <= of_lessons


@every_module
def test_module_asks_before_and_after(module: ModuleFile) -> None:
    assert len(module.fields["opinions"]) >= 2


@every_module
def test_module_points_further_and_says_how_to_get_there(module: ModuleFile) -> None:
    readings = [reading["value"] for reading in module.fields["further_reading"]]

    assert len(readings) >= 4
    assert all(reading["access"] and reading["gives"].endswith(".") for reading in readings)


@every_module
def test_module_names_author_lead_and_review_of_the_demo(module: ModuleFile) -> None:
    assert {"authors", "leading_institution"} <= module.behind.keys()


@pytest.mark.parametrize("module", [m for m in modules() if m.language == "en"], ids=module_name)
def test_competencies_have_the_names_of_their_framework(module: ModuleFile) -> None:
    names = {(f.key, entry.code): entry.name for f in frameworks() for entry in f.entries}

    assert module.competencies
    for line in module.competencies:
        assert names.get((line["framework"], line["code"])) == line["name"]


def test_anaesthesia_says_who_signs_before_it_is_used() -> None:
    intro = next(m.fields["intro"] for m in modules() if m.fields["number"] == 4)

    assert "Two people sign this module before anybody learns from it" in intro
    assert "the head of anaesthesia at the institution that uses it" in intro
    assert "an anaesthesia lead at the host institution" in intro


def test_ids_are_used_once_in_all_lessons() -> None:
    ids = [raw["id"] for lesson in lessons("en") for raw in lesson.fields["body"]]
    ids += [
        choice["id"]
        for block in all_blocks("check")
        if block.lesson.language == "en"
        for choice in block.value["choices"]
    ]

    assert [name for name, times in Counter(ids).items() if times > 1] == []


def test_there_are_enough_figures_and_tables() -> None:
    english = [block.kind for lesson in lessons("en") for block in blocks(lesson)]

    assert english.count("figure") >= FEWEST_FIGURES
    assert english.count("table") >= FEWEST_TABLES


@pytest.mark.parametrize("glossary", glossaries(), ids=lambda glossary: glossary.language)
def test_each_term_has_one_sentence(glossary: GlossaryFile) -> None:
    sentence = re.compile(r"[^.!?]+\.")

    assert [t.term for t in glossary.terms if not sentence.fullmatch(t.definition)] == []


@pytest.mark.parametrize("glossary", glossaries(), ids=lambda glossary: glossary.language)
def test_no_definition_repeats_its_term(glossary: GlossaryFile) -> None:
    assert [t.term for t in glossary.terms if t.definition.lower().startswith(t.term.lower())] == []
