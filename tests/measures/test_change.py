"""Counts and effects agree with cases that were checked by several independent routes."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.change import PairedChange, RankBiserial, paired_change, rank_biserial
from measures.charts import change_bar, own_chart
from measures.words import change_sentence, direction_sentence, response_sentence, signed

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())["cases"]
SCORES = st.one_of(st.none(), st.integers(1, 5).map(float))
ROWS = st.lists(st.tuples(SCORES, SCORES), max_size=40)


def unpack(values: Any) -> list[float | None]:
    """An array, or a block repeated many times."""
    if isinstance(values, dict):
        return list(values["repeat"]) * int(values["times"])
    return list(values)


def check(found: PairedChange | RankBiserial, case: dict[str, Any]) -> None:
    expected = case["expected"]
    assert found.reason == expected.get("reason", "")
    for name, value in expected["values"].items():
        got = getattr(found, name)
        assert math.isclose(got, value, rel_tol=1e-9, abs_tol=1e-9), (name, got, value)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["statistic"] == "paired_change"], ids=lambda c: c["id"]
)
def test_paired_change_agrees_with_the_checked_cases(case: dict[str, Any]) -> None:
    data = case["input"]
    check(paired_change(unpack(data["pre"]), unpack(data["post"])), case)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["statistic"] == "rank_biserial"], ids=lambda c: c["id"]
)
def test_direction_of_change_agrees_with_the_checked_cases(case: dict[str, Any]) -> None:
    data = case["input"]
    method = case["options"]["zero_method"]
    check(rank_biserial(unpack(data["pre"]), unpack(data["post"]), method), case)


@given(ROWS)
def test_swapping_before_and_after_mirrors_everything(rows: list[tuple[Any, Any]]) -> None:
    pre, post = [a for a, _ in rows], [b for _, b in rows]

    there, back = paired_change(pre, post), paired_change(post, pre)
    effect, turned = rank_biserial(pre, post), rank_biserial(post, pre)

    assert (there.n_up, there.n_down) == (back.n_down, back.n_up)
    if effect.r is not None and turned.r is not None:
        assert math.isclose(effect.r, -turned.r, abs_tol=1e-12)


@given(ROWS)
def test_counts_add_up_and_the_effect_stays_in_its_interval(rows: list[tuple[Any, Any]]) -> None:
    pre, post = [a for a, _ in rows], [b for _, b in rows]

    change, effect = paired_change(pre, post), rank_biserial(pre, post)

    assert change.n_up + change.n_same + change.n_down == change.n_pairs
    parts = change.n_pairs + change.n_pre_only + change.n_post_only + change.n_neither
    assert parts == change.n_rows
    if effect.r is not None and effect.ci_low is not None and effect.ci_high is not None:
        assert -1 <= effect.ci_low <= effect.r + 1e-9
        assert effect.r <= effect.ci_high + 1e-9 <= 1 + 2e-9


def test_four_people_are_too_few_to_count() -> None:
    change = paired_change([3, 3, 3, 3], [4, 4, 4, 4])

    assert change_sentence(change) == "Fewer than 5 people answered both times."


def test_five_people_are_counted_in_words() -> None:
    change = paired_change([3, 3, 3, 3, 3], [4, 4, 4, 3, 2])

    assert change_sentence(change) == (
        "Of 5 people who answered both times, 3 moved up, 1 stayed, 1 moved down."
    )


def test_percentage_waits_for_twenty_people() -> None:
    assert response_sentence(9, 14) == "9 of 14 people answered"
    assert response_sentence(24, 31) == "24 of 31 people answered (77 %)"


def test_no_direction_below_six_pairs() -> None:
    assert direction_sentence(rank_biserial([3] * 5, [4] * 5)) == ""


def test_no_change_at_all_is_said_in_words() -> None:
    assert "nobody’s answer changed" in direction_sentence(rank_biserial([3] * 8, [3] * 8))


@pytest.mark.parametrize(("value", "words"), [(0.004, "+0.01"), (-0.004, "−0.01"), (0.0, "0.00")])
def test_interval_end_is_not_rounded_across_zero(value: float, words: str) -> None:
    assert signed(value) == words


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_bar_fills_its_width_and_leaves_nothing_out(up: int, same: int, down: int) -> None:
    parts = change_bar(up, same, down)

    assert sum(part.count for part in parts) == up + same + down
    if parts:
        last = parts[-1]
        assert abs(last.x + last.width - 357) < 0.5


def test_chart_shows_the_whole_scale_and_leaves_out_what_is_unknown() -> None:
    chart = own_chart([("Adaptability", 3.25, 4.25), ("Telehealth", None, 3.0)])

    assert [tick for tick, _ in chart.ticks] == [1, 2, 3, 4, 5]
    assert [row.label for row in chart.rows] == ["Adaptability"]
    assert (chart.rows[0].before_x, chart.rows[0].after_x) == (201.0, 285.0)
