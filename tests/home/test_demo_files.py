"""The demo's files and its calendar, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from home.demo.scripts import BadScript, Script, read_act, scripts
from home.demo.stage import FILES, read
from home.demo.when import Calendar

SCRIPTS = scripts()
MONDAY = datetime(2027, 3, 1, 12, tzinfo=UTC)
WEEK = [MONDAY + timedelta(days=day) for day in range(7)]


def zones() -> dict[str, str]:
    """Everybody's time zone, by key."""
    places = {row["key"]: row["time_zone"] for row in read("places.yaml")["institutions"]}
    return {row["key"]: places[row["at"]] for row in read("people.yaml")}


def hours(script: Script, calendar: Calendar) -> list[datetime]:
    """When what happened to an entry, in the order of its file."""
    zone = zones()
    own = [calendar.moment(words, zone[script.author]) for words in (script.begun, script.sent)]
    acts = [
        calendar.moment(act.when, zone[script.author if act.by_author else act.reader])
        for act in script.acts
    ]
    return own + acts


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%A}")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.key)
def test_entry_happens_in_order_whatever_the_weekday(script: Script, now: datetime) -> None:
    when = hours(script, Calendar(now))

    assert when == sorted(when)
    assert len(set(when)) == len(when)
    assert when[-1] < now


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%A}")
def test_one_visit_is_always_under_way_and_one_ahead(now: datetime) -> None:
    calendar, today = Calendar(now), now.date()
    starts = {row["key"]: calendar.day(row["starts"]) for row in read("trips.yaml")}
    ends = {row["key"]: calendar.day(row["ends"]) for row in read("trips.yaml")}

    assert starts["harrow-lake-now"] < today < ends["harrow-lake-now"]
    assert today + timedelta(days=14) < starts["kilimari-next"] - timedelta(days=2)
    assert sum(end < today for end in ends.values()) == 6


def test_purposes_say_how_long_the_visit_is() -> None:
    calendar = Calendar(MONDAY)
    weeks = {
        row["purpose"]: round(
            (calendar.day(row["ends"]) - calendar.day(row["starts"])).days / 7 + 0.4
        )
        for row in read("trips.yaml")
    }

    assert [n for purpose, n in weeks.items() if purpose.startswith("Two weeks")] == [2]
    assert [n for purpose, n in weeks.items() if "three weeks" in purpose] == [3]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.key)
def test_entry_has_80_to_300_words(script: Script) -> None:
    assert 80 <= len(script.body.split()) <= 300


def test_words_that_name_no_day_are_refused() -> None:
    with pytest.raises(ValueError, match="names no day"):
        Calendar(MONDAY).day("next week")


def test_unknown_act_is_refused() -> None:
    with pytest.raises(BadScript, match="“applaud” is not an act"):
        read_act(FILES / "entries" / "x.md", "applaud ruth, 1d 12:00")
