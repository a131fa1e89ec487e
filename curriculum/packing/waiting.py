"""Packages that an editor has sent, while they look at what would change."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.files import File
from django.core.files.storage import default_storage

from people.models import User
from publishing.opening import WAITING

LONGEST_WAIT = timedelta(days=1)


def keep(user: User, package: File[bytes]) -> uuid.UUID:
    """Put a package aside for this person; by what it is found again."""
    token = uuid.uuid4()
    package.seek(0)
    default_storage.save(name_of(user, token), package)
    return token


def name_of(user: User, token: uuid.UUID) -> str:
    """Where it lies. Somebody else's is never found: the name says whose it is."""
    return f"{WAITING}/{user.pk}-{token}.zip"


def find(user: User, token: uuid.UUID) -> File[bytes] | None:
    """The package that this person put aside."""
    name = name_of(user, token)
    return default_storage.open(name) if default_storage.exists(name) else None


def drop(user: User, token: uuid.UUID) -> None:
    """It is no longer needed."""
    default_storage.delete(name_of(user, token))


def drop_old(at: datetime) -> None:
    """Nobody came back for these."""
    try:
        _folders, names = default_storage.listdir(WAITING)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{WAITING}/{name}"
        if default_storage.get_modified_time(path) < at - LONGEST_WAIT:
            default_storage.delete(path)
