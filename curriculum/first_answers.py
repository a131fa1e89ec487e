"""First answers to checks, counted for editors. Nobody is named, and few people are not counted.

A person counts once for each check: with the first answer that they ever gave to this question
in this lesson, in the edition that asked it then. Later tries, re-tests of the same question and
renewals are no first answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from publishing.models import Edition

from .models import CheckAttempt

SAME_QUESTION = ["user_id", "edition__page_id", "block_id", "check_hash"]
Place = tuple[int, str]  # an edition and a check of it
Question = tuple[int, str, str]  # a lesson, a check of it, and the hash of its words


@dataclass
class Tally:
    """First answers to one check of one edition: people, those who were right, what was taken."""

    n: int = 0
    right: int = 0
    taken: Counter[str] = field(default_factory=Counter)

    def add(self, answers: Iterable[str], *, correct: bool, people: int = 1) -> None:
        """So many people gave these answers."""
        self.n += people
        self.right += people * correct
        for choice in answers:
            self.taken[choice] += people


def current(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Of these, what readers see: the latest of each page."""
    later = Edition.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
    return editions.filter(~Exists(later))


def first_tries(editions: QuerySet[Edition]) -> QuerySet[CheckAttempt]:
    """Each person's first answer to each check of these lessons, in whatever edition."""
    turn = Window(RowNumber(), partition_by=SAME_QUESTION, order_by=["at", "pk"])
    pages = editions.order_by().values("page")
    return CheckAttempt.objects.filter(edition__page__in=pages).annotate(turn=turn).filter(turn=1)


def first_attempts(editions: QuerySet[Edition]) -> QuerySet[CheckAttempt]:
    """Of them, those that one of these editions asked."""
    first = first_tries(editions).order_by().values("pk")
    asked = editions.order_by().values("pk")
    return CheckAttempt.objects.filter(pk__in=first, edition__in=asked).order_by()


def tallies(editions: QuerySet[Edition]) -> dict[Place, Tally]:
    """By edition and check. One query, whose rows are kinds of answers and not people."""
    kinds = first_attempts(editions).values_list("edition_id", "block_id", "answers", "correct")
    found: dict[Place, Tally] = {}
    for edition, check, answers, correct, people in kinds.annotate(people=Count("pk")):
        tally = found.setdefault((edition, str(check)), Tally())
        tally.add(answers, correct=correct, people=people)
    return found


def people_in(editions: QuerySet[Edition]) -> dict[int, int]:
    """By edition: how many people gave a first answer in it, each once."""
    rows = first_attempts(editions).values_list("edition_id")
    return dict(rows.annotate(people=Count("user", distinct=True)))


@dataclass(frozen=True)
class FirstAnswers:
    """The first answers in one edition: counts by check, and who was right without any name."""

    tallies: dict[str, Tally]
    rows: list[list[int]]  # of people who answered every check; 1 is right, 0 wrong
    people: int


def first_answers(edition: Edition, checks: list[str]) -> FirstAnswers:
    """Of one edition, whose checks have these ids. One query."""
    counts = {check: Tally() for check in checks}
    marks: dict[int, dict[str, int]] = {}
    attempts: Any = first_attempts(Edition.objects.filter(pk=edition.pk)).values_list(
        "user_id", "block_id", "answers", "correct"
    )
    for person, check, answers, correct in attempts.iterator():
        if str(check) in counts:
            counts[str(check)].add(answers, correct=correct)
            marks.setdefault(person, {})[str(check)] = int(correct)
    rows = [[mine[c] for c in checks] for mine in marks.values() if len(mine) == len(checks)]
    return FirstAnswers(counts, sorted(rows), len(marks))


def rows_over(editions: QuerySet[Edition], asked: Sequence[Question]) -> list[list[int]]:
    """Right or wrong, of people who answered all of it, in whatever edition. One query."""
    places = {question: place for place, question in enumerate(asked)}
    marks: dict[int, dict[int, int]] = {}
    tries: Any = first_tries(editions).values_list(
        "user_id", "edition__page_id", "block_id", "check_hash", "correct"
    )
    for person, page, check, asked_hash, correct in tries.order_by().iterator():
        place = places.get((page, str(check), asked_hash))
        if place is not None:
            marks.setdefault(person, {})[place] = int(correct)
    whole = (mine for mine in marks.values() if len(mine) == len(places))
    return sorted([mine[place] for place in range(len(places))] for mine in whole)
