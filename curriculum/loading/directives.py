"""The text of a lesson, cut at its blocks: `::: kind {#id …}` to `:::`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .faults import Notes
from .plain import meant

OPENING = re.compile(r"^:::\s*([A-Za-z]+)\s*(?:\{(.*)\})?\s*$")
ATTRIBUTE = re.compile(
    r"""
      \#(?P<id>[\w-]+)
    | (?P<key>[\w-]+) = (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | (?P<bare>[^\s"]+) )
    | (?P<flag>[\w-]+)
    """,
    re.VERBOSE,
)


@dataclass
class Part:
    """A block, or the text between two blocks (kind `text`, not marked)."""

    kind: str
    line: int
    id: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    marked: bool = False  # begun with `:::`

    @property
    def text(self) -> str:
        """What stands in it."""
        return "\n".join(self.lines)

    def at(self, offset: int) -> int:
        """The line in the file of a line of the part."""
        return self.line + offset + self.marked


def cut(lines: list[str], first_line: int, notes: Notes) -> list[Part]:
    """The parts in their order. A block that is not closed is a fault."""
    parts: list[Part] = []
    current = Part("text", first_line)
    for number, line in enumerate(lines, first_line):
        if not line.startswith(":::"):
            current.lines.append(line)
        elif line.strip() == ":::":
            if not current.marked:
                notes.add(number, "“:::” closes a block, but none is open.")
            parts.append(current)
            current = Part("text", number + 1)
        else:
            if current.marked:
                notes.add(current.line, "This block is not closed with “:::”.")
            parts.append(current)
            current = opened(line, number, notes)
    if current.marked:
        notes.add(current.line, "This block is not closed with “:::”.")
    parts.append(current)
    return [part for part in parts if part.marked or part.text.strip()]


def opened(line: str, number: int, notes: Notes) -> Part:
    """A block by its first line."""
    match = OPENING.match(line)
    if not match:
        notes.add(number, "A block begins like “::: fact {#errors source=flores2012}”.")
        return Part("unknown", number, marked=True)
    part = Part(match[1].lower(), number, marked=True)
    rest = match[2] or ""
    for found in ATTRIBUTE.finditer(rest):
        if found["id"]:
            part.id = found["id"]
        elif found["key"]:
            part.attributes[found["key"]] = meant(found["quoted"] or found["bare"] or "")
        else:
            part.flags.add(found["flag"])
    leftover = ATTRIBUTE.sub("", rest).strip()
    if leftover:
        notes.add(number, f"“{leftover}” between the braces cannot be read.")
    return part
