"""How single questions work: how many get them right, and what else is chosen.

What cannot be worked out is None with a reason beside it. Checked cases:
tests/measures/cases.json.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One answer to choose: who took it, and how they did on the other questions."""

    n: int
    pct: float
    correct: bool
    mean_rest_score: float | None


@dataclass(frozen=True)
class Item:
    """One question. Difficulty is the share right; a blank is wrong, and counted apart."""

    n: int
    n_blank: int
    difficulty: float | None
    discrimination: float | None
    reason: str
    options: dict[str, Option]


def item_analysis(
    answers: Sequence[Sequence[str | None]], key: Sequence[str], options: Sequence[str]
) -> list[Item]:
    """Every question of a test with one right answer each. Row i is one person."""
    marks = [[int(a == right) for a, right in zip(row, key, strict=True)] for row in answers]
    totals = [sum(row) for row in marks]
    found = []
    for place, right in enumerate(key):
        given = [row[place] for row in answers]
        mine = [row[place] for row in marks]
        rest = [total - mark for total, mark in zip(totals, mine, strict=True)]
        value, reason = discrimination(mine, rest, len(key))
        found.append(
            Item(
                n=len(given),
                n_blank=given.count(None),
                difficulty=sum(mine) / len(mine) if mine else None,
                discrimination=value,
                reason=reason,
                options={name: option(given, name, name == right, rest) for name in options}
                if given
                else {},
            )
        )
    return found


def option(given: Sequence[str | None], name: str, correct: bool, rest: Sequence[int]) -> Option:
    """Who took this one."""
    scores = [score for taken, score in zip(given, rest, strict=True) if taken == name]
    mean = sum(scores) / len(scores) if scores else None
    return Option(len(scores), 100 * len(scores) / len(given), correct, mean)


def discrimination(mine: Sequence[int], rest: Sequence[int], k: int) -> tuple[float | None, str]:
    """The correlation of one question with the score on the other ones, or why there is none."""
    if not mine:
        return None, "no_answers"
    if k < 2:
        return None, "fewer_than_2_items"
    if len(mine) < 3:
        return None, "n_below_3"
    n = len(mine)
    spread_mine = n * sum(a * a for a in mine) - sum(mine) ** 2
    spread_rest = n * sum(b * b for b in rest) - sum(rest) ** 2
    if spread_mine == 0:
        return None, "no_variation_in_item"
    if spread_rest == 0:
        return None, "no_variation_in_rest_score"
    together = n * sum(a * b for a, b in zip(mine, rest, strict=True)) - sum(mine) * sum(rest)
    return together / math.sqrt(spread_mine * spread_rest), ""
