"""What the prose of the lessons promises: sources that last, checks that teach, pictures said."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from curriculum.faults import CITATION
from curriculum.loading.lesson_file import LessonFile
from curriculum.loading.module_file import ModuleFile
from tests.curriculum.shipped import (
    NUMBER,
    blocks,
    drawing,
    drawn_words,
    lesson_name,
    lessons,
    module_name,
    modules,
    numbers,
)

every_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lesson_name)
every_module = pytest.mark.parametrize("module", modules(), ids=module_name)

# What leads a reader to the very text in ten years: a DOI, an index, a book's number, a law or rule
# of a state by its section, an official address.
STABLE = re.compile(
    r"\bdoi 10\.\d|PMC\d{5}|PMID:? ?\d{5}|ISBN|\bC\.?F\.?R\b|\bU\.S\.C\.|\bPub\. ?L\.|\bFAM \d|https://",
    re.IGNORECASE,
)
# A block without a source says in its own words that its numbers are nobody's findings.
OURS = re.compile(
    r"\b(?:invented|example|advice|inventad[ao]s?|ejemplo|consejo|inventée?s?|exemple|conseil)\b",
    re.IGNORECASE,
)
SHORTEST_EXPLANATION, SHORTEST_ALT = 20, 30
AXIS_ENDS = {"0", "100"}


@every_lesson
def test_sources_can_be_found_in_ten_years(lesson: LessonFile) -> None:
    sources = [source["value"] for source in lesson.fields["sources"]]

    assert [s["key"] for s in sources if not STABLE.search(s["citation"])] == []


@every_lesson
def test_numbers_have_a_source_or_are_called_invented(lesson: LessonFile) -> None:
    bare = [
        str(block)
        for block in blocks(lesson, "fact", "figure", "table")
        if NUMBER.search(block.words)
        and not block.value["source"]
        and not CITATION.search(str(block.value))
        and not OURS.search(block.words)
    ]

    assert bare == []


@every_lesson
def test_every_choice_is_explained_without_a_verdict(lesson: LessonFile) -> None:
    poor = [
        f"{block}: {choice['value']['explanation']}"
        for block in blocks(lesson, "check")
        for choice in block.value["choices"]
        if len(choice["value"]["explanation"]) < SHORTEST_EXPLANATION
        or "incorrect" in choice["value"]["explanation"].lower()
    ]

    assert poor == []


@every_module
def test_right_answer_is_not_given_away_by_its_length(module: ModuleFile) -> None:
    checks = [block for lesson in module.lessons for block in blocks(lesson, "check")]
    given_away = []
    for block in checks:
        choices = [choice["value"] for choice in block.value["choices"]]
        longest = max(choices, key=lambda choice: len(choice["text"]))
        given_away += [str(block)] if longest["right"] else []

    assert len(given_away) <= len(checks) / 2, given_away


@every_module
def test_right_answer_stands_in_no_fixed_place(module: ModuleFile) -> None:
    places = Counter(
        next(n for n, choice in enumerate(block.value["choices"]) if choice["value"]["right"])
        for lesson in module.lessons
        for block in blocks(lesson, "check")
        if not block.value["multiple"]
    )

    assert max(places.values()) <= places.total() * 2 / 3, places


@every_lesson
def test_alternative_text_repeats_the_numbers_of_the_title(lesson: LessonFile) -> None:
    for block in blocks(lesson, "figure"):
        said = numbers(block.value["alt"])
        rounded = {str(round(float(number))) for number in said}

        assert len(block.value["alt"]) >= SHORTEST_ALT, str(block)
        assert numbers(block.value["title"]) - said - rounded - AXIS_ENDS == set(), str(block)


@every_lesson
def test_alternative_text_has_numbers_where_the_drawing_has(lesson: LessonFile) -> None:
    for block in blocks(lesson, "figure"):
        drawn = set().union(*map(numbers, drawn_words(drawing(block)))) - AXIS_ENDS

        assert not drawn or numbers(block.value["alt"]), str(block)


@every_lesson
def test_no_number_stands_in_the_drawing_alone(lesson: LessonFile) -> None:
    citations = {s["value"]["key"]: s["value"]["citation"] for s in lesson.fields["sources"]}
    for block in blocks(lesson, "figure"):
        drawn = set().union(*map(numbers, drawn_words(drawing(block))))
        said = numbers(f"{block.words} {citations.get(block.value['source'], '')}")

        assert drawn - said - AXIS_ENDS == set(), str(block)
