"""A module from a folder: module.md and a file for each lesson."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..models import ModulePage
from .faults import Fault, Notes
from .frontmatter import FrontMatter, read_front_matter
from .identity import Names, ids_of, refuse_unused
from .lesson_file import LessonFile, read_lesson, text_of, themes_of
from .links import Target, addresses_in
from .markup import Found, to_html
from .module_lists import opinions_of, readings_of

NAME = "module.md"
KEYS = {
    "module",
    "slug",
    "title",
    "summary",
    "language",
    "themes",
    "outcomes",
    "competencies",
    "prerequisites",
    "validity_months",
    "cme_hours",
    "cme_granted_by",
    "required",
    "open",
    "opinions",
    "further_reading",
    "facts_due",
    "demo",
    "order",  # slugs of the lessons, where they are not read in the order of their numbers
    "ids",  # lasting ids of lines that were made in the CMS
}
REQUIRED = {"departure": ModulePage.Required.BEFORE, "return": ModulePage.Required.AFTER}
# Who stands behind a module: said at the top, or below “demo” where they are invented.
BEHIND = {
    "authors",
    "leading_institution",
    "reviewing_institution",
    "reviewer",
    "reviewed_on",
}
KEYS |= BEHIND


@dataclass
class ModuleFile:
    """What a module's folder says."""

    path: Path
    slug: str
    language: str
    fields: dict[str, Any]
    competencies: list[dict[str, str]]
    prerequisites: list[str]
    behind: dict[str, Any]
    names: Names
    notes: Notes
    front: FrontMatter = field(repr=False)
    order: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)  # pages that the text leads to
    lessons: list[LessonFile] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong in the folder."""
        return self.notes.faults + [f for lesson in self.lessons for f in lesson.notes.faults]


def find_folders(paths: Iterable[Path]) -> list[Path]:
    """Folders with a module.md, at or below the paths, in order."""
    found = {file.parent for path in paths for file in path.rglob(NAME)}
    return sorted(found)


def read_folder(folder: Path, *, demo: bool) -> ModuleFile:
    """Read and judge a folder. Faults are in it."""
    path = folder / NAME
    notes = Notes(path)
    front = read_front_matter(text_of(path, notes), notes)
    module = read_module(path, front, notes, demo=demo)
    number = module.fields["number"]
    for file in sorted(folder.glob("*.md")):
        if file.name != NAME:
            module.lessons.append(read_lesson(file, module.slug, number, demo=demo))
    module.lessons.sort(key=lambda lesson: (place_in(module.order, lesson.slug), lesson.number))
    check_together(module)
    return module


def place_in(order: list[str], slug: str) -> int:
    """Where it stands in the order, if there is one."""
    return order.index(slug) if slug in order else len(order)


def read_module(path: Path, front: FrontMatter, notes: Notes, *, demo: bool) -> ModuleFile:
    """The module's own file."""
    front.refuse_others(KEYS)
    slug = front.text("slug", longest=80)
    names = Names(slug, ids_of(front))
    outcomes = front.texts("outcomes", required=True)
    fields = {
        "number": front.number("module") or 1,
        "title": front.text("title"),
        "summary": front.text("summary", longest=400),
        "themes": themes_of(front, required=True),
        "outcomes": [
            {"type": "outcome", "value": text, "id": names.id_of(f"outcomes/{number}")}
            for number, text in enumerate(outcomes, 1)
        ],
        "opinions": opinions_of(front, names),
        "further_reading": readings_of(front, names),
        "validity_months": front.number("validity_months", required=False),
        "cme_hours": front.hours("cme_hours"),
        "cme_granted_by": front.text("cme_granted_by", longest=160, required=False),
        "intro": intro_of(front),
        "required": REQUIRED.get(front.choice("required", list(REQUIRED)), ""),
        "open_to_visitors": front.switch("open"),
        "facts_due": front.day("facts_due"),
    }
    behind = behind_of(front, names, demo=demo)
    refuse_unused(front, names)
    return ModuleFile(
        path,
        slug,
        front.text("language", longest=10),
        fields,
        competencies_of(front),
        front.texts("prerequisites"),
        behind,
        names,
        notes,
        front,
        front.texts("order"),
        [Target(address, front.body_line) for address in addresses_in(fields["intro"])],
    )


def intro_of(front: FrontMatter) -> str:
    """The text below the values, as rich text."""
    found: Found = []
    html = to_html("\n".join(front.body), found)
    for offset, sentence in found:
        front.notes.add(front.body_line + offset, sentence)
    return html


def competencies_of(front: FrontMatter) -> list[dict[str, str]]:
    """Framework, code and name of each."""
    value = front.values.get("competencies") or []
    found = []
    for line in value if isinstance(value, list) else [None]:
        if not isinstance(line, dict) or line.keys() != {"framework", "code", "name"}:
            front.fault("competencies", "A competency has “framework”, “code” and “name”.")
            continue
        found.append({key: str(part) for key, part in line.items()})
    return found


def behind_of(front: FrontMatter, names: Names, *, demo: bool) -> dict[str, Any]:
    """Who stands behind the module; in the demo invented people and hospitals."""
    invented = front.mapping("demo")
    for key in invented.keys() - BEHIND:
        front.fault(key, f"“{key}” means nothing in “demo”.")
    refuse_authors(front, invented.get("authors"))
    said = {key: front.values[key] for key in BEHIND & front.values.keys()}
    refuse_authors(front, said.get("authors"))
    behind = invented if demo and invented else said
    if not isinstance(behind.get("reviewer") or "", str) or len(behind.get("reviewer") or "") > 160:
        front.fault("reviewer", "“reviewer” is a line of 160 characters at most.")
    if not isinstance(behind.get("reviewed_on") or None, date | None):
        front.fault("reviewed_on", "“reviewed_on” is a date like 2026-03-02.")
    if "authors" in behind or behind is invented:
        behind = behind | {"authors": authors_of(behind.get("authors"), names)}
    return behind


def refuse_authors(front: FrontMatter, value: Any) -> None:
    """A list that is none."""
    if value and not (isinstance(value, list) and all(map(is_author, value))):
        front.fault("authors", "An author has “name” and “country”, and “institution” if wanted.")


def authors_of(value: Any, names: Names) -> list[dict[str, Any]]:
    """The authors as blocks."""
    return [
        {
            "type": "author",
            "value": {"institution": ""} | author,
            "id": names.id_of(f"authors/{number}"),
        }
        for number, author in enumerate(value if isinstance(value, list) else [], 1)
        if is_author(author)
    ]


def is_author(value: Any) -> bool:
    """A name, a country, perhaps an institution."""
    return (
        isinstance(value, dict)
        and {"name", "country"} <= value.keys() <= {"name", "country", "institution"}
        and all(isinstance(part, str) for part in value.values())
    )


def check_together(module: ModuleFile) -> None:
    """What holds between the files of a folder."""
    outcomes = {line["value"] for line in module.fields["outcomes"]}
    seen: dict[object, LessonFile] = {}
    if not module.lessons:
        module.notes.add(1, "The folder has no lessons beside module.md.")
    for lesson in module.lessons:
        for name, value in (("slug", lesson.slug), ("lesson", lesson.number)):
            if (name, value) in seen:
                other = seen[name, value].path.name
                lesson.front.fault(name, f"“{value}” is the {name} of {other} too.")
            seen.setdefault((name, value), lesson)
        for served in lesson.fields["serves"]:
            if served["value"] not in outcomes:
                lesson.front.fault("serves", f"“{served['value']}” is no outcome of the module.")
        if lesson.language != module.language:
            lesson.front.fault("language", f"The module's language is “{module.language}”.")
