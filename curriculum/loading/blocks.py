"""Parts of a file as the blocks of a lesson."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..blocks import fault_of_answers
from .directives import Part
from .faults import Notes
from .markup import Found, to_html, to_inline
from .pictures import check_picture

# Ids of blocks come from the lesson's address and the id in the file, so they never change.
SPACE = uuid.UUID("6f0c9a52-4a0e-5c1b-9d0f-2a7be1f3c8d4")

FIELD = re.compile(r"^(title|alt|note):\s*(.*)$")
STEP = re.compile(r"^\d+[.)]\s+(.*)$")
CHOICE = re.compile(r"^[-*]\s*\[([ xX]?)\]\s*(.*)$")
EXPLANATION = re.compile(r"^\s*>\s?(.*)$")
RULE = re.compile(r"^\|?[\s:|-]+\|?$")
NUMERIC = re.compile(r"^[\d\s.,:%+–−-]+$")

Block = dict[str, Any]


@dataclass
class Builder:
    """Builds the blocks of one lesson and notes what is wrong."""

    lesson: str
    folder: Path
    notes: Notes
    demo: bool = False
    pictures: dict[str, tuple[Path, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        """The lasting id of a block, from its name in the file."""
        return str(uuid.uuid5(SPACE, f"{self.lesson}/{name}"))

    def item(self, value: Any, name: str) -> Block:
        """A line of a list."""
        return {"type": "item", "value": value, "id": self.id_of(name)}

    def build(self, parts: list[Part]) -> list[Block]:
        """Every part as a block; what cannot be one is noted and left out."""
        built: list[Block] = []
        named: dict[str, int] = {}
        before = "start"
        for part in parts:
            name = f"{before}/text" if part.kind == "text" else part.id
            self.check_name(part, named)
            make = KINDS.get(part.kind)
            if make is None:
                known = ", ".join(sorted(set(KINDS) - {"text"}))
                self.notes.add(part.line, f"“{part.kind}” is not a kind of block: {known}.")
                continue
            self.check_attributes(part)
            before = part.id or before
            built.append({"type": part.kind, "value": make(self, part), "id": self.id_of(name)})
            self.lines[built[-1]["id"]] = part.line
        return built

    def check_name(self, part: Part, named: dict[str, int]) -> None:
        """Every block has an id of its own: answers and translations hang on it."""
        if part.kind == "text":
            return
        if not part.id:
            self.notes.add(part.line, "The block has no id: write {#some-name} behind its kind.")
        elif part.id in named:
            first = named[part.id]
            self.notes.add(part.line, f"The id “{part.id}” is used already in line {first}.")
        named.setdefault(part.id, part.line)

    def check_attributes(self, part: Part) -> None:
        """An attribute that nobody reads is a slip of the pen."""
        known = ATTRIBUTES.get(part.kind, set())
        for name in sorted({*part.attributes, *part.flags} - known):
            self.notes.add(part.line, f"“{name}” means nothing for a {part.kind}.")

    def rich(self, part: Part, text: str | None = None, *, headings: bool = False) -> str:
        """Markdown as rich text."""
        found: Found = []
        html = to_html(part.text if text is None else text, found, headings=headings)
        for offset, sentence in found:
            self.notes.add(part.at(offset), sentence)
        if not html.strip():
            self.notes.add(part.line, f"The {part.kind} is empty.")
        return html

    def need(self, part: Part, name: str, sentence: str) -> str:
        """An attribute that has to be there."""
        value = part.attributes.get(name, "")
        if not value:
            self.notes.add(part.line, sentence)
        return value


def text(build: Builder, part: Part) -> str:
    """Running text."""
    return build.rich(part, headings=True)


def vignette(build: Builder, part: Part) -> Block:
    """A scene. Who agreed to it is part of the demo, as the people in it are invented."""
    agreed = part.attributes.get("agreed-with", "") if build.demo else ""
    return {"text": build.rich(part), "agreed_with": agreed}


def fact(build: Builder, part: Part) -> Block:
    """A fact with its source."""
    missing = "A fact names its source: source=key."
    return {"text": build.rich(part), "source": build.need(part, "source", missing)}


def quote(build: Builder, part: Part) -> Block:
    """Somebody's words; in these files the people are invented unless marked `real`."""
    by = build.need(part, "by", "A quote says who speaks: by=“Name, work, place”.")
    words = " ".join(part.text.split())
    if not words:
        build.notes.add(part.line, "The quote is empty.")
    return {"text": words, "by": by, "invented": "real" not in part.flags}


def steps(build: Builder, part: Part) -> Block:
    """Numbered lines; a line that is indented goes on with the one before."""
    found: list[tuple[int, str]] = []
    for offset, line in enumerate(part.lines):
        match = STEP.match(line)
        if match:
            found.append((offset, match[1]))
        elif line.strip() and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif line.strip():
            build.notes.add(part.at(offset), "Steps are numbered lines: “1. Ask the host team.”")
    if len(found) < 2:
        build.notes.add(part.line, "Steps need at least two numbered lines.")
    items = []
    for number, (offset, words) in enumerate(found, 1):
        wrong: Found = []
        items.append(build.item(to_inline(words, wrong), f"{part.id}/{number}"))
        for _line, sentence in wrong:
            build.notes.add(part.at(offset), sentence)
    return {"steps": items}


