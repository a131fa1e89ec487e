"""The reviewer's queue: oldest waiting first, a page at a time by keyset, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from people.models import User

from .models import ReviewRequest
from .models.entry import ReviewRequestQuerySet

PER_PAGE = 50
MOST_COUNTED = 1000  # counting further would read the whole queue, and helps nobody
LINE = [
    "public_id",
    "right",
    "rounds",
    "since",
    "entry__title",
    "entry__phase",
    "entry__author__display_name",
    "entry__trip_member__trip__host__short_name",
]


@dataclass(frozen=True)
class Place:
    """Where a page of the queue begins: after this request."""

    since: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place a link carries; None where it is missing or nonsense."""
        try:
            stamp, key = text.split("~")
            since = datetime.fromisoformat(stamp)
            return cls(since, int(key)) if since.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.since.isoformat()}~{self.pk}"


@dataclass(frozen=True)
class QueuePage:
    """Some requests, and where the next page begins if there is one."""

    requests: Sequence[ReviewRequest]
    following: Place | None


def answered_by(user: User) -> ReviewRequestQuerySet:
    """What this reviewer answered or sent back, newest first."""
    return ReviewRequest.objects.for_reader(user).handled().order_by("-since")


def waiting_for(user: User) -> QuerySet[ReviewRequest]:
    """What waits for this reviewer, oldest first."""
    return ReviewRequest.objects.readable_by(user).waiting().order_by("since", "pk")


def count_waiting(user: User, page: QueuePage) -> int:
    """How many wait, when `page` is the first of them; MOST_COUNTED + 1 stands for more."""
    if page.following is None:
        return len(page.requests)
    return waiting_for(user).order_by()[: MOST_COUNTED + 1].count()


def queue_page(user: User, after: Place | None = None, size: int = PER_PAGE) -> QueuePage:
    """One page of the queue, in one query at any depth. What a line shows, and nothing else."""
    found = waiting_for(user).select_related("entry__author", "entry__trip_member__trip__host")
    if after:
        found = found.filter(
            Q(since__gt=after.since) | Q(since=after.since, pk__gt=after.pk), since__gte=after.since
        )
    rows = list(found.only(*LINE)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return QueuePage(rows, Place(rows[-1].since, rows[-1].pk) if more else None)
