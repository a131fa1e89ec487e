"""Reads an entry and everything that happened to it from one Markdown file.

    ---
    author: ines
    visit: san-rafael-second
    prompt: before-i-go
    readers: [mentor]
    begun: -11 Sun 20:10
    sent: -11 Sun 20:40      # without it the entry stays a draft
    ---
    The words of the entry.

    === read ruth, -11 Mon 13:00
    === release ruth, -11 Mon 20:42, 3 3 2 3
    The words of the answer.

An act begins with `===`: who, when, and for an answer the levels of the rubric's criteria in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .stage import FILES

VERBS = {"read", "draft", "release", "return", "open", "say", "rewrite"}


class BadScript(ValueError):
    """The file cannot be played; the sentence says why."""


@dataclass(frozen=True)
class Act:
    """One thing somebody did with the entry."""

    verb: str
    who: str
    when: str
    levels: list[str]
    words: str

    @property
    def by_author(self) -> bool:
        """Whether the author of the entry acts, and not one of its readers."""
        return self.verb in {"open", "rewrite"} or self.who.startswith("to ")

    @property
    def reader(self) -> str:
        """The reader who acts, or to whom the author speaks."""
        return self.who.removeprefix("to ")


@dataclass(frozen=True)
class Script:
    """One entry of the demo, in the order in which things happened."""

    key: str
    author: str
    visit: str
    prompt: str
    readers: list[str]
    begun: str
    sent: str
    kept: dict[str, str]
    body: str
    acts: list[Act] = field(default_factory=list)


def scripts() -> list[Script]:
    """All entries of the demo, by file name."""
    return [read_script(path) for path in sorted((FILES / "entries").glob("*.md"))]


def read_script(path: Path) -> Script:
    """One file."""
    _empty, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    values: dict[str, Any] = yaml.safe_load(front)
    body, *acts = text.split("\n=== ")
    return Script(
        key=path.stem,
        author=values["author"],
        visit=values["visit"],
        prompt=values["prompt"],
        readers=values.get("readers", []),
        begun=values["begun"],
        sent=values.get("sent", ""),
        kept=values.get("kept", {}),
        body=body.strip(),
        acts=[read_act(path, act) for act in acts],
    )


def read_act(path: Path, text: str) -> Act:
    """A line that says who did what when, and the words below it."""
    line, _break, words = text.partition("\n")
    head, when, *levels = (part.strip() for part in line.split(","))
    verb, _space, who = head.partition(" ")
    if verb not in VERBS:
        raise BadScript(f"{path.name}: “{verb}” is not an act.")
    return Act(verb, who, when, levels[0].split() if levels else [], words.strip())