def figure(build: Builder, part: Part) -> Block:
    """A picture in words, in numbers and as a file."""
    fields, table = fields_and_table(build, part)
    for name in ("title", "alt"):
        if not fields[name]:
            build.notes.add(part.line, f"The figure has no “{name}:” line.")
    file = build.need(part, "svg", "The figure names its file: svg=“figures/name.svg”.")
    path = build.folder / file
    if file and not (path.is_file() and path.resolve().is_relative_to(build.folder.resolve())):
        build.notes.add(part.line, f"There is no file “{file}” beside the lesson.")
    elif file:
        check_picture(path, part.line, build.notes)
        build.pictures[build.id_of(part.id)] = (path, fields["title"])
    return {
        "title": fields["title"],
        "image": None,
        "alt": fields["alt"],
        "table": table,
        "note": fields["note"],
        "source": part.attributes.get("source", ""),
    }


def table(build: Builder, part: Part) -> Block:
    """A table in the text."""
    fields, grid = fields_and_table(build, part)
    if not fields["title"]:
        build.notes.add(part.line, "The table has no “title:” line.")
    return {
        "title": fields["title"],
        "table": grid,
        "note": fields["note"],
        "source": part.attributes.get("source", ""),
    }


def fields_and_table(build: Builder, part: Part) -> tuple[dict[str, str], Block]:
    """The `title:`, `alt:` and `note:` lines of a part, and its table."""
    fields = {"title": "", "alt": "", "note": ""}
    rows: list[tuple[int, list[str]]] = []
    rule: list[str] = []
    for offset, line in enumerate(part.lines):
        match = FIELD.match(line)
        if match:
            fields[match[1]] = match[2].strip()
        elif line.lstrip().startswith("|") and RULE.match(line.strip()):
            rule = cells(line)
        elif line.lstrip().startswith("|"):
            rows.append((offset, cells(line)))
        elif line.strip():
            build.notes.add(
                part.at(offset), "Here stand “title:”, “alt:”, “note:” and the lines of a table."
            )
    return fields, grid_of(build, part, rows, rule)


def cells(line: str) -> list[str]:
    """The cells of a line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def grid_of(
    build: Builder, part: Part, rows: list[tuple[int, list[str]]], rule: list[str]
) -> Block:
    """The table as the CMS keeps it. Columns of numbers are set flush to their end."""
    if len(rows) < 2 or not rule:
        build.notes.add(part.line, f"The {part.kind} has no table with headings and a row.")
        return {"columns": [], "rows": [], "caption": ""}
    (_first, headings), *body = rows
    for offset, row in body:
        if len(row) != len(headings):
            build.notes.add(
                part.at(offset), f"The row has {len(row)} cells, the heading {len(headings)}."
            )
    if not all(headings):
        build.notes.add(part.at(rows[0][0]), "A column has no heading.")
    values = [(row + [""] * len(headings))[: len(headings)] for _offset, row in body]
    kinds = [
        "number" if is_number(n, rule, [row[n] for row in values]) else "text"
        for n in range(len(headings))
    ]
    return {
        "columns": [
            {"type": kind, "heading": heading}
            for kind, heading in zip(kinds, headings, strict=True)
        ],
        "rows": [{"values": row} for row in values],
        "caption": "",
    }


def is_number(column: int, rule: list[str], values: list[str]) -> bool:
    """Marked with `--:`, or nothing but figures; never the first column."""
    if column == 0:
        return False
    marked = column < len(rule) and rule[column].endswith(":") and not rule[column].startswith(":")
    return marked or all(NUMERIC.match(value) for value in values)


def check(build: Builder, part: Part) -> Block:
    """A question, its answers, and what is said about each."""
    question: list[str] = []
    choices: list[dict[str, Any]] = []
    places: list[int] = []
    for offset, line in enumerate(part.lines):
        if match := CHOICE.match(line):
            choices.append({"text": match[2].strip(), "right": match[1] in "xX" and match[1] != ""})
            choices[-1]["explanation"] = ""
            places.append(part.at(offset))
        elif (match := EXPLANATION.match(line)) and choices:
            so_far = choices[-1]["explanation"]
            choices[-1]["explanation"] = f"{so_far} {match[1].strip()}".strip()
        elif line.strip() and not choices:
            question.append(line.strip())
        elif line.strip():
            build.notes.add(part.at(offset), "After the answers, only “- [ ]” and “>” lines stand.")
    refuse_check(build, part, question, choices, places)
    return {
        "question": " ".join(question),
        "multiple": "multiple" in part.flags,
        "choices": [
            build.item(choice, f"{part.id}/{number}") for number, choice in enumerate(choices, 1)
        ],
    }


def refuse_check(
    build: Builder,
    part: Part,
    question: list[str],
    choices: list[dict[str, Any]],
    places: list[int],
) -> None:
    """Note what is wrong with a check."""
    if not question:
        build.notes.add(part.line, "The check asks nothing.")
    if len(choices) < 2:
        build.notes.add(part.line, "The check needs at least two answers.")
        return
    for choice, line in zip(choices, places, strict=True):
        if not choice["text"]:
            build.notes.add(line, "The answer is empty.")
        if not choice["explanation"]:
            build.notes.add(line, "The answer has no explanation: a line below it that begins “>”.")
    right = sum(choice["right"] for choice in choices)
    several = "multiple" in part.flags
    sentence = {
        0: "No answer is marked as right with “[x]”.",
        len(choices): "Every answer is right: there is nothing to choose.",
    }.get(right, "Several answers are right: mark the check “multiple”, or leave one.")
    if fault_of_answers(right, len(choices), multiple=several):
        build.notes.add(part.line, sentence)


KINDS: dict[str, Callable[[Builder, Part], Any]] = {
    "text": text,
    "vignette": vignette,
    "fact": fact,
    "figure": figure,
    "quote": quote,
    "table": table,
    "steps": steps,
    "check": check,
}
ATTRIBUTES = {
    "vignette": {"agreed-with"},
    "fact": {"source"},
    "figure": {"source", "svg"},
    "quote": {"by", "real"},
    "table": {"source"},
    "check": {"multiple"},
}
