"""Checks that perform badly, for the first page of the CMS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from publishing.models import Edition

from .check_words import flags_of, is_doubtful, people_words
from .first_answers import Tally, current, tallies
from .models import LessonPage, ModulePage
from .rendering import Check, checks_in


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

    Two queries for any number of modules.
    """
    if not modules:
        return []
    lessons = LessonPage.objects.in_modules(modules).order_by().values("pk")
    counts = tallies(current(Edition.objects.filter(page__in=lessons)))
    doubtful = sorted(
        ((place, tally) for place, tally in counts.items() if is_doubtful(tally)),
        key=lambda line: (line[1].right / line[1].n, -line[1].n, line[0]),
    )[:most]
    wanted = {edition for (edition, _check), _tally in doubtful}
    editions = {
        edition.pk: edition
        for edition in Edition.objects.filter(pk__in=wanted).select_related("locale")
    }
    return [doubt_of(editions[edition], check, tally) for (edition, check), tally in doubtful]


def doubt_of(edition: Edition, block_id: str, tally: Tally) -> Doubt:
    """In words. An answer that was marked was asked by this edition."""
    check = next(check for check in checks_in(edition.read()) if check.id == block_id)
    return Doubt(edition, check, people_words(tally.n), flags_of(check, tally))
