"""The clock does what is due, once, and one failure does not stop the rest."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from jobs import clock, locks, scheduled
from jobs.models import Heartbeat, Lock
from tests.conftest import NOON
from tests.jobs.tasks import count_up

pytestmark = pytest.mark.django_db


def breaks(at: datetime) -> None:
    """A task with a fault."""
    raise ValueError("a fault")


class Recorder:
    """A task that remembers when it ran."""

    def __init__(self) -> None:
        self.ran: list[datetime] = []
        self.__name__ = "recorder"

    def __call__(self, at: datetime) -> None:
        self.ran.append(at)


def test_one_failing_task_does_not_stop_the_next() -> None:
    recorder = Recorder()

    assert clock.tick(NOON, [breaks, recorder]) == ["tests.breaks"]
    assert recorder.ran == [NOON]


def test_failing_task_is_logged_with_its_name(caplog: pytest.LogCaptureFixture) -> None:
    clock.tick(NOON, [breaks])

    assert "tests.breaks failed" in caplog.text
    assert "a fault" in caplog.text


def test_second_tick_at_the_same_time_does_nothing() -> None:
    recorder = Recorder()

    def tick_again(at: datetime) -> None:
        assert clock.tick(at, [recorder]) is None

    assert clock.tick(NOON, [tick_again]) == []
    assert recorder.ran == []


def test_tick_gives_the_turn_back_even_after_a_failure() -> None:
    clock.tick(NOON, [breaks])

    assert clock.tick(NOON + timedelta(minutes=1), []) == []


def test_tick_of_a_killed_process_blocks_for_ten_minutes_only() -> None:
    locks.take(clock.LOCK, at=NOON, lasting=clock.LEASE)

    assert clock.tick(NOON + timedelta(minutes=9), []) is None
    assert clock.tick(NOON + timedelta(minutes=10), []) == []


def test_lease_is_not_given_back_by_a_process_that_lost_it() -> None:
    old = locks.take("work", at=NOON, lasting=timedelta(minutes=1))
    later = NOON + timedelta(minutes=5)
    new = locks.take("work", at=later, lasting=timedelta(minutes=1))
    assert old is not None

    locks.release("work", old, at=later)

    assert Lock.objects.get(name="work").token == new
    assert not locks.extend("work", old, at=later, lasting=timedelta(minutes=1))


def test_daily_task_runs_once_a_day() -> None:
    recorder = Recorder()
    daily = clock.once_a_day(recorder)

    for hours in (0, 1, 23, 24):
        daily(NOON + timedelta(hours=hours))

    assert recorder.ran == [NOON, NOON + timedelta(days=1)]


def test_daily_task_that_failed_is_tried_again_at_once() -> None:
    daily = clock.once_a_day(breaks)

    for _attempt in range(2):
        with pytest.raises(ValueError, match="a fault"):
            daily(NOON)


def test_real_tick_clears_old_sessions_and_beats() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=NOON)

    with pytest.raises(SystemExit) as ended:
        call_command("tick")

    assert ended.value.code == 0
    assert not Session.objects.exists()
    assert Heartbeat.objects.get().kind == Heartbeat.Kind.CLOCK


def left_running(*workers: str) -> DBTaskResult:
    """A task that was claimed at noon and never finished."""
    result = DBTaskResult.objects.get(pk=count_up.enqueue("ran").id)
    result.status, result.started_at, result.worker_ids = "RUNNING", NOON, list(workers)
    result.save()
    return result


def status_after_sweep(result: DBTaskResult, minutes: int) -> str:
    scheduled.sweep_stuck_tasks(NOON + timedelta(minutes=minutes))
    result.refresh_from_db()
    return str(result.status)


def test_task_of_a_killed_worker_goes_back_to_the_queue() -> None:
    result = left_running("gone")

    assert status_after_sweep(result, minutes=4) == "RUNNING"
    assert status_after_sweep(result, minutes=6) == "READY"


def test_long_task_of_a_living_worker_is_left_alone() -> None:
    result = left_running("busy")
    Heartbeat.objects.create(kind="worker", name="busy", at=NOON + timedelta(minutes=59))

    assert status_after_sweep(result, minutes=60) == "RUNNING"


def test_task_that_killed_three_workers_is_given_up() -> None:
    result = left_running("first", "second", "third")

    assert status_after_sweep(result, minutes=6) == "FAILED"
    assert "WorkerVanished" in result.exception_class_path
