"""Health says that the process lives; readiness says whether visitors can be sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobs.models import Heartbeat
from people.models import User


@pytest.fixture
def heard(db: None) -> None:
    """Worker and clock were heard from just now."""
    for kind in Heartbeat.Kind:
        Heartbeat.objects.create(kind=kind, name=kind, at=timezone.now())


def test_health_needs_no_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok")


def test_ready_when_everything_answers(client: Client, heard: None) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["ready"] is True
    assert response.json()["clock"].startswith("ok, heard from")


def test_not_ready_before_the_worker_was_heard(client: Client, heard: None) -> None:
    Heartbeat.objects.filter(kind="worker").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["worker"] == "never heard from"


@pytest.mark.parametrize(("kind", "minutes"), [("worker", 3), ("clock", 11)])
def test_not_ready_when_silent_for_too_long(
    client: Client, heard: None, kind: str, minutes: int
) -> None:
    long_ago = timezone.now() - timedelta(minutes=minutes)
    Heartbeat.objects.filter(kind=kind).update(at=long_ago)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()[kind].startswith(f"last heard from {minutes * 60}")


def test_second_worker_that_lives_is_enough(client: Client, heard: None) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    Heartbeat.objects.create(kind="worker", name="gone", at=long_ago)

    assert client.get("/readyz").status_code == 200


def test_not_ready_while_a_migration_waits(client: Client, heard: None) -> None:
    MigrationRecorder(connection).record_unapplied("jobs", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "1 not applied"


def test_readiness_names_nobody(client: Client, heard: None, amara: User) -> None:
    client.force_login(amara)

    answer = client.get("/readyz").text

    assert "amara" not in answer
    assert "Reyes" not in answer


def test_health_costs_no_query(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")
