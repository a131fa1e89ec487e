"""What the clock does for certificates."""

from __future__ import annotations

from datetime import datetime

from curriculum.models import ModuleCompletion
from jobs.clock import ScheduledTask, once_a_day
from people.models import User

from .certifying import certify_module, certify_visits, uncertified_visits
from .papers import forget_old

AT_ONCE = 500


def certify_modules(at: datetime) -> None:
    """Modules completed before there were certificates; some at each tick, until all are done."""
    rows = ModuleCompletion.objects.filter(certificates=None).select_related("user", "module")
    for completion in rows.order_by("pk")[:AT_ONCE]:
        certify_module(completion)


def certify_ready_visits(at: datetime) -> None:
    """Visits for which nothing is left to do since a module is no longer required."""
    ready = uncertified_visits(at).values("user")
    for user in User.objects.filter(pk__in=ready, module_completions__isnull=False).distinct():
        certify_visits(user, at=at)


TASKS: list[ScheduledTask] = [
    certify_modules,
    once_a_day(certify_ready_visits),
    once_a_day(forget_old),
]
