"""The glossary of a language from one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..glossary_blocks import LONGEST_DEFINITION, LONGEST_TERM
from ..glossary_order import folded
from .faults import Notes
from .identity import id_of
from .lesson_file import text_of

NAME = "glossary.yaml"
KEYS = {"language", "title", "terms"}
TERM_KEYS = {"term", "definition", "page", "id"}


@dataclass(frozen=True)
class Term:
    """A term of the file, with its line. `page` is the slug of a module, or module/lesson."""

    line: int
    term: str
    definition: str
    page: str
    id: str


@dataclass
class GlossaryFile:
    """What a glossary's file says."""

    path: Path
    notes: Notes
    language: str = ""
    title: str = ""
    terms: list[Term] = field(default_factory=list)


def find_glossaries(paths: Iterable[Path]) -> list[Path]:
    """Files of this name at or below the paths, in order."""
    return sorted({file for path in paths for file in path.rglob(NAME)})


def read_glossary(path: Path) -> GlossaryFile:
    """Read and judge one file. Faults are in `notes`."""
    file = GlossaryFile(path, Notes(path))
    root = root_of(text_of(path, file.notes), file.notes)
    if root is None:
        return file
    for key, value in root.value:
        if key.value not in KEYS:
            line = key.start_mark.line + 1
            file.notes.add(line, f"“{key.value}” is not a key that is known here.")
        elif key.value == "terms":
            file.terms = list(terms_of(value, file.notes))
        else:
            setattr(file, key.value, str(value.value))
    for name in ("language", "title"):
        if not getattr(file, name):
            file.notes.add(1, f"“{name}” is missing.")
    refuse_repeated(file)
    return file


def root_of(text: str, notes: Notes) -> yaml.MappingNode | None:
    """The file as nodes, which know their lines; a fault and nothing if it cannot be read."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        notes.add(mark.line + 1 if mark else 1, f"{getattr(error, 'problem', error)}.")
        return None
    if isinstance(root, yaml.MappingNode):
        return root
    notes.add(1, "A glossary has “language”, “title” and “terms”.")
    return None


def terms_of(node: Any, notes: Notes) -> Iterator[Term]:
    """The terms, each judged by itself."""
    if not isinstance(node, yaml.SequenceNode):
        notes.add(node.start_mark.line + 1, "“terms” is a list.")
        return
    for item in node.value:
        line = item.start_mark.line + 1
        values = values_of(item)
        if not {"term", "definition"} <= values.keys() <= TERM_KEYS:
            notes.add(line, "A term has “term” and “definition”; “page” and “id” if wanted.")
            continue
        term, definition = values["term"], values["definition"]
        for name, text, most in (
            ("term", term, LONGEST_TERM),
            ("definition", definition, LONGEST_DEFINITION),
        ):
            if not 0 < len(text) <= most:
                notes.add(line, f"“{name}” has {len(text)} characters; 1 to {most} are allowed.")
        yield Term(
            line, term, definition, values.get("page", ""), id_of(f"glossary/{key_of(values)}")
        )


def key_of(values: dict[str, str]) -> str:
    """By what a term is known again: its id, which a translation shares, or itself."""
    return folded(values.get("id") or values["term"])


def values_of(node: Any) -> dict[str, str]:
    """The keys and texts of a term; nothing where it holds anything else."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    if not all(isinstance(value, yaml.ScalarNode) for _key, value in node.value):
        return {}
    return {str(key.value): str(value.value).strip() for key, value in node.value}


def refuse_repeated(file: GlossaryFile) -> None:
    """Every term and every id stands there once."""
    seen: dict[str, Term] = {}
    for term in file.terms:
        for name in (folded(term.term), term.id):
            if name in seen and seen[name] is not term:
                first = seen[name].line
                file.notes.add(term.line, f"“{term.term}” stands already in line {first}.")
                break
            seen.setdefault(name, term)
