"""Quantiles of the F distribution, which the standard library lacks."""

from __future__ import annotations

import math

STEPS = 300
TINY = 1e-300
CLOSE = 1e-15


def f_quantile(share: float, df1: float, df2: float) -> float:
    """The value below which this share of F(df1, df2) lies. Degrees of freedom need not be whole.

    Bisection on x/(1 - x), where the share is a regularised incomplete beta function.
    """
    low, high = 0.0, 1.0
    for _step in range(STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_share(middle, df1 / 2, df2 / 2) < share:
            low = middle
        else:
            high = middle
    x = (low + high) / 2
    return df2 * x / (df1 * (1 - x))


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function of x, with 0 < x < 1."""
    log_front = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    front = math.exp(log_front)
    if x < (a + 1) / (a + b + 2):
        return front * fraction(x, a, b) / a
    return 1 - front * fraction(1 - x, b, a) / b


def fraction(x: float, a: float, b: float) -> float:
    """Its continued fraction, from the front (Lentz 1976)."""
    c, d = 1.0, 1 / kept(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / kept(1 + term * d)
            c = kept(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return found


def kept(value: float) -> float:
    """The value, never so near 0 that dividing by it fails."""
    return value if abs(value) > TINY else TINY
