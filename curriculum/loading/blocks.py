"""Parts of a file as the blocks of a lesson."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..blocks import fault_of_answers
from .directives import Part
from .faults import Notes
from .identity import Names
from .markup import Found, to_html, to_inline
from .pictures import beside, check_picture
from .plain import goes_on, meant, together, trimmed
from .recordings import Recording, read_recording

FIELD = re.compile(r"^(title|alt|note|caption|picture):\s*(.*)$")
STEP = re.compile(r"^\d+[.)]\s+(.*)$")
CHOICE = re.compile(r"^[-*]\s*\[([ xX]?)\]\s*(.*)$")
EXPLANATION = re.compile(r"^\s*>\s?(.*)$")
RULE = re.compile(r"^\|?[\s:|-]+\|?$")
NUMERIC = re.compile(r"^[\d\s.,:%+–−-]+$")

Block = dict[str, Any]


@dataclass
class Builder:
    """Builds the blocks of one lesson and notes what is wrong."""

    names: Names
    folder: Path
    notes: Notes
    demo: bool = False
    media: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, tuple[Path, str]] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        """The lasting id of a block, from its name in the file."""
        return self.names.id_of(name)

    def item(self, value: Any, name: str) -> Block:
        """A line of a list."""
        return {"type": "item", "value": value, "id": self.id_of(name)}

    def build(self, parts: list[Part]) -> list[Block]:
        """Every part as a block; what cannot be one is noted and left out."""
        built: list[Block] = []
        named: dict[str, int] = {}
        before = "start"
        for part in parts:
            name = part.id if part.marked else f"{before}/text"
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
        if not part.marked:
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
    """A scene. Who agreed to it is read with the demo, unless marked `real`."""
    read = build.demo or "real" in part.flags
    agreed = part.attributes.get("agreed-with", "") if read else ""
    return {"text": build.rich(part), "agreed_with": agreed}


def fact(build: Builder, part: Part) -> Block:
    """A fact with its source."""
    missing = "A fact names its source: source=key."
    return {"text": build.rich(part), "source": build.need(part, "source", missing)}


def quote(build: Builder, part: Part) -> Block:
    """Somebody's words; in these files the people are invented unless marked `real`."""
    by = build.need(part, "by", "A quote says who speaks: by=“Name, work, place”.")
    words = together([line for line in part.lines if line.strip()])
    if not words:
        build.notes.add(part.line, "The quote is empty.")
    return {"text": words, "by": by, "invented": "real" not in part.flags}


def steps(build: Builder, part: Part) -> Block:
    """Numbered lines; what is indented goes on with the one before, after a gap as a paragraph."""
    found: list[tuple[int, list[str]]] = []
    for offset, line in enumerate(part.lines):
        match = STEP.match(line)
        if match:
            found.append((offset, [match[1]]))
        elif line.strip() and found:
            paragraphs = found[-1][1]
            if part.lines[offset - 1].strip():
                paragraphs[-1] += f"\n{line.strip()}"
            else:
                paragraphs.append(line.strip())
        elif line.strip():
            build.notes.add(part.at(offset), "Steps are numbered lines: “1. Ask the host team.”")
    if len(found) < 2:
        build.notes.add(part.line, "Steps need at least two numbered lines.")
    items = []
    for number, (offset, words) in enumerate(found, 1):
        wrong: Found = []
        html = "".join(to_inline(paragraph, wrong) for paragraph in words)
        items.append(build.item(html, f"{part.id}/{number}"))
        for _line, sentence in wrong:
            build.notes.add(part.at(offset), sentence)
    return {"steps": items}


def figure(build: Builder, part: Part) -> Block:
    """A picture in words, in numbers and as a file."""
    fields, table = fields_and_table(build, part)
    for name in ("title", "alt"):
        if not fields[name]:
            build.notes.add(part.line, f"The figure has no “{name}:” line.")
    name = "image" if "image" in part.attributes else "svg"
    file = build.need(part, name, "The figure names its file: svg=“figures/name.svg”.")
    path = beside(build.folder, file, part.line, build.notes)
    if path:
        check_picture(path, part.line, build.notes)
        build.pictures[build.id_of(part.id)] = (path, fields["picture"] or fields["title"])
    return {
        "title": fields["title"],
        "image": None,
        "alt": fields["alt"],
        "table": table,
        "note": fields["note"],
        "source": part.attributes.get("source", ""),
    }


