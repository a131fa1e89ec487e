"""The demo's calendar: every hour is told from the day on which the demo is loaded.

-30 Tue 21:40    Tuesday of the week 30 weeks before this one
+4 Mon           Monday of the week 4 weeks after this one
3d 21:40         three days ago
"""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEK = re.compile(r"([+-]?\d+) (Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?: (\d\d:\d\d))?")
AGO = re.compile(r"(\d+)d(?: (\d\d:\d\d))?")
NOON = "12:00"


@dataclass(frozen=True)
class Calendar:
    """Counts from one moment, so that one visit is always under way and one always ahead."""

    now: datetime

    def day(self, words: str) -> date:
        """The date that the words name."""
        return self._read(words)[0]

    def moment(self, words: str, zone: str) -> datetime:
        """The hour that the words name, on a clock in this zone."""
        day, clock = self._read(words)
        return at(day, clock, zone)

    def _read(self, words: str) -> tuple[date, str]:
        week, ago = WEEK.fullmatch(words), AGO.fullmatch(words)
        today = self.now.date()
        if week:
            monday = today - timedelta(days=today.weekday())
            days = 7 * int(week[1]) + DAYS.index(week[2])
            return monday + timedelta(days=days), week[3] or NOON
        if ago:
            return today - timedelta(days=int(ago[1])), ago[2] or NOON
        raise ValueError(f"“{words}” names no day of the demo.")


def at(day: date, clock: str, zone: str) -> datetime:
    """An hour of a day in a zone."""
    return datetime.combine(day, time.fromisoformat(clock), zoneinfo.ZoneInfo(zone))
