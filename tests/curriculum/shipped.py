"""The modules that come with Bothways, as their files say and as the loader reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.utils.html import strip_tags

from curriculum.faults import CITATION, strings
from curriculum.indexing import UNREAD
from curriculum.loading.glossary_file import GlossaryFile, find_glossaries, read_glossary
from curriculum.loading.lesson_file import LessonFile
from curriculum.loading.module_file import ModuleFile, find_folders, read_folder
from curriculum.management.commands.load_curriculum import CONTENT

HERE = Path(__file__).parent
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
AXIS = 3  # so many bare numbers on one line are an axis
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Block:
    """A block of a lesson, with the line on which it begins."""

    lesson: LessonFile
    kind: str
    value: Any
    line: int

    def __str__(self) -> str:
        return f"{self.lesson.path.name}, line {self.line}"

    @property
    def words(self) -> str:
        """What a reader reads in it."""
        return plain(self.value)


@cache
def modules() -> tuple[ModuleFile, ...]:
    """Every module of every language. The demo's names are read too."""
    return tuple(read_folder(folder, demo=True) for folder in find_folders([CONTENT]))


@cache
def glossaries() -> tuple[GlossaryFile, ...]:
    """The glossary of every language."""
    return tuple(read_glossary(path) for path in find_glossaries([CONTENT]))


def module_name(module: ModuleFile) -> str:
    """How a module is called in the list of tests."""
    return f"{module.language}-{module.fields['number']}"


def lessons(language: str = "") -> list[LessonFile]:
    """Every lesson, or those of a language."""
    found = [lesson for module in modules() for lesson in module.lessons]
    return [lesson for lesson in found if language in ("", lesson.language)]


def lesson_name(lesson: LessonFile) -> str:
    """How a lesson is called in the list of tests."""
    return f"{lesson.language}-{lesson.path.name.split('-')[0]}"


def blocks(lesson: LessonFile, *kinds: str) -> list[Block]:
    """The blocks of a lesson, of all kinds or of these."""
    return [
        Block(lesson, raw["type"], raw["value"], lesson.lines[raw["id"]])
        for raw in lesson.fields["body"]
        if not kinds or raw["type"] in kinds
    ]


def all_blocks(*kinds: str) -> list[Block]:
    """The blocks of these kinds in every lesson."""
    return [block for lesson in lessons() for block in blocks(lesson, *kinds)]


def plain(value: Any) -> str:
    """The strings of nested data that are read, a line each, without tags and citations."""
    kept = "\n".join(strings(readable(value)))
    spaced = re.sub(r"</(p|li|h2|h3)>|<br/>", "\n", kept)
    lines = unescape(strip_tags(CITATION.sub("", spaced))).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def readable(value: Any) -> Any:
    """Nested data without keys, ids and kinds."""
    if isinstance(value, dict):
        return {name: readable(part) for name, part in value.items() if name not in UNREAD}
    if isinstance(value, list):
        return [readable(part) for part in value]
    return value


def texts_of(module: ModuleFile) -> Iterator[tuple[str, str]]:
    """Where and what: everything a reader reads in a module, citations left out."""
    fields = module.fields
    for name in ("title", "summary", "intro", "outcomes", "opinions"):
        yield f"module {fields['number']}, {name}", plain(fields[name])
    for reading in fields["further_reading"]:
        yield f"module {fields['number']}, further reading", reading["value"]["gives"]
    for lesson in module.lessons:
        yield f"{lesson.path.name}, top", f"{lesson.fields['title']}\n{lesson.fields['summary']}"
        for block in blocks(lesson):
            yield str(block), block.words


def texts(language: str = "") -> list[tuple[str, str]]:
    """Where and what, for everything that is shipped in a language, or in all."""
    found = [
        text
        for module in modules()
        if language in ("", module.language)
        for text in texts_of(module)
    ]
    for glossary in glossaries():
        if language in ("", glossary.language):
            found += [
                (f"{glossary.path.name}, line {term.line}", f"{term.term}\n{term.definition}")
                for term in glossary.terms
            ]
    return found


def numbers(text: str) -> set[str]:
    """The numbers in a text, without the commas of thousands."""
    return {match.replace(",", "") for match in NUMBER.findall(text)}


def drawing(block: Block) -> Path:
    """The file of a figure."""
    build_id = next(raw["id"] for raw in block.lesson.fields["body"] if raw["value"] is block.value)
    return block.lesson.pictures[build_id][0]


def drawings() -> list[Path]:
    """Every drawing that is shipped."""
    return sorted(CONTENT.rglob("*.svg"))


def drawn_words(path: Path) -> list[str]:
    """What stands written in a drawing, without the numbers along an axis."""
    root = ElementTree.parse(path).getroot()
    words = [
        ("".join(element.itertext()).strip(), element.get("y"))
        for element in root.iter(f"{SVG}text")
    ]
    bare = Counter(y for text, y in words if NUMBER.fullmatch(text))
    return [text for text, y in words if not (NUMBER.fullmatch(text) and bare[y] >= AXIS)]


def listed(name: str) -> list[str]:
    """The lines of a list beside the tests; `#` begins a remark."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
