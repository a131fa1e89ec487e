"""What is measured: a room adds a file to bench/rooms with CASES and, if it needs data, build()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from people.models import User

from . import rooms


@dataclass(frozen=True)
class Size:
    """How much data is built, in rows. Tenfold data must not cost one query more."""

    name: str
    people: int
    entries: int
    waiting: int


SIZES = {
    "small": Size("small", people=100, entries=500, waiting=2_000),
    "full": Size("full", people=2_000, entries=5_000, waiting=1_000_000),
}


@dataclass(frozen=True)
class Case:
    """One page with its budgets. `url` and `user` are asked after all data is there."""

    name: str
    url: Callable[[], str]
    user: Callable[[], User | None]
    queries: int
    ratio: float
    database_ms: float | None = None
    post: Callable[[], dict[str, Any]] | None = None  # a JSON body, new for every request
    headers: dict[str, str] | None = None


def load_rooms() -> list[ModuleType]:
    """The files of bench/rooms, by name."""
    names = sorted(module.name for module in iter_modules(rooms.__path__))
    return [import_module(f"{rooms.__name__}.{name}") for name in names]
