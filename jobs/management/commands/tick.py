"""The clock. From cron once a minute, or as a process of its own with --every."""

from __future__ import annotations

import logging
import signal
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from jobs.clock import tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Does what is due now; two at once do nothing twice."""

    help = "Do what is due: publishing, reminders, tidying. Safe to run at any time, and twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="Go on, with this pause, until stopped."
        )

    def handle(self, *, every: float | None, **options: Any) -> None:
        """One tick, with an exit code that tells; or one after the other."""
        if every is None:
            sys.exit(0 if self.one_tick() else 1)
        signal.signal(signal.SIGTERM, stop)
        while True:
            try:
                self.one_tick()
            except DatabaseError:
                log.exception("tick: the database does not answer; the next one tries again")
            close_old_connections()
            time.sleep(every)

    def one_tick(self) -> bool:
        """Whether everything that was due is done."""
        failed = tick(timezone.now())
        if failed is None:
            self.stdout.write("Another tick is at work.")
        elif failed:
            self.stderr.write(f"Failed: {', '.join(failed)}. The log says why.")
        return not failed


def stop(number: int, frame: FrameType | None) -> None:
    """End as if the program had come to its end, so that the lease is given back."""
    sys.exit(0)
