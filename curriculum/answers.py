"""What a person answered to the checks of an edition, and which answers count for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from people.models import User
from publishing.models import Edition

from .models import CheckAttempt
from .rendering import Check, Lesson


@dataclass(frozen=True)
class Answers:
    """By check: the last attempt, and whether it was ever right."""

    last: dict[str, CheckAttempt]
    right: frozenset[str]

    def open_in(self, lesson: Lesson) -> list[Check]:
        """The checks that are not right yet."""
        return [check for check in lesson.checks if check.id not in self.right]


NOTHING = Answers({}, frozenset())


def answers_to(
    lesson: Lesson,
    edition: Edition,
    user: User,
    *,
    floor: int,
    since: datetime | None = None,
) -> Answers:
    """Attempts on this edition, and on earlier ones that asked the same. One query."""
    attempts = CheckAttempt.objects.filter(
        user=user,
        edition__page_id=edition.page_id,
        edition__number__gte=floor,
        edition__number__lte=edition.number,
    )
    if since:
        attempts = attempts.filter(at__gte=since)
    asked = {check.id: check.hash for check in lesson.checks}
    last: dict[str, CheckAttempt] = {}
    right: set[str] = set()
    for attempt in attempts.order_by("at", "pk"):
        block = str(attempt.block_id)
        if asked.get(block) == attempt.check_hash:
            last[block] = attempt
            if attempt.correct:
                right.add(block)
    return Answers(last, frozenset(right))
