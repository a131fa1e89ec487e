"""The identifier guard: what it marks, what it leaves alone, and that it is quick."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from writing.guard import apply, check

SENTENCES = yaml.safe_load((Path(__file__).parent / "guard_sentences.yaml").read_text())
PLACES = ["Palumén", "Mto Mweusi"]
PEOPLE = ["Baraka Lema"]
JUNE = {"trip_start": date(2026, 6, 8), "trip_end": date(2026, 7, 3)}


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:40])
def test_labelled_sentence(case: dict[str, object]) -> None:
    found = [
        {finding.kind: finding.text}
        for finding in check(str(case["text"]), places=PLACES, people=PEOPLE)
    ]

    assert found == case["marks"]


@given(st.text(max_size=400))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    last = 0
    for finding in check(text, places=PLACES, people=PEOPLE):
        assert text[finding.start : finding.end] == finding.text
        assert finding.start >= last
        last = finding.end


@given(st.lists(st.sampled_from([str(case["text"]) for case in SENTENCES]), max_size=6))
def test_taking_every_suggestion_leaves_nothing_to_mark(sentences: list[str]) -> None:
    text = " ".join(sentences)
    for _ in range(60):
        found = [f for f in check(text, places=PLACES, people=PEOPLE) if f.suggestion]
        if not found:
            break
        text = apply(text, found[0])

    assert not check(text, places=PLACES, people=PEOPLE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 9 June it rained.", "in the first week"),
        ("On 16 June it rained.", "in the second week"),
        ("On 3 July it rained.", "in the fourth week"),
        ("On 3 May it rained.", "around that time"),
        ("On 31 June it rained.", "around that time"),
    ],
)
def test_date_inside_the_visit_becomes_a_week_of_it(text: str, words: str) -> None:
    assert check(text, **JUNE)[0].suggestion == words


def test_age_is_grouped_and_the_sentence_stays() -> None:
    text = "A man of 91 came for a hip."

    assert apply(text, check(text)[0]) == "A man of 90 or older came for a hip."


def test_reason_to_keep_survives_changes_around_it() -> None:
    before = check("On 3 June it rained.")[0]
    after = check("Much later, and differently: On 3 June it rained.")[0]

    assert before.fingerprint == after.fingerprint


def test_suggestion_is_not_applied_to_a_text_that_moved() -> None:
    finding = check("On 3 June it rained.")[0]

    assert apply("Something else stands here.", finding) == "Something else stands here."


@pytest.mark.parametrize(
    "text",
    ["1 " * 30_000, "a@" * 30_000, "Dr " * 20_000, "9" * 60_000, "Aa " * 20_000, "1/1/" * 15_000],
    ids=lambda text: text[:6],
)
def test_text_made_to_be_slow_is_read_in_reasonable_steps(text: str) -> None:
    assert len(check(text, places=PLACES, people=PEOPLE)) <= len(text)


def test_empty_lists_of_names_mark_nothing() -> None:
    assert check("Nothing here.", places=["", " "], people=[]) == []


def test_date_far_from_other_digits_is_found() -> None:
    text = "word " * 400 + "On the 12th of March we met. " + "word " * 400 + "June 3, 2026."

    assert [f.text for f in check(text)] == ["the 12th of March", "June 3, 2026"]


def test_digits_without_spaces_are_looked_through_once() -> None:
    began = time.process_time()

    check("1a" * 30_000)

    assert time.process_time() - began < 2
