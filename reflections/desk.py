"""The reviewer's queue: oldest waiting first, a page at a time by keyset, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from people.models import User

from .models import ReviewRequest

PER_PAGE = 50


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


def waiting_for(user: User) -> QuerySet[ReviewRequest]:
    """What waits for this reviewer, oldest first."""
    return ReviewRequest.objects.filter(reviewer=user).waiting().order_by("since", "pk")


def queue_page(user: User, after: Place | None = None) -> QueuePage:
    """One page of the queue, in one query at any depth."""
    found = waiting_for(user).select_related("entry__author", "entry__trip_member__trip__host")
    if after:
        found = found.filter(
            Q(since__gt=after.since) | Q(since=after.since, pk__gt=after.pk), since__gte=after.since
        )
    rows = list(found.defer("entry__body")[: PER_PAGE + 1])
    more = len(rows) > PER_PAGE
    rows = rows[:PER_PAGE]
    return QueuePage(rows, Place(rows[-1].since, rows[-1].pk) if more else None)
