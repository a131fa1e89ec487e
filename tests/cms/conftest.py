"""Every test of the CMS counts answers itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """What one test has counted is not there for the next."""
    cache.clear()
    yield
    cache.clear()
