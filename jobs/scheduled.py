"""What the clock does for the house itself."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from . import heartbeats
from .clock import ScheduledTask, once_a_day
from .models import Heartbeat

SILENCE = timedelta(minutes=5)
ATTEMPTS = 3

log = logging.getLogger(__name__)


class WorkerVanished(Exception):
    """The worker ended in the middle of this task, as often as we are willing to try."""


def publish_what_is_due(at: datetime) -> None:
    """Pages and snippets whose go-live or expiry has come."""
    call_command("publish_scheduled", verbosity=0)


def clear_sessions(at: datetime) -> None:
    """Sessions that ran out."""
    call_command("clearsessions", verbosity=0)


def prune_task_results(at: datetime) -> None:
    """Tasks that finished two weeks ago; failed ones are kept for three months."""
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=14,
        failed_min_age_days=90,
        verbosity=0,
    )


def sweep_stuck_tasks(at: datetime) -> None:
    """Tasks left running by a worker that was killed go back to the queue, three times at most."""
    alive = heartbeats.alive(Heartbeat.Kind.WORKER, since=at - SILENCE)
    stale = DBTaskResult.objects.running().filter(started_at__lt=at - SILENCE)
    for pk in stale.values_list("pk", flat=True):
        _sweep(pk, alive)


@transaction.atomic
def _sweep(pk: UUID, alive: set[str]) -> None:
    result = DBTaskResult.objects.running().select_for_update().filter(pk=pk).first()
    if result is None or set(result.worker_ids[-1:]) & alive:
        return
    log.warning("task %s was left running by a worker that is gone", result.pk)
    if len(result.worker_ids) >= ATTEMPTS:
        result.set_failed(WorkerVanished())
        return
    result.status, result.started_at = "READY", None
    result.save(update_fields=["status", "started_at"])


TASKS: list[ScheduledTask] = [
    publish_what_is_due,
    sweep_stuck_tasks,
    heartbeats.forget_the_dead,
    once_a_day(clear_sessions),
    once_a_day(prune_task_results),
]
