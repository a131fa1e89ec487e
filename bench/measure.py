"""Queries, database time and processor time of one page."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

from .cases import Case

WARM_UP = 2
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Measured:
    """What a case cost."""

    status: int
    queries: int
    database_ms: float
    cpu_ms: float


class Stopwatch:
    """Counts and times what is sent to the database; savepoints are not counted."""

    def __init__(self) -> None:
        self.queries = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += not sql.startswith(NOT_COUNTED)


def ask(client: Client, case: Case) -> int:
    """One request of this case, and its status."""
    if case.post is None:
        return client.get(case.url(), headers=case.headers).status_code
    body = json.dumps(case.post())
    return client.post(
        case.url(), body, content_type="application/json", headers=case.headers
    ).status_code


def measure(case: Case, rounds: int) -> Measured:
    """Ask a few times to warm up, once to count, then `rounds` times for the median."""
    client = Client()
    if user := case.user():
        client.force_login(user)
    for _warm in range(WARM_UP):
        ask(client, case)
    stopwatch = Stopwatch()
    with connection.execute_wrapper(stopwatch):
        status = ask(client, case)
    return Measured(
        status=status,
        queries=stopwatch.queries,
        database_ms=1000 * stopwatch.seconds,
        cpu_ms=statistics.median(cpu_of(client, case) for _round in range(rounds)),
    )


def cpu_of(client: Client, case: Case) -> float:
    """Milliseconds of processor time of one request."""
    began = time.process_time()
    ask(client, case)
    return 1000 * (time.process_time() - began)
