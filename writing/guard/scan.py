"""Runs the patterns over a text and keeps one finding per stretch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from . import patterns
from .finding import Finding

NEAR = 80  # characters: the longest weekday, article and month with some room


def check(
    text: str,
    *,
    places: Iterable[str] = (),
    people: Iterable[str] = (),
    trip_start: date | None = None,
    trip_end: date | None = None,
) -> list[Finding]:
    """What could point to somebody, in reading order, without overlaps (the longest wins).

    `places` and `people` are the names of the trip. With `trip_start` a date inside the trip is
    offered as a week of it. Never raises on any text.
    """
    found = [
        *dates(text, trip_start, trip_end),
        *simple(text),
        *ages(text),
        *titled_names(text),
        *listed(text, tuple(places), "place"),
        *listed(text, name_forms(people), "person"),
    ]
    return without_overlaps(found)


def apply(text: str, finding: Finding, wording: str | None = None) -> str:
    """The text with the finding made general; unchanged if the text moved since."""
    general = wording if wording is not None else finding.suggestion
    if general is None or text[finding.start : finding.end] != finding.text:
        return text
    return text[: finding.start] + general + text[finding.end :]


def without_overlaps(found: list[Finding]) -> list[Finding]:
    """Longest first; whatever overlaps a kept one is dropped."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


def finding(
    kind: str, match: re.Match[str], suggestion: str | None, group: str | int = 0
) -> Finding:
    """A finding over a match or one of its groups."""
    start, end = match.span(group)
    return Finding(kind, start, end, match.string[start:end], suggestion)


def simple(text: str) -> Iterator[Finding]:
    """E-mail addresses, telephone numbers, long numbers."""
    for match in patterns.EMAIL.finditer(text):
        yield finding("email", match, _("a message"))
    for match in patterns.NUMBER.finditer(text):
        if not patterns.AMOUNT.match(text, match.end()):
            yield finding("number", match, _("a number"))
    for match in patterns.PHONE.finditer(text):
        if is_phone(match.group()) and not patterns.AMOUNT.match(text, match.end()):
            yield finding("phone", match, _("a telephone number"))


def is_phone(text: str) -> bool:
    """Groups of digits as people write telephone numbers; not thousands, ranges or dates."""
    if patterns.NUMERIC_DATE.fullmatch(text):
        return False
    groups = re.findall(r"\d+", text)
    if text.startswith(("+", "00", "(")):
        return sum(map(len, groups)) >= 7
    thousands = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    years = len(groups) == 2 and all(re.fullmatch(patterns.YEAR, group) for group in groups)
    lone = any(len(group) < 2 for group in groups)
    return len(groups) > 1 and not thousands and not years and not lone


def ages(text: str) -> Iterator[Finding]:
    """Ages over 89, where the words around say that it is an age."""
    for pattern in patterns.AGES:
        for match in pattern.finditer(text):
            yield finding("age", match, _("90 or older"), "age")


def titled_names(text: str) -> Iterator[Finding]:
    """A title and a capitalised name behind it."""
    for match in patterns.TITLED_NAME.finditer(text):
        second = re.split(r"\s+", match.group(), maxsplit=1)[1].split()[0]
        if second.casefold() not in patterns.NOT_NAMES:
            yield finding("name", match, _("a colleague"))


def dates(text: str, start: date | None, end: date | None) -> Iterator[Finding]:
    """A day of a month, written or in figures. A month or a year alone is no finding."""
    for first, last in near_digits(text):
        for match in written_dates(text, first, last):
            if match["month"].casefold() == "may" and match["month"] == "may":
                continue  # "10 may refuse": the verb
            month = patterns.MONTHS[match["month"].casefold()]
            day = known_day(match["year"], month, int(match["day"]), start)
            yield finding("date", match, week_words(day, start, end))
    for match in patterns.NUMERIC_DATE.finditer(text):
        parts = match.groupdict()
        year = parts["year"] or parts["y2"] or parts["y3"]
        month = int(parts["m1"] or parts["m2"] or parts["m3"])
        day = known_day(year, month, int(parts["d1"] or parts["d2"] or parts["d3"]), start)
        yield finding("date", match, week_words(day, start, end))


def written_dates(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """A day beside the name of a month, in either order, inside a stretch of the text."""
    yield from patterns.WRITTEN_DATE.finditer(text, first, last)
    yield from patterns.AMERICAN_DATE.finditer(text, first, last)


def near_digits(text: str) -> Iterator[tuple[int, int]]:
    """The stretches around digits, cut between words: most words of a text are far from any."""
    first = last = -1
    for digits in patterns.DIGITS.finditer(text):
        if first >= 0 and digits.start() - NEAR > last:
            yield first, last
            first = -1
        if first < 0:
            first = max(0, digits.start() - NEAR)
        if digits.end() + NEAR > last:  # else that far was looked before: stays linear
            border = patterns.BETWEEN_WORDS.search(text, digits.end() + NEAR)
            last = border.start() if border else len(text)
    if first >= 0:
        yield first, last


def known_day(year: str | None, month: int, day: int, start: date | None) -> date | None:
    """The calendar day, with the trip's year where none is written; None if there is none."""
    if year is None and start is None:
        return None
    number = int(year) if year else start.year if start else 0
    try:
        return date(number + 2000 if number < 100 else number, month, day)
    except ValueError:
        return None


def week_words(day: date | None, start: date | None, end: date | None) -> str:
    """A week of the trip for a day inside it; else something that names no day."""
    if day is None or start is None or day < start or (end is not None and day > end):
        return _("around that time")
    names = [
        _("in the first week"),
        _("in the second week"),
        _("in the third week"),
        _("in the fourth week"),
    ]
    week = (day - start).days // 7
    return names[week] if week < len(names) else _("later in the visit")


def name_forms(people: Iterable[str]) -> tuple[str, ...]:
    """A full name, and its words that can stand for it alone."""
    forms: set[str] = set()
    titles = {title.casefold() for title in patterns.TITLES.split("|")}
    for name in people:
        words = [word for word in name.split() if word.strip(".").casefold() not in titles]
        forms.add(" ".join(words))
        forms.update(word for word in words if len(word) > 2)
    return tuple(sorted(form for form in forms if form))


def listed(text: str, names: tuple[str, ...], kind: str) -> Iterator[Finding]:
    """Names from a list, whatever their case and accents, at word borders."""
    pattern = compiled(names)
    if pattern is None:
        return
    suggestion = _("a town in the district") if kind == "place" else _("a colleague")
    folded, offsets = fold(text)
    for match in pattern.finditer(folded):
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        yield Finding(kind, start, end, text[start:end], suggestion)


@lru_cache(maxsize=256)
def compiled(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for a list of names, longest first."""
    folded = sorted({fold(name.strip())[0] for name in names if name.strip()}, key=len)
    if not folded:
        return None
    choices = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in reversed(folded))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def fold(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, and for each of its characters the original's offset."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(text):
        for part in unicodedata.normalize("NFD", letter.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                offsets.append(offset)
    return "".join(letters), offsets
