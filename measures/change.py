"""Before and after, for the people who answered both times.

Change is later minus earlier. What cannot be worked out is None with a reason beside it; it is
never 0 and never NaN. Formulas and checked cases: tests/measures/cases.json.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, median
from typing import Any

Score = float | None
DECIMALS = 9  # 11/3 - 10/3 and 4 - 11/3 must tie
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class PairedChange:
    """Counts of complete pairs. Percentages are of pairs; medians are in steps of the scale.

    `reason` is "" or "no_pairs"; then everything but the counts of rows is None.
    """

    n_rows: int
    n_pairs: int
    n_pre_only: int
    n_post_only: int
    n_neither: int
    reason: str = ""
    n_up: int = 0
    n_same: int = 0
    n_down: int = 0
    pct_up: float | None = None
    pct_same: float | None = None
    pct_down: float | None = None
    median_change: float | None = None
    median_pre: float | None = None
    median_post: float | None = None


def paired_change(pre: Sequence[Score], post: Sequence[Score]) -> PairedChange:
    """Who moved up, stayed or moved down. Row i of both sequences is one person.

    ValueError if the sequences differ in length.
    """
    rows = list(zip(pre, post, strict=True))
    pairs = complete(rows)
    counts: dict[str, Any] = {
        "n_rows": len(rows),
        "n_pairs": len(pairs),
        "n_pre_only": sum(a is not None and b is None for a, b in rows),
        "n_post_only": sum(a is None and b is not None for a, b in rows),
        "n_neither": sum(a is None and b is None for a, b in rows),
    }
    if not pairs:
        return PairedChange(**counts, reason="no_pairs")
    changes = differences(pairs)
    up, down = sum(d > 0 for d in changes), sum(d < 0 for d in changes)
    same = len(changes) - up - down
    return PairedChange(
        **counts,
        n_up=up,
        n_same=same,
        n_down=down,
        pct_up=100 * up / len(pairs),
        pct_same=100 * same / len(pairs),
        pct_down=100 * down / len(pairs),
        median_change=median(changes),
        median_pre=median(a for a, _ in pairs),
        median_post=median(b for _, b in pairs),
    )


def complete(rows: Sequence[tuple[Score, Score]]) -> list[tuple[float, float]]:
    """The rows with both answers."""
    return [(a, b) for a, b in rows if a is not None and b is not None]


def differences(pairs: Sequence[tuple[float, float]]) -> list[float]:
    """Later minus earlier, rounded so that equal changes are equal.

    Many people give the same two answers; each pair of answers is worked out once.
    """
    known = {(a, b): round(b - a, DECIMALS) for a, b in set(pairs)}
    return [known[pair] for pair in pairs]


@dataclass(frozen=True)
class RankBiserial:
    """Direction of change: +1 everybody up, -1 everybody down, 0 evenly balanced.

    `reason` is "", "no_pairs" or "no_nonzero_differences"; then r and its interval are None.
    """

    n_pairs: int
    n_zero: int
    n_used: int
    reason: str = ""
    r: float | None = None
    n_effective: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None


def rank_biserial(
    pre: Sequence[Score], post: Sequence[Score], zero_method: str = "wilcox"
) -> RankBiserial:
    """Matched-pairs rank-biserial correlation, (R+ - R-)/(R+ + R-) (Kerby 2014).

    `zero_method`: "wilcox" drops pairs without change before ranking, "pratt" after it
    (Pratt 1959). The 95 % interval is a Wilson score interval on (r + 1)/2 with
    (sum of ranks)^2 / (sum of squared ranks) as effective n: our choice, tested by simulation.
    """
    changes = differences(complete(list(zip(pre, post, strict=True))))
    n_zero = sum(d == 0 for d in changes)
    n_used = len(changes) - n_zero
    if not n_used:
        reason = "no_nonzero_differences" if changes else "no_pairs"
        return RankBiserial(len(changes), n_zero, 0, reason)
    ranked = [d for d in changes if d != 0] if zero_method == "wilcox" else changes
    ranks = [(d, rank) for d, rank in zip(ranked, midranks(ranked), strict=True) if d != 0]
    total = sum(rank for _, rank in ranks)
    r = sum(math.copysign(rank, d) for d, rank in ranks) / total
    n_effective = total**2 / sum(rank**2 for _, rank in ranks)
    low, high = wilson((r + 1) / 2, n_effective)
    return RankBiserial(len(changes), n_zero, n_used, "", r, n_effective, 2 * low - 1, 2 * high - 1)


def midranks(values: Sequence[float]) -> list[float]:
    """Ranks of the absolute values, 1 for the smallest; ties share the mean of their ranks."""
    counts = Counter(map(abs, values))
    ranks: dict[float, float] = {}
    below = 0
    for value in sorted(counts):
        ranks[value] = below + (1 + counts[value]) / 2
        below += counts[value]
    return [ranks[abs(value)] for value in values]


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson score interval (1927) of a share of n, 95 %, kept inside 0 and 1."""
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)