def recording(build: Builder, part: Part) -> Block:
    """Audio or video, with its captions and transcript, which the values at the top name."""
    fields, _grid = fields_and_table(build, part, table=False)
    if not fields["title"]:
        build.notes.add(part.line, "The recording has no “title:” line.")
    file = build.need(part, "media", "The recording names its file: media=“media/name.mp3”.")
    path = beside(build.folder, file, part.line, build.notes)
    if path:
        about = build.media.get(part.id)
        found = read_recording(build.folder, path, about, part.line, build.notes)
        if found:
            build.recordings[build.id_of(part.id)] = found
    return {"media": None, "title": fields["title"], "source": part.attributes.get("source", "")}


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


def fields_and_table(
    build: Builder, part: Part, *, table: bool = True
) -> tuple[dict[str, str], Block]:
    """The lines of a part that begin with a word like `title:`, and its table."""
    fields = {"title": "", "alt": "", "note": "", "caption": "", "picture": ""}
    rows: list[tuple[int, list[str]]] = []
    rule: list[str] = []
    name, parts = "", list[str]()
    for offset, line in enumerate(part.lines):
        match = FIELD.match(line)
        if parts and goes_on(trimmed(parts[-1])):
            parts.append(line)
            fields[name] = together(parts)
        elif match:
            name, parts = match[1], [match[2]]
            fields[name] = together(parts)
        elif line.lstrip().startswith("|") and RULE.match(line.strip()) and not rule:
            rule = cells(line)
        elif line.lstrip().startswith("|"):
            rows.append((offset, cells(line)))
        elif line.strip():
            build.notes.add(
                part.at(offset), "Here stand “title:”, “alt:”, “note:” and the lines of a table."
            )
    if not table:
        return fields, {}
    return fields, grid_of(build, part, rows, rule) | {"caption": fields["caption"]}


def cells(line: str) -> list[str]:
    """The cells of a line of a table."""
    found = [""]
    for sign in re.findall(r"\\?.", line.strip().removeprefix("|")):
        if sign == "|":
            found.append("")
        else:
            found[-1] += sign
    if len(found) > 1 and not found[-1].strip():
        found.pop()
    return [meant(trimmed(cell)) for cell in found]


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
    """Marked with `--:`, or nothing but figures and not marked; never the first column unmarked."""
    mark = rule[column] if column < len(rule) else ""
    if mark.startswith(":") or mark.endswith(":"):
        return not mark.startswith(":")
    return column > 0 and all(NUMERIC.match(value) for value in values)


def check(build: Builder, part: Part) -> Block:
    """A question, its answers, and what is said about each."""
    question: list[str] = []
    choices: list[dict[str, Any]] = []
    places: list[int] = []
    for offset, line in enumerate(part.lines):
        if match := CHOICE.match(line):
            choices.append({"text": match[2], "right": match[1] in "xX" and match[1] != ""})
            choices[-1]["explanation"] = []
            places.append(part.at(offset))
        elif (match := EXPLANATION.match(line)) and choices:
            choices[-1]["explanation"].append(match[1])
        elif line.strip() and not choices:
            question.append(line)
        elif line.strip():
            build.notes.add(part.at(offset), "After the answers, only “- [ ]” and “>” lines stand.")
    for choice in choices:
        choice["text"] = together([choice["text"]])
        choice["explanation"] = together(choice["explanation"])
    refuse_check(build, part, question, choices, places)
    return {
        "question": together(question),
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
    "recording": recording,
    "quote": quote,
    "table": table,
    "steps": steps,
    "check": check,
}
ATTRIBUTES = {
    "vignette": {"agreed-with", "real"},
    "fact": {"source"},
    "figure": {"source", "svg", "image"},
    "recording": {"source", "media"},
    "quote": {"by", "real"},
    "table": {"source"},
    "check": {"multiple"},
}
