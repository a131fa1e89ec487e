"""What the clock does for the curriculum."""

from __future__ import annotations

from datetime import datetime

from jobs.clock import ScheduledTask, once_a_day

from .doubts import count_anew
from .packing.waiting import drop_old


def count_checks(at: datetime) -> None:
    """Checks that perform badly, so that no editor waits for the count."""
    count_anew()


TASKS: list[ScheduledTask] = [drop_old, once_a_day(count_checks)]
