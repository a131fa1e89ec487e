"""Bad input to every POST: a sentence, never an error page, and nothing broken in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import Length

from .fuzz import BODIES, forms, strict_database, too_long
from .tables import JSON, ROWS, form_of
from .world import World

pytestmark = pytest.mark.django_db

FINE = {200, 302, 400, 401, 403, 404, 409, 410, 413, 422, 423}


@pytest.fixture(autouse=True)
def lengths() -> Iterator[None]:
    """`field__length` as a lookup."""
    CharField.register_lookup(Length)
    yield
    CharField._unregister_lookup(Length)


def who_may(expected: dict[str, int]) -> str:
    """A role that may do it."""
    return next((role for role, status in expected.items() if status in {200, 302, 422}
                 and role != "visitor"), "author")  # fmt: skip


POSTS = [row for row in ROWS if row.method == "POST"]


@pytest.mark.parametrize("row", [r for r in POSTS if r.address not in JSON], ids=str)
def test_form_never_ends_in_an_error_page(row: Any, world: World) -> None:
    client = world.client(who_may(row.expected))
    url, form = world.fill(row.address), form_of(row.address, world)
    client.raise_request_exception = False

    for name, data in forms(form):
        with transaction.atomic(), strict_database():
            response = client.post(url, data)
            if response.status_code < 400 and name in {"long", "growing", "bidi", "markup"}:
                assert too_long() == [], name
            transaction.set_rollback(True)
        assert response.status_code in FINE, (name, response.status_code)
        if b"<script>alert" in response.content:
            raise AssertionError(f"{name}: markup was not escaped")


@pytest.mark.parametrize("address", JSON)
@pytest.mark.parametrize("name", BODIES)
def test_json_never_ends_in_an_error_page(address: str, name: str, world: World) -> None:
    row = next(row for row in POSTS if row.address == address)
    client = world.client(who_may(row.expected))
    client.raise_request_exception = False

    with strict_database():
        url = world.fill(address)
        response = client.post(url, BODIES[name], content_type="application/json")

    assert response.status_code in FINE
    assert response.headers["Content-Type"].startswith("application/json")
