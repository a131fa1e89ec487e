"""Leases in the database: the same on SQLite and PostgreSQL; a crash frees them in time."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from .models import Lock


def take(name: str, *, at: datetime, lasting: timedelta) -> uuid.UUID | None:
    """Take the lease and return its token, or None while somebody else holds it."""
    Lock.objects.bulk_create([Lock(name=name, until=at)], ignore_conflicts=True)
    token = uuid.uuid4()
    won = Lock.objects.filter(name=name, until__lte=at).update(until=at + lasting, token=token)
    return token if won else None


def extend(name: str, token: uuid.UUID, *, at: datetime, lasting: timedelta) -> bool:
    """Hold the lease for longer; False if it ran out and somebody else took it."""
    return bool(Lock.objects.filter(name=name, token=token).update(until=at + lasting))


def release(name: str, token: uuid.UUID, *, at: datetime) -> None:
    """Give the lease back, unless somebody else has it by now."""
    Lock.objects.filter(name=name, token=token).update(until=at)
