"""Published frameworks in full, so that a map shows what no module serves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "frameworks.yaml"


@dataclass(frozen=True)
class Entry:
    """A domain or subcompetency. Not checked: its name or number was not read in the source."""

    code: str
    name: str
    is_checked: bool


@dataclass(frozen=True)
class Framework:
    """A framework with its source and what of it was read."""

    key: str
    title: str
    source: str
    read: str
    entries: tuple[Entry, ...]


@lru_cache(maxsize=1)
def frameworks() -> tuple[Framework, ...]:
    """Every framework of the file, in its order."""
    return tuple(
        Framework(
            row["framework"],
            row["title"],
            row["source"],
            row["read"],
            tuple(
                Entry(line["code"], line["name"], line.get("checked", True))
                for line in row["entries"]
            ),
        )
        for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )
