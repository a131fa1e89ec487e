"""Signs of life of the worker and the clock, shown by /readyz."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from .models import Heartbeat

WORKER_EVERY = timedelta(seconds=20)
FORGET_AFTER = timedelta(days=1)

log = logging.getLogger(__name__)


def beat(kind: Heartbeat.Kind, name: str, *, at: datetime) -> None:
    """Say that this process is alive."""
    Heartbeat.objects.update_or_create(kind=kind, name=name, defaults={"at": at})


def age(kind: Heartbeat.Kind, *, at: datetime) -> timedelta | None:
    """Time since the last sign of life of any process of this kind; None if there was none."""
    last = Heartbeat.objects.filter(kind=kind).order_by("-at").values_list("at", flat=True).first()
    return None if last is None else at - last


def alive(kind: Heartbeat.Kind, *, since: datetime) -> set[str]:
    """Names of the processes of this kind that were heard from since then."""
    beats = Heartbeat.objects.filter(kind=kind, at__gte=since)
    return set(beats.values_list("name", flat=True))


def forget_the_dead(at: datetime) -> None:
    """Delete the beats of processes that ended long ago."""
    Heartbeat.objects.filter(at__lt=at - FORGET_AFTER).delete()


def keep_beating(name: str, stop: threading.Event) -> None:
    """Beat for a worker until told to stop. Runs in a thread: a long task must not look dead."""
    while not stop.wait(WORKER_EVERY.total_seconds()):
        try:
            beat(Heartbeat.Kind.WORKER, name, at=timezone.now())
        except DatabaseError:
            log.warning("heartbeat not written", exc_info=True)
        finally:
            connection.close()
