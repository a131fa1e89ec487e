"""What the clock does for the curriculum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .packing.waiting import drop_old

TASKS: list[Callable[[datetime], None]] = [drop_old]
