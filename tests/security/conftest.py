"""The world of the security tests, built once a module and put back after every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from .building import build
from .world import World


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, gone again when the module ends."""
    with django_db_blocker.unblock():
        cache.clear()
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def world(built: World, db: None) -> Iterator[World]:
    """The same world for each test: `db` undoes in a savepoint whatever the last one did to it."""
    yield built
    translation.activate("en")
