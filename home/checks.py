"""What a production start refuses, in one sentence each.

Settings are checked by every command and before the web server answers; demo accounts need the
database and are looked for by `migrate`, `check --database default` and the web server.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

DEMO_DOMAIN = "@bothways.example"
SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs"}
MOUNTS = Path("/proc/mounts")
DO_NOT_RETRY = 3  # the status at which gunicorn gives up instead of starting the next worker


def unsafe_settings() -> Iterator[str]:
    """Sentences about settings that must not serve real people."""
    if settings.DEBUG:
        yield "DEBUG is on: error pages would show code and data to strangers. Turn it off."
    if is_weak(secret_key()):
        yield (
            "SECRET_KEY is missing, too short or a known default: sessions could be forged. "
            f"Set {SHORTEST_KEY} random characters or more."
        )
    if not settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS is empty: name the hosts that Bothways answers to."
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS takes every name: links in mails could be made to lead elsewhere."
    if not settings.BASE_URL or "://127.0.0.1" in settings.BASE_URL:
        yield "BASE_URL is missing: links in e-mails would lead nowhere. Set the public address."
    yield from unsafe_database(settings.DATABASES["default"])


def secret_key() -> str:
    """The key, or nothing where Django refuses to hand out an empty one."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def is_weak(key: str) -> bool:
    """Whether a key can be guessed or stands in public code."""
    is_public = key.startswith(("django-insecure-", "test-key"))
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or is_public


def unsafe_database(config: dict[str, Any]) -> Iterator[str]:
    """A sentence if SQLite would lie nowhere, or on a disk that other machines write to as well."""
    if not config["ENGINE"].endswith("sqlite3") or not MOUNTS.exists():
        return
    if not Path(config["NAME"]).parent.is_dir():
        yield f"The folder of {config['NAME']} is not there: set DATA, then run make install."
    kind = file_system_of(Path(config["NAME"]), MOUNTS.read_text())
    if kind in NETWORK or kind.startswith("fuse"):
        yield (
            f"The SQLite file {config['NAME']} lies on {kind}: its locks and shared memory do not "
            "hold there and the database would break. Use a local disk, or PostgreSQL."
        )


def file_system_of(path: Path, mounts: str) -> str:
    """The kind of the file system that holds a path, by the text of /proc/mounts."""
    found, longest = "", -1
    for row in mounts.splitlines():
        _device, point, kind, *_rest = row.split(" ")
        folder = Path(point.replace("\\040", " "))
        if path.resolve().is_relative_to(folder) and len(folder.parts) >= longest:
            found, longest = kind, len(folder.parts)
    return found


def demo_accounts() -> Iterator[str]:
    """A sentence if invented people could sign in; nothing where there is no table yet."""
    try:
        count = get_user_model().objects.filter(email__iendswith=DEMO_DOMAIN).count()
    except DatabaseError:
        return
    if count:
        yield (
            f"There are {count} demo accounts ({DEMO_DOMAIN}) whose password is public. "
            "Start with an empty database."
        )


def as_errors(sentences: Iterator[str]) -> list[checks.CheckMessage]:
    """What Django's check framework wants."""
    return [checks.Error(sentence, id="bothways.E001") for sentence in sentences]


def check_settings(**options: Any) -> list[checks.CheckMessage]:
    """Every command of a production installation starts with this."""
    return as_errors(unsafe_settings()) if settings.PRODUCTION else []


def check_accounts(**options: Any) -> list[checks.CheckMessage]:
    """Asked by `migrate` and by `check --database default`."""
    return as_errors(demo_accounts()) if settings.PRODUCTION else []


def refuse(sentences: Iterator[str]) -> None:
    """End the web server before its first answer if there is anything to refuse."""
    found = list(sentences) if settings.PRODUCTION else []
    if found:
        sys.stderr.write("\n".join(["Bothways does not start.", *found, ""]))
        sys.exit(DO_NOT_RETRY)
