"""Queries, database time and processor time of one page."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

from .cases import Case

WARM_UP = 3
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
READS = ("SELECT", "WITH")


@dataclass(frozen=True)
class Measured:
    """What a case cost. Times are medians; the floor was timed in turn with the page."""

    status: int
    queries: int
    database_ms: float
    cpu_ms: float
    floor_ms: float

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.cpu_ms / self.floor_ms


class Record:
    """Every statement that is sent to the database; savepoints and commits are not counted."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any]] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not sql.startswith(NOT_COUNTED):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)


class Visitor:
    """Somebody who asks for one page again and again."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.client = Client()
        if user := case.user():
            self.client.force_login(user)
        self.url = case.url()

    def ask(self) -> int:
        """One request, and its status."""
        if self.case.post is None:
            return self.client.get(self.url, headers=self.case.headers).status_code
        body = json.dumps(self.case.post())
        return self.client.post(
            self.url, body, content_type="application/json", headers=self.case.headers
        ).status_code

    def cpu_ms(self) -> float:
        """Milliseconds of processor time of one request."""
        began = time.process_time()
        self.ask()
        return 1000 * (time.process_time() - began)


def measure(case: Case, floor: Case, rounds: int) -> Measured:
    """Ask a few times to warm up, once to count, then page and floor in turn."""
    page, least = Visitor(case), Visitor(floor)
    for _warm in range(WARM_UP):
        page.ask()
        least.ask()
    record = Record()
    with connection.execute_wrapper(record):
        status = page.ask()
    gc.collect()
    times = [(page.cpu_ms(), least.cpu_ms()) for _round in range(rounds)]
    return Measured(
        status=status,
        queries=len(record.statements),
        database_ms=min(read_again(record.statements) for _round in range(rounds)),
        cpu_ms=statistics.median(cpu for cpu, _least in times),
        floor_ms=statistics.median(least for _cpu, least in times),
    )


def read_again(statements: list[tuple[str, Any]]) -> float:
    """Milliseconds that the database needs to find and hand over every row that the page read."""
    reads = [(sql, params) for sql, params in statements if sql.startswith(READS)]
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for sql, params in reads:
            cursor.execute(sql, params)
            cursor.fetchall()
    return 1000 * (time.perf_counter() - began)
