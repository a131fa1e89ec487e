"""What this room knows about a person, and what is left when they go (DESIGN §4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from people.models import User

from .models import LessonReport
from .reporting import withdraw_notices


def export_for(user: User) -> dict[str, Any]:
    """What the person reported on lessons, and what they answered to others, as JSON holds it.

    Of an answer to somebody else only the answer is theirs, not what it was asked by.
    """
    sent = LessonReport.objects.sent_by(user).with_lesson()
    answered = LessonReport.objects.filter(settled_by=user).with_lesson()
    return {
        "reports": [report_of(row) for row in sent],
        "answered_reports": [answer_of(row) for row in answered],
    }


def report_of(row: LessonReport) -> dict[str, Any]:
    """One report, with the answer to it."""
    return lesson_of(row) | {
        "kind": row.kind,
        "passage": row.passage,
        "words": row.words,
        "at": row.at.isoformat(),
        "answered_by": row.settled_by.display_name if row.settled_by else None,
        **answer_of(row),
    }


def answer_of(row: LessonReport) -> dict[str, Any]:
    """What became of it."""
    return lesson_of(row) | {
        "state": row.state,
        "answer": row.answer,
        "answered": row.settled_at.isoformat() if row.settled_at else None,
    }


def lesson_of(row: LessonReport) -> dict[str, Any]:
    """The edition that it is about."""
    edition = row.edition
    return {
        "lesson": edition.title,
        "edition": edition.number,
        "language": edition.locale.language_code,
    }


@transaction.atomic
def erase(user: User, *, at: datetime | None = None) -> None:
    """Their reports go, and the answers with them; answers that they gave to others stay.

    Twice is harmless. Completions stay named until the institution's retention ends.
    """
    for report in LessonReport.objects.sent_by(user).select_for_update(of=("self",)):
        withdraw_notices(report, at or timezone.now())
        report.delete()
