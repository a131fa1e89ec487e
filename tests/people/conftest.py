"""What the tests of people share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import User


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Rate limits and stashes live in the cache; no test inherits another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def count_queries() -> Callable[[Callable[[], Any]], int]:
    """How many queries something costs, once it is warm."""

    def count(act: Callable[[], Any]) -> int:
        act()
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count


def post(client: Client, who: User | None, name: str, /, *ids: Any, **data: Any) -> Any:
    """Post a form as somebody."""
    if who is not None:
        client.force_login(who)
    return client.post(reverse(f"people:{name}", args=ids), data)


def get(client: Client, who: User | None, name: str, /, *ids: Any, **query: Any) -> Any:
    """Read a page as somebody."""
    if who is not None:
        client.force_login(who)
    return client.get(reverse(f"people:{name}", args=ids), query)


def link_in(mail: EmailMessage, part: str = "/") -> str:
    """The path of the first link of a mail that contains `part`."""
    for path in re.findall(r"https?://[^/\s]+(/\S+)", str(mail.body)):
        if part in path:
            return str(path)
    raise AssertionError(f"no link with {part} in: {mail.body}")
