"""The YAML between two lines of three hyphens at the top of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from .faults import Notes

FENCE = "---"


@dataclass
class FrontMatter:
    """The values by key, the line of each key, and where the text begins."""

    values: dict[str, Any]
    lines: dict[str, int]
    body: list[str]
    body_line: int
    notes: Notes

    def line(self, key: str) -> int:
        """Where the key stands; the first line if it is missing."""
        return self.lines.get(key, 1)

    def fault(self, key: str, sentence: str) -> None:
        """Something is wrong with a value."""
        self.notes.add(self.line(key), sentence)

    def text(self, key: str, *, longest: int = 255, required: bool = True) -> str:
        """One line of text."""
        value = self.values.get(key, "")
        if isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str) or (required and not value.strip()):
            self.fault(key, f"“{key}” is missing or not a line of text.")
            return ""
        if len(value) > longest:
            self.fault(key, f"“{key}” has {len(value)} characters; {longest} are allowed.")
        return value.strip()

    def number(self, key: str, *, required: bool = True) -> int | None:
        """A whole number from 1 up."""
        value = self.values.get(key)
        if value is None and not required:
            return None
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.fault(key, f"“{key}” is a whole number.")
            return None
        return value

    def hours(self, key: str) -> Decimal | None:
        """Hours, in quarters or finer, as the CMS takes them."""
        value = self.values.get(key)
        if value is None:
            return None
        try:
            found = Decimal(str(value)).quantize(Decimal("0.01"))
        except InvalidOperation:
            found = Decimal(0)
        if not Decimal("0.25") <= found < 100:
            self.fault(key, f"“{key}” is a number of hours from 0.25 to 99.99.")
            return None
        return found

    def switch(self, key: str) -> bool:
        """True or false; false if it is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"“{key}” is true or false.")
        return value is True

    def choice(self, key: str, allowed: list[str]) -> str:
        """One of a few words; empty if it is missing."""
        value = self.values.get(key) or ""
        if value and value not in allowed:
            self.fault(key, f"“{key}” is one of: {', '.join(allowed)}.")
            return ""
        return str(value)

    def day(self, key: str) -> date | None:
        """A date."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, date):
            self.fault(key, f"“{key}” is a date like 2026-03-02.")
            return None
        return value

    def texts(self, key: str, *, required: bool = False) -> list[str]:
        """A list of lines of text."""
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(x, str | int) for x in value):
            self.fault(key, f"“{key}” is a list of texts.")
            return []
        if required and not value:
            self.fault(key, f"“{key}” is missing.")
        return [str(x).strip() for x in value]

    def mapping(self, key: str) -> dict[str, Any]:
        """Keys and values."""
        value = self.values.get(key) or {}
        if not isinstance(value, dict):
            self.fault(key, f"“{key}” is a list of keys with values.")
            return {}
        return {str(name): part for name, part in value.items()}

    def refuse_others(self, known: set[str]) -> None:
        """A key that nobody reads is a slip of the pen."""
        for key in self.values.keys() - known:
            self.fault(key, f"“{key}” is not a key that is known here.")


def read_front_matter(text: str, notes: Notes) -> FrontMatter:
    """Values and text of a file. Where the YAML cannot be read, the values are empty."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if lines[0].rstrip() != FENCE or not end:
        notes.add(1, "The file begins with values between two lines of “---”.")
        return FrontMatter({}, {}, [], 1, notes)
    return FrontMatter(
        values_of("\n".join(lines[1:end]), notes),
        key_lines(lines[1:end]),
        lines[end + 1 :],
        end + 2,
        notes,
    )


def values_of(text: str, notes: Notes) -> dict[str, Any]:
    """The YAML as a dict; a fault and nothing if it is not one."""
    try:
        values = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        notes.add(mark.line + 2 if mark else 1, f"The values at the top: {problem}.")
        return {}
    if not isinstance(values, dict):
        notes.add(1, "The values at the top are keys with values.")
        return {}
    return {str(key): value for key, value in values.items()}


def key_lines(lines: list[str]) -> dict[str, int]:
    """The line in the file of each key, nested ones too (the first of a name counts)."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 2):
        match = re.match(r"\s*(?:- )?([\w-]+):", line)
        if match:
            found.setdefault(match[1], number)
    return found
