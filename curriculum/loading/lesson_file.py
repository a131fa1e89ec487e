"""One lesson from one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publishing.models import Edition

from ..faults import lesson_faults
from ..themes import Theme
from .blocks import Builder
from .directives import cut
from .faults import Notes
from .frontmatter import FrontMatter, read_front_matter
from .identity import Names, ids_of, refuse_unused
from .links import Target, targets_of
from .recordings import Recording

KEYS = {
    "lesson",
    "slug",
    "title",
    "summary",
    "minutes",  # allowed and not read: minutes are computed
    "language",
    "themes",
    "serves",
    "sources",
    "change",
    "media",  # title, captions and transcript of each recording
    "ids",  # lasting ids of blocks that were made in the CMS
}


@dataclass
class LessonFile:
    """What a lesson's file says."""

    path: Path
    number: int
    slug: str
    fields: dict[str, Any]
    pictures: dict[str, tuple[Path, str]]
    notes: Notes
    front: FrontMatter = field(repr=False)
    language: str
    lines: dict[str, int] = field(repr=False)  # where each block begins, by its id
    recordings: dict[str, Recording] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)  # pages that the text leads to


def read_lesson(path: Path, module: str, module_number: int | None, *, demo: bool) -> LessonFile:
    """Read and judge one file. Faults are in `notes`."""
    notes = Notes(path)
    front = read_front_matter(text_of(path, notes), notes)
    front.refuse_others(KEYS)
    slug = front.text("slug", longest=80)
    names = Names(f"{module}/{slug}", ids_of(front))
    build = Builder(names, path.parent, notes, demo=demo, media=front.mapping("media"))
    body = build.build(cut(front.body, front.body_line, notes))
    sources = sources_of(front, build)
    for name, sentence in lesson_faults(body, sources):
        notes.add(place_of(sentence, front) if name == "body" else front.line("sources"), sentence)
    change = change_of(front)
    fields = {
        "title": front.text("title"),
        "summary": front.text("summary", longest=200),
        "themes": themes_of(front),
        "serves": [
            {"type": "outcome", "value": outcome, "id": build.id_of(f"serves/{number}")}
            for number, outcome in enumerate(front.texts("serves"), 1)
        ],
        "body": body,
        "sources": sources,
        "change": change["kind"],
        "change_note": change["note"],
    }
    number = number_of(front, module_number)
    language = front.text("language", longest=10)
    refuse_unused(front, names)
    return LessonFile(
        path,
        number,
        slug,
        fields,
        build.pictures,
        notes,
        front,
        language,
        build.lines,
        build.recordings,
        list(targets_of(body, build.lines)),
    )


def text_of(path: Path, notes: Notes) -> str:
    """The file as text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        notes.add(1, "The file is not written in UTF-8.")
        return ""


def place_of(sentence: str, front: FrontMatter) -> int:
    """The line of the text that the sentence names between quotation marks."""
    key = sentence.split("“")[-1].split("”")[0]
    wanted = (f"[@{key}]", f"source={key}", f'source="{key}"')
    for number, line in enumerate(front.body, front.body_line):
        if any(words in line for words in wanted):
            return number
    return front.body_line


def number_of(front: FrontMatter, module_number: int | None) -> int:
    """The 1 of “3.1”; the 3 is the module's."""
    text = front.text("lesson", longest=6)
    module, _dot, lesson = text.partition(".")
    if not (module.isdigit() and lesson.isdigit()):
        front.fault("lesson", "“lesson” is the number of module and lesson, like “3.1”.")
        return 0
    if module_number is not None and int(module) != module_number:
        front.fault("lesson", f"The lesson is {text}, but its module is number {module_number}.")
    return int(lesson)


def themes_of(front: FrontMatter, *, required: bool = False) -> str:
    """The letters of the themes."""
    letters = front.texts("themes", required=required)
    for letter in letters:
        if letter not in Theme.values:
            front.fault("themes", f"“{letter}” is not a theme: {', '.join(Theme.values)}.")
    return "".join(theme for theme in Theme.values if theme in letters)


def change_of(front: FrontMatter) -> dict[str, str]:
    """Kind and note of the change that this version of the file is."""
    change = front.mapping("change")
    kind, note = change.get("kind") or "", change.get("note") or ""
    if kind and kind not in Edition.Change.values:
        kinds = ", ".join(Edition.Change.values)
        front.fault("change", f"The kind of a change is one of: {kinds}.")
        kind = ""
    if not isinstance(note, str) or len(note) > 250:
        front.fault("change", "The note of a change is one sentence of at most 250 characters.")
        note = ""
    return {"kind": kind, "note": note}


def sources_of(front: FrontMatter, build: Builder) -> list[dict[str, Any]]:
    """The sources as blocks."""
    found = []
    for key, value in front.mapping("sources").items():
        value = value if isinstance(value, dict) else {}
        for name in ("cite", "read"):
            if not isinstance(value.get(name), str) or not value[name].strip():
                front.notes.add(front.line(key), f"The source “{key}” has no “{name}”.")
        for name in value.keys() - {"cite", "read"}:
            front.notes.add(front.line(key), f"“{name}” means nothing for a source.")
        source = {
            "key": key,
            "citation": str(value.get("cite", "")),
            "read": str(value.get("read", "")),
        }
        found.append({"type": "source", "value": source, "id": build.id_of(f"sources/{key}")})
    return found
