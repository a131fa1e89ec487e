"""Whether the items of a scale, or the checks of a lesson, hang together.

Cronbach's alpha, which for right and wrong is KR-20. Only complete rows count. What cannot be
worked out is None with a reason beside it. Checked cases: tests/measures/cases.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .quantiles import f_quantile

Row = Sequence[int | None]


@dataclass(frozen=True)
class Consistency:
    """The coefficient with Feldt's 95 % interval (1965). Variances have the divisor n throughout.

    `reason` says why there is no coefficient, `ci_reason` why there is no interval; else "".
    """

    n_rows: int
    n_used: int
    k: int
    reason: str = ""
    ci_reason: str = ""
    sum_var: float | None = None
    var_total: float | None = None
    value: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None


def consistency(rows: Sequence[Row], k: int) -> Consistency:
    """k/(k - 1) (1 - sum of the items' variances / variance of the totals).

    Sums are whole numbers, so that equal totals and copies of one item are seen exactly.
    """
    used = [[value for value in row if value is not None] for row in rows if None not in row]
    n = len(used)
    if k < 2:
        return Consistency(len(rows), n, k, "fewer_than_2_items")
    if n < 2:
        return Consistency(len(rows), n, k, "n_below_2")
    total = spread([sum(row) for row in used])
    if total == 0:
        return Consistency(len(rows), n, k, "no_variation_in_total")
    items = sum(spread(column) for column in zip(*used, strict=True))
    value = k * (total - items) / ((k - 1) * total)
    low: float | None = None
    high: float | None = None
    ci_reason = "perfect_consistency"
    if items * k != total:
        low, high = feldt(value, n, k)
        ci_reason = ""
    return Consistency(len(rows), n, k, "", ci_reason, items / n**2, total / n**2, value, low, high)


def spread(values: Sequence[int]) -> int:
    """The variance with divisor n, times n squared: a whole number."""
    return len(values) * sum(value * value for value in values) - sum(values) ** 2


def feldt(value: float, n: int, k: int) -> tuple[float, float]:
    """Feldt's interval (1965) of a coefficient from n people and k items."""
    df1, df2 = n - 1, (n - 1) * (k - 1)
    return (
        1 - (1 - value) * f_quantile(0.975, df1, df2),
        1 - (1 - value) * f_quantile(0.025, df1, df2),
    )
