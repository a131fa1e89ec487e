"""One thing to do, in words, with the place to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


@dataclass(frozen=True)
class Step:
    """A heading that says what to do, a sentence, a button, and what is known about time."""

    key: str
    title: str
    sentence: str
    url: str
    button: str
    due: date | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Thing:
    """Something with a name and an address: a lesson, an entry, a trip."""

    title: str
    url: str
    minutes: int | None = None


Facts = TypeVar("Facts")
Rule = Callable[[Facts], Step | None]


def apply(rules: Iterable[Rule[Facts]], facts: Facts) -> list[Step]:
    """The steps of all rules that have something to say, in the order of the rules."""
    return [step for rule in rules if (step := rule(facts)) is not None]
