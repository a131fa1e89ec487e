"""The one clock: runs what each app declares in its scheduled.py, once, whoever asks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from importlib import import_module

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from . import locks
from .heartbeats import beat
from .models import Heartbeat

ScheduledTask = Callable[[datetime], None]

LOCK = "tick"
LEASE = timedelta(minutes=10)

log = logging.getLogger(__name__)


def find_tasks() -> list[ScheduledTask]:
    """`TASKS` of every installed app that has a scheduled.py, in the order of INSTALLED_APPS."""
    tasks: list[ScheduledTask] = []
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "scheduled"):
            tasks += getattr(import_module(f"{config.name}.scheduled"), "TASKS", [])
    return tasks


def name_of(task: ScheduledTask) -> str:
    """How the log calls a task: app and function."""
    return f"{task.__module__.split('.')[0]}.{task.__name__}"


def tick(at: datetime, tasks: Iterable[ScheduledTask] | None = None) -> list[str] | None:
    """Run every task that is due; names of those that failed, or None if another tick is at it."""
    token = locks.take(LOCK, at=at, lasting=LEASE)
    if token is None:
        return None
    failed: list[str] = []
    try:
        for task in find_tasks() if tasks is None else tasks:
            if not locks.extend(LOCK, token, at=timezone.now(), lasting=LEASE):
                log.error("tick took longer than %s and lost its turn", LEASE)
                return [*failed, LOCK]
            try:
                task(at)
            except Exception:
                log.exception("tick: %s failed", name_of(task))
                failed.append(name_of(task))
        beat(Heartbeat.Kind.CLOCK, LOCK, at=at)
    finally:
        locks.release(LOCK, token, at=at)
    return failed


def once_a_day(task: ScheduledTask) -> ScheduledTask:
    """A task that runs at most once in 24 hours; a failure is tried again at the next tick."""

    def daily(at: datetime) -> None:
        token = locks.take(name_of(task), at=at, lasting=timedelta(days=1))
        if token is None:
            return
        try:
            task(at)
        except BaseException:
            locks.release(name_of(task), token, at=at)
            raise

    daily.__module__, daily.__name__ = task.__module__, task.__name__
    return daily
