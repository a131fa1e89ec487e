"""Keys that stand in an address do not stand in the log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from people.quiet_log import HideKeys

from .world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the console handler of the settings writes."""
    handler = next(
        h for h in logging.getLogger().handlers if any(isinstance(f, HideKeys) for f in h.filters)
    )
    assert isinstance(handler, logging.StreamHandler)
    level, stream = logging.getLogger().level, io.StringIO()
    logging.getLogger().setLevel(logging.DEBUG)
    old = handler.setStream(stream)
    yield stream
    handler.setStream(old or handler.stream)
    logging.getLogger().setLevel(level)


@pytest.mark.parametrize(
    "path",
    ["/invitation/{key}/", "/accounts/password/reset/key/3-{key}/x/", "/certificates/{key}/sheet/"],
)
def test_key_in_a_refused_address_is_not_logged(
    path: str, world: World, written: io.StringIO
) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in ("PUT", "POST", "GET"):
        client.generic(method, path.format(key="s3cr3t-k3y"))

    assert "…" in written.getvalue()
    assert "s3cr3t" not in written.getvalue()
