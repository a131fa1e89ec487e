"""What the modules of the demo hand on to each other: who and what is there, by the files' keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from partnerships.models import Partnership, Trip, TripMember
from people.models import Institution, User

from .when import Calendar

FILES = Path(__file__).parent / "files"
ACCOUNTS = ("resident", "faculty", "editor", "host", "coordinator", "admin")
DOMAIN = "bothways.example"
PASSWORD = "bothways-demo"  # noqa: S105


@dataclass
class Stage:
    """Fills as the demo is played. Keys are those of the files."""

    calendar: Calendar
    places: dict[str, Institution] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    pairs: dict[frozenset[str], Partnership] = field(default_factory=dict)
    trips: dict[str, Trip] = field(default_factory=dict)
    members: dict[tuple[str, str], TripMember] = field(default_factory=dict)


def read(name: str) -> Any:
    """One of the demo's files."""
    return yaml.safe_load((FILES / name).read_text(encoding="utf-8"))
