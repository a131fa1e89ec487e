"""Geometry of the charts: where things stand, never how they look. Templates draw the SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 45
LEFT, RIGHT = 12.0, 348.0
TOP = 18
SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class OwnRow:
    """One scale of one person: its words, where before and after stand, and their values."""

    label: str
    text_y: float
    y: float
    before_x: float
    after_x: float
    before: float
    after: float

    @property
    def is_still(self) -> bool:
        """Both answers are the same: one ring around one dot."""
        return self.before == self.after


@dataclass(frozen=True)
class OwnChart:
    """Rows under each other; the scale from 1 to 5 is always shown whole."""

    width: int
    height: int
    bottom: float
    ticks: list[tuple[int, float]]
    rows: list[OwnRow]


def position(value: float) -> float:
    """The x of a value on the scale from 1 to 5."""
    return round(LEFT + (value - SCALE[0]) * (RIGHT - LEFT) / (SCALE[-1] - SCALE[0]), 1)


def own_chart(rows: Sequence[tuple[str, float | None, float | None]]) -> OwnChart:
    """A person's scales; rows without both values are left out (the table still names them)."""
    known = [(label, a, b) for label, a, b in rows if a is not None and b is not None]
    bottom = TOP + ROW * len(known) - 6
    return OwnChart(
        width=360,
        height=bottom + 24,
        bottom=bottom,
        ticks=[(n, position(n)) for n in SCALE],
        rows=[
            OwnRow(
                label=label,
                text_y=29 + ROW * i,
                y=42 + ROW * i,
                before_x=position(a),
                after_x=position(b),
                before=a,
                after=b,
            )
            for i, (label, a, b) in enumerate(known)
        ],
    )


@dataclass(frozen=True)
class Segment:
    """One part of the bar: up, same or down, with its width and its count."""

    kind: str
    count: int
    x: float
    width: float


BAR = 354.0
BAR_LEFT = 3.0
GAP = 3.0


def change_bar(up: int, same: int, down: int) -> list[Segment]:
    """The parts that are not empty, in the order up, same, down, over the whole width."""
    parts = [(kind, n) for kind, n in (("up", up), ("same", same), ("down", down)) if n]
    free = BAR - GAP * max(0, len(parts) - 1)
    total = sum(n for _, n in parts)
    result, x = [], BAR_LEFT
    for kind, n in parts:
        width = round(free * n / total, 1)
        result.append(Segment(kind, n, round(x, 1), width))
        x += width + GAP
    return result
