"""The worker: django-tasks' own, for every queue, with signs of life."""

from __future__ import annotations

import threading
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from jobs.heartbeats import beat, keep_beating
from jobs.models import Heartbeat


class Command(db_worker.Command):
    """Runs what was deferred, and says that it is alive."""

    help = "Run deferred work: mails, search index. Every queue, with a heartbeat for /readyz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*")

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Work until stopped; the heart beats beside it."""
        beat(Heartbeat.Kind.WORKER, worker_id, at=timezone.now())
        stop = threading.Event()
        heart = threading.Thread(target=keep_beating, args=(worker_id, stop), daemon=True)
        heart.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            stop.set()
            heart.join(timeout=5)
