"""Checks that perform badly, for the first page of the CMS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.urls import reverse

from publishing.models import Edition

from .check_words import flags_of, is_doubtful, people_words
from .first_answers import Place, Tally, current, tallies
from .models import LessonPage, ModulePage
from .rendering import Check, checks_in

KEEP = timedelta(days=2)  # counted every day; a missed one does no harm
KEY = "doubtful-checks"
Row = tuple[int, str, int, int, dict[str, int]]  # what is kept: plain values


@dataclass(frozen=True)
class Doubt:
    """A check of a current edition, and what is doubtful about it."""

    edition: Edition
    check: Check
    people: str
    flags: list[str]

    @property
    def url(self) -> str:
        """Where its answers are shown."""
        return reverse("cms_checks_edition", args=[self.edition.public_id]) + f"#{self.check.id}"


def doubts_in(modules: Sequence[ModulePage], *, most: int) -> list[Doubt]:
    """The checks of these modules that most people get wrong first, then those all get right.

    Answers are counted once a day; an edition that is no longer the latest is not named.
    """
    counts = doubtful_now()
    if not modules or not counts:
        return []
    lessons = LessonPage.objects.in_modules(modules).order_by().values("pk")
    named = Edition.objects.filter(pk__in={edition for edition, _check in counts})
    theirs = current(named.filter(page__in=lessons)).select_related("locale").defer("content")
    shown = {edition.pk: edition for edition in theirs}
    worst = sorted(
        (place for place in counts if place[0] in shown),
        key=lambda place: (counts[place].right / counts[place].n, -counts[place].n, place),
    )[:most]
    return list(in_words(worst, counts, shown))


def in_words(
    worst: Sequence[Place], counts: dict[Place, Tally], shown: dict[int, Edition]
) -> Iterator[Doubt]:
    """Each with its question. One query."""
    wanted = Edition.objects.filter(pk__in={edition for edition, _check in worst})
    asked = {pk: checks_in(content) for pk, content in wanted.values_list("pk", "content")}
    for pk, block_id in worst:
        tally = counts[pk, block_id]
        for check in asked[pk]:
            if check.id == block_id:
                yield Doubt(shown[pk], check, people_words(tally.n), flags_of(check, tally))


def doubtful_now() -> dict[Place, Tally]:
    """In what readers see of the whole house, as counted last."""
    rows: list[Row] | None = cache.get(KEY)
    if rows is None:
        rows = count_anew()
    return {(pk, check): Tally(n, right, Counter(taken)) for pk, check, n, right, taken in rows}


def count_anew() -> list[Row]:
    """Count and keep. It takes seconds where there are millions of answers."""
    rows = count_doubtful()
    cache.set(KEY, rows, KEEP.total_seconds())
    return rows


def count_doubtful() -> list[Row]:
    """One query."""
    counts = tallies(current(Edition.objects.filter(page__live=True)))
    return [
        (edition, check, tally.n, tally.right, dict(tally.taken))
        for (edition, check), tally in counts.items()
        if is_doubtful(tally)
    ]
