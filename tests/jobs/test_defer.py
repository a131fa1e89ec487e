"""Deferred work reaches the worker after the commit, and only then."""

import signal

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from jobs.defer import defer
from jobs.models import Heartbeat
from tests.jobs.tasks import always_fails, count_up


def work_off() -> None:
    """Let a worker run until the queue is empty; Ctrl-C stays with the tests."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    before = [signal.getsignal(number) for number in numbers]
    call_command("worker", batch=True, startup_delay=False, verbosity=0)
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
def test_deferred_task_runs_once_after_the_commit() -> None:
    cache.set("ran", 0)

    with transaction.atomic():
        defer(count_up, "ran")
        assert DBTaskResult.objects.count() == 0
    work_off()
    work_off()

    assert cache.get("ran") == 1


@pytest.mark.django_db(transaction=True)
def test_rollback_defers_nothing() -> None:
    with transaction.atomic():
        defer(count_up, "ran")
        transaction.set_rollback(True)

    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_failing_task_is_kept_with_its_reason() -> None:
    defer(always_fails)

    work_off()

    assert "this task always fails" in DBTaskResult.objects.failed().get().traceback


@pytest.mark.django_db(transaction=True)
def test_worker_leaves_a_heartbeat() -> None:
    work_off()

    assert Heartbeat.objects.filter(kind=Heartbeat.Kind.WORKER).count() == 1
