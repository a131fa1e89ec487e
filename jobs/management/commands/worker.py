"""The worker: django-tasks' own, for every queue, with signs of life."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.db import OperationalError, connections
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from jobs.heartbeats import beat, keep_beating
from jobs.models import Heartbeat

from .tick import stop as end

PAUSE = 5  # seconds

log = logging.getLogger(__name__)


class Command(db_worker.Command):
    """Runs what was deferred, and says that it is alive."""

    help = "Run deferred work: mails, search index. Every queue, with a heartbeat for /readyz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*")

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Work until stopped; the heart beats beside it."""
        stop = threading.Event()
        heart = threading.Thread(target=keep_beating, args=(worker_id, stop), daemon=True)
        heart.start()
        try:
            while not self.work(worker_id, **options):
                signal.signal(signal.SIGTERM, end)
                connections.close_all()
                time.sleep(PAUSE)
        finally:
            stop.set()
            heart.join(timeout=5)

    def work(self, worker_id: str, **options: Any) -> bool:
        """Work until told to stop; False where the database was locked too long, or away."""
        try:
            beat(Heartbeat.Kind.WORKER, worker_id, at=timezone.now())
            super().handle(worker_id=worker_id, **options)
        except OperationalError:
            log.exception("worker: the database does not answer; it tries again")
            return False
        return True
