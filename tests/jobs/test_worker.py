"""The worker outlives a database that is locked or away for a while."""

from __future__ import annotations

import signal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker

from jobs.heartbeats import alive
from jobs.management.commands import worker
from jobs.models import Heartbeat
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def test_worker_goes_on_after_a_lock_that_lasted_too_long(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turns: list[str] = []

    def handle(self: Any, *, worker_id: str, **options: Any) -> None:
        turns.append(worker_id)
        if len(turns) < 3:
            raise OperationalError("database is locked")

    monkeypatch.setattr(db_worker.Command, "handle", handle)
    monkeypatch.setattr(worker, "PAUSE", 0)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)  # the tests' own one

    before = signal.getsignal(signal.SIGTERM)
    try:
        call_command("worker", worker_id="w1")
    finally:
        signal.signal(signal.SIGTERM, before)

    assert turns == ["w1"] * 3
    assert "the database does not answer; it tries again" in caplog.text
    assert alive(Heartbeat.Kind.WORKER, since=NOON) == {"w1"}
