"""What the clock does for certificates."""

from __future__ import annotations

from datetime import datetime

from jobs.clock import ScheduledTask, once_a_day
from jobs.defer import defer
from people.models import User

from .certifying import certify_visits, uncertified_visits
from .papers import forget_old
from .tasks import certify_missing


def certify_modules(at: datetime) -> None:
    """Modules completed before there were certificates: the worker does them, some at a time."""
    defer(certify_missing)


def certify_ready_visits(at: datetime) -> None:
    """Visits for which nothing is left to do since a module is no longer required."""
    ready = uncertified_visits(at).values("user")
    for user in User.objects.filter(pk__in=ready, module_completions__isnull=False).distinct():
        certify_visits(user, at=at)


TASKS: list[ScheduledTask] = [
    once_a_day(certify_modules),
    once_a_day(certify_ready_visits),
    once_a_day(forget_old),
]
