"""A file that does not hold is refused with its place, and nothing is changed."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from publishing.models import Edition, Image
from tests.curriculum.files import LESSON, MODULE, line_of, write_module

pytestmark = pytest.mark.django_db

CHOICE = "- [x] Give it again in two sentences\n  > A small piece can be said whole."

# name: (what is replaced in the lesson, by what, words near the fault's line, sentence)
LESSONS: dict[str, tuple[str, str, str, str]] = {
    "unknown source of a fact": (
        "#errors source=flores2012",
        "#errors source=nobody",
        "source=nobody",
        "“nobody” is cited",
    ),
    "unknown source in the text": ("[@ward2014]", "[@ghost]", "[@ghost]", "“ghost” is cited"),
    "figure without alt": (
        "alt: Bars. Untrained helper 22 percent, professional 2.\n",
        "",
        "::: figure",
        "has no “alt:” line",
    ),
    "figure without title": (
        "title: 2 % with 100 hours, 22 % without\n",
        "",
        "::: figure",
        "has no “title:” line",
    ),
    "figure without table": (
        "| A helper | 22 % | 27 |\n| A professional | 2 % | not in the summary |\n",
        "",
        "::: figure",
        "has no table",
    ),
    "figure without file": (
        ' svg="figures/shares.svg"',
        "",
        "::: figure",
        "names its file",
    ),
    "file that is not there": ("figures/shares", "figures/lost", "::: figure", "no file"),
    "file outside of the folder": (
        "figures/shares.svg",
        "../../../etc/passwd",
        "::: figure",
        "no file",
    ),
    "file that is no drawing": ("figures/shares.svg", "module.md", "::: figure", "not an SVG"),
    "row with too many cells": (
        "| A helper | 22 % | 27 |",
        "| A helper | 22 % | 27 | 4 |",
        "| A helper",
        "4 cells",
    ),
    "choice without explanation": (
        CHOICE,
        "- [x] Give it again in two sentences",
        "- [x] Give it",
        "no explanation",
    ),
    "no right answer": ("- [x] Give", "- [ ] Give", "{#short}", "No answer is marked"),
    "two right answers": ("- [ ] Go on", "- [x] Go on", "{#short}", "Every answer is right"),
    "several right answers unannounced": (
        "{#several multiple}",
        "{#several}",
        "{#several}",
        "Several answers are right",
    ),
    "check without a question": (
        "The helper takes eight seconds. What do you do first?\n",
        "",
        "{#short}",
        "asks nothing",
    ),
    "repeated id": ("{#counted}", "{#tonight}", "::: steps", "is used already"),
    "block without id": ("quote {#interrupt by", "quote {by", "::: quote", "has no id"),
    "unknown kind": ("::: quote", "::: qoute", "::: qoute", "not a kind of block"),
    "unknown attribute": ("{#counted}", "{#counted colour=red}", "::: table", "“colour”"),
    "braces that cannot be read": ("{#counted}", "{#counted !}", "::: table", "cannot be read"),
    "block that is not closed": (
        "57 visits, 1,884 errors.\n:::",
        "57 visits, 1,884 errors.",
        "::: fact",
        "not closed",
    ),
    "closing without a block": ("- one\n", ":::\n- one\n", ":::\n- one", "none is open"),
    "fact without source": (" source=flores2012}\n57", "}\n57", "::: fact", "names its source"),
    "quote of nobody": (' by="Sister Agnes Tarimo, Kilimari"', "", "::: quote", "who speaks"),
    "steps that are not numbered": ("2. Brief", "Brief", "::: steps", "at least two"),
    "heading of the first order": ("## You", "# You", "# You", "Headings are of the second"),
    "heading in a block": ("57 visits", "## 57 visits", "## 57", "does not belong"),
    "HTML": ("Rehema did not lie.", "Rehema <b>did</b> not lie.", "<b>did</b>", "HTML"),
    "picture in the text": ("- one", "![x](y.png)\n\n- one", "![x]", "::: figure"),
    "link without a scheme": ("- two", "- [two](/people/)", "- [two", "A link begins with"),
    "wrong number": ('"3.1"', '"4.1"', "lesson:", "module is number 3"),
    "number that is none": ('"3.1"', '"three"', "lesson:", "like “3.1”"),
    "missing title": ("title: What an interpreter catches\n", "", "---", "“title” is missing"),
    "unknown key": ("minutes: 10", "minuets: 10", "minuets", "“minuets” is not a key"),
    "unknown theme": ("[C, K]", "[C, X]", "themes:", "“X” is not a theme"),
    "outcome of another module": (
        "serves:\n  - brief",
        "serves:\n  - fly",
        "serves:",
        "no outcome of the module",
    ),
    "source without a citation": (
        'ward2014: {read: table 1, cite: "BMC Med Educ 2014;14:187."}',
        "ward2014: {read: table 1}",
        "ward2014:",
        "has no “cite”",
    ),
    "key of a source with a capital": (
        "ward2014",
        "Ward2014",
        "Ward2014:",
        "Small letters, digits",
    ),
    "unknown kind of change": ("kind: re-read", "kind: big", "change:", "kind of a change"),
    "values that are not YAML": ("themes: [C, K]", "themes: [C, K", "", "values at the top"),
    "no values": (LESSON[: LESSON.index("::: vig")], "", "", "begins with values"),
    "another language": ("language: en", "language: es", "language:", "language is “en”"),
    "summary too long": ("ten seconds come out", "x" * 300, "summary:", "200 are allowed"),
    "answer too long": ("Go on: he nodded", "x" * 301, "::: check", "at most 300"),
}  # fmt: skip

MODULES: dict[str, tuple[str, str, str, str]] = {
    "heading below the values": ("Four", "## Four", "## Four", "A heading does not belong"),
    "unknown key": ("open: true", "opne: true", "opne", "not a key"),
    "open that is not a switch": ("open: true", "open: maybe", "open:", "true or false"),
    "unknown moment": ("required: departure", "required: always", "required:", "one of"),
    "months in words": ("24", "two years", "validity_months", "whole number"),
    "no outcomes": (MODULE[MODULE.index("outcomes:") : MODULE.index("competencies:")], "", "---",
                    "“outcomes” is missing"),
    "competency without a name": (", name: Communication with patients", "", "competencies:",
                                  "has “framework”"),
    "unknown module before": ("open: true", "prerequisites: [nothing]", "prerequisites",
                              "no module “nothing”"),
    "unknown language": ("language: en", "language: tlh", "language:", "no language of this"),
    "translation of nothing": ("language: en", "language: es", "slug:", "translates no module"),
    "unknown word about the demo": ("  reviewer: S", "  rewiever: S", "rewiever", "“rewiever”"),
    "author without a country": (", country: United States", "", "authors:", "“country”"),
}  # fmt: skip


def refused(folder: Path, *arguments: str) -> list[str]:
    """What the command says of the folder, one fault a line."""
    said = StringIO()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_curriculum", str(folder), *arguments, stdout=said, stderr=said)
    assert Edition.objects.count() == 0
    assert Image.objects.count() == 0
    assert Page.objects.count() == 3
    return said.getvalue().splitlines()


@pytest.mark.parametrize("name", LESSONS)
def test_lesson_that_does_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    old, new, place, sentence = LESSONS[name]
    assert old in LESSON
    lesson = LESSON.replace(old, new)
    folder = write_module(tmp_path, lesson)

    said = refused(folder)

    path = folder / "1-what-gets-lost.md"
    where = f"{path}, line {line_of(lesson, place)}: " if place else f"{path}, line "
    found = [line for line in said if line.startswith(where) and sentence in line]
    assert found, "\n".join(said)


@pytest.mark.parametrize("name", MODULES)
def test_module_that_does_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    old, new, place, sentence = MODULES[name]
    assert old in MODULE
    module = MODULE.replace(old, new)
    folder = write_module(tmp_path, module=module)

    said = refused(folder)

    where = f"{folder / 'module.md'}, line {line_of(module, place)}: "
    assert [line for line in said if line.startswith(where) and sentence in line], "\n".join(said)


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    lesson = LESSON.replace("[@ward2014]", "[@ghost]").replace("- [x] Give", "- [ ] Give")

    assert len(refused(write_module(tmp_path, lesson))) == 2


def test_drawing_with_a_script_is_refused(tmp_path: Path) -> None:
    folder = write_module(tmp_path)
    (folder / "figures" / "shares.svg").write_text("<svg><script>alert(1)</script></svg>")

    assert "holds a script" in refused(folder)[0]


def test_lesson_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = write_module(tmp_path)
    (folder / "1-what-gets-lost.md").write_bytes(b"---\nlesson: \xff\xfe\n---\n")

    assert any("UTF-8" in line for line in refused(folder))


def test_two_lessons_of_one_number_are_refused(tmp_path: Path) -> None:
    folder = write_module(tmp_path)
    (folder / "2-again.md").write_text(LESSON)

    said = "\n".join(refused(folder))

    assert "is the slug of 1-what-gets-lost.md too" in said
    assert "is the lesson of 1-what-gets-lost.md too" in said


def test_module_without_lessons_is_refused(tmp_path: Path) -> None:
    folder = write_module(tmp_path)
    (folder / "1-what-gets-lost.md").unlink()

    assert "no lessons beside" in refused(folder)[0]


def test_demo_without_its_institutions_is_refused(tmp_path: Path) -> None:
    said = refused(write_module(tmp_path), "--demo")

    assert "There is no institution “harrow-lake”." in said[0]


def test_one_bad_module_keeps_the_good_one_out(tmp_path: Path) -> None:
    write_module(tmp_path / "good")
    other = MODULE.replace("slug: language", "slug: other")
    write_module(tmp_path / "bad", LESSON.replace("[@ward2014]", "[@ghost]"), other)

    assert len(refused(tmp_path)) == 1
