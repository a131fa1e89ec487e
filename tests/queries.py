"""How many queries a page costs, with a little data and with a lot of it.

Growing the data must not change the number. Savepoints are not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import User

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that were sent to the database inside the block."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    sent = [query["sql"] for query in captured.captured_queries]
    found += [sql for sql in sent if not sql.startswith(NOT_COUNTED)]


def queries_of(client: Client, url: str) -> list[str]:
    """What one warm view of a page asks the database."""
    client.get(url)
    with counted() as found:
        answer = client.get(url)
    assert answer.status_code == 200, f"{url} answers {answer.status_code}"
    return found


def assert_same_at_two_sizes(
    client: Client, person: User, url: str, grow: Callable[[], Any], *, most: int
) -> None:
    """The page costs the same before and after `grow`, and never more than `most` queries."""
    client.force_login(person)
    few = queries_of(client, url)
    grow()
    many = queries_of(client, url)
    assert len(few) <= most, "\n".join(few)
    assert len(many) == len(few), "\n".join(["little data:", *few, "much data:", *many])
