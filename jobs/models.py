"""What the machine remembers about its own work. No person's data is in these tables."""

from __future__ import annotations

import uuid

from django.db import models


class Heartbeat(models.Model):
    """When a worker or the clock was last known to work."""

    class Kind(models.TextChoices):
        WORKER = "worker"
        CLOCK = "clock"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # Two rows for one process would make a dead worker look alive.
            models.UniqueConstraint(name="heartbeat_once_per_process", fields=["kind", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Lock(models.Model):
    """A lease on a piece of work: nobody else starts it before `until`. See locks.py."""

    name = models.CharField(max_length=100, primary_key=True)
    token = models.UUIDField(default=uuid.uuid4)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class CacheRow(models.Model):
    """The table of Django's database cache, so that `migrate` alone makes it.

    Written by DatabaseCache only; its columns are those that `createcachetable` would make.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)  # Reader: DatabaseCache, when it culls

    class Meta:
        db_table = "jobs_cache"

    def __str__(self) -> str:
        return self.cache_key
