"""What the tables of the machine refuse, and that the cache has its table."""

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.db import IntegrityError

from jobs.models import Heartbeat
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_database_refuses_a_second_beat_row_of_one_process() -> None:
    Heartbeat.objects.create(kind="clock", name="tick", at=NOON)

    with pytest.raises(IntegrityError, match=r"heartbeat_once_per_process|kind.*name"):
        Heartbeat.objects.create(kind="clock", name="tick", at=NOON)


def test_migrated_database_has_room_for_the_cache() -> None:
    cache = DatabaseCache("jobs_cache", {})

    cache.set("code", {"used": True}, timeout=60)
    assert cache.add("code", "other") is False
    cache.touch("code", 90)

    assert cache.get("code") == {"used": True}
