"""Item analysis and KR-20 agree with cases that were checked by several independent routes."""

from __future__ import annotations

import math
from typing import Any

import pytest

from measures.consistency import consistency
from measures.items import item_analysis
from measures.quantiles import f_quantile

from .test_change import CASES

# The names that the cases have for what is one statistic here.
KR20 = {"n": "n_used", "sum_pq": "sum_var", "var_total_pop": "var_total", "kr20": "value"}
ALPHA = {"alpha": "value"}


def cases(statistic: str) -> Any:
    return pytest.mark.parametrize(
        "case", [c for c in CASES if c["statistic"] == statistic], ids=lambda c: c["id"]
    )


def same(got: Any, expected: Any, case: dict[str, Any]) -> bool:
    """Within the tolerance of the case; counts and texts are exact."""
    if not isinstance(expected, float):
        return bool(got == expected)
    near = case["tolerance"]["default"]
    return got is not None and math.isclose(got, expected, rel_tol=near, abs_tol=near)


def hold(found: Any, case: dict[str, Any], names: dict[str, str]) -> None:
    expected = case["expected"]
    assert found.reason == expected.get("reason", "")
    assert found.ci_reason == expected.get("not_estimable", {}).get("ci", "")
    assert (found.value is None) == (expected["status"] == "not_estimable")
    for name, value in expected["values"].items():
        got = getattr(found, names.get(name, name))
        assert same(got, value, case), (name, got, value)


@cases("kr20")
def test_kr20_agrees_with_the_checked_cases(case: dict[str, Any]) -> None:
    rows = case["input"]["scores"]
    k = case["input"].get("k") or len(rows[0])
    hold(consistency(rows, k), case, KR20)


@cases("cronbach_alpha")
def test_alpha_and_its_interval_agree_with_the_checked_cases(case: dict[str, Any]) -> None:
    rows = case["input"]["items"]
    k = case["input"].get("k") or len(rows[0])
    hold(consistency(rows, k), case, ALPHA)


@cases("distribution_function")
def test_quantiles_agree_with_the_checked_cases(case: dict[str, Any]) -> None:
    calls, expected = case["input"]["calls"], case["expected"]["values"]["results"]
    for call, value in zip(calls, expected, strict=True):
        assert same(f_quantile(*call), value, case), call


@cases("item_analysis")
def test_item_analysis_agrees_with_the_checked_cases(case: dict[str, Any]) -> None:
    data, expected = case["input"], case["expected"]["values"]
    found = item_analysis(data["answers"], data["key"], data["options"])

    assert len(data["answers"]) == expected["n_people"]
    assert len(found) == expected["k_items"]
    for item, wanted in zip(found, expected["items"], strict=True):
        assert (item.n, item.n_blank) == (wanted["n"], wanted["n_blank"])
        for name in ("difficulty", "discrimination"):
            assert same(getattr(item, name), wanted.get(name), case), (wanted["item"], name)
        assert item.reason == wanted.get("not_estimable", {}).get("discrimination", "")
        assert list(item.options) == list(wanted.get("options", {}))
        for name, line in wanted.get("options", {}).items():
            got = item.options[name]
            assert (got.n, got.correct) == (line["n"], line["correct"])
            assert same(got.pct, line["pct"], case)
            assert same(got.mean_rest_score, line.get("mean_rest_score"), case)


def test_everything_that_concerns_checks_is_among_the_cases() -> None:
    names = [case["statistic"] for case in CASES]

    assert (names.count("kr20"), names.count("item_analysis")) == (6, 5)
