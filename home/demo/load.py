"""Plays the whole demo, once, into an empty house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnerships.models import Trip
from people.models import Institution

from . import age, answers, house, journals, lessons, reports, visits
from .stage import Stage
from .when import Calendar


def is_loaded() -> bool:
    """Whether the demo is there, whatever became of it since."""
    return Trip.objects.filter(is_demo=True).exists()


def is_empty() -> bool:
    """Whether nobody has begun anything here."""
    return not Institution.objects.exists()


@transaction.atomic
def load_demo(at: datetime) -> Stage:
    """All or nothing: a demo that was interrupted leaves an empty house to try again."""
    stage = Stage(Calendar(at))
    house.move_in(stage)
    visits.plan(stage)
    lessons.publish()
    lessons.set_a_day(stage)
    lessons.begin_draft(stage)
    age.date_back(stage)
    lessons.complete_all(stage)
    reports.play_reports(stage)
    answers.answer_all(stage)
    journals.play_all(stage)
    visits.close(stage)
    age.read_old_news(stage)
    return stage
