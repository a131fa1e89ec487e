"""SQLite: a snapshot by VACUUM INTO, put back by the backup API. Both work while it is in use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from .archive import BackupError, Manifest

NAME = "bothways.sqlite3"
SECONDS = 60


@contextmanager
def opened(path: str | Path) -> Iterator[sqlite3.Connection]:
    """A connection of our own, closed at the end."""
    with closing(sqlite3.connect(str(path), timeout=SECONDS, isolation_level=None)) as database:
        yield database


def snapshot(folder: Path) -> dict[str, Any]:
    """Write a consistent copy into the folder; its facts for the manifest."""
    copy, source = folder / NAME, Path(connection.settings_dict["NAME"])
    if not source.exists():
        raise BackupError(f"There is no database at {source}.")
    with opened(source) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    with opened(copy) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise BackupError(f"The database itself is damaged: {found}.")
        return {"tables": counts(database)}


def counts(database: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table."""
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in rows.fetchall()]
    count = 'SELECT count(*) FROM "{}"'
    return {name: database.execute(count.format(name)).fetchone()[0] for name in names}


def restore(folder: Path, manifest: Manifest) -> None:
    """Put the copy in place of the database, in one transaction of SQLite's own."""
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    if not target.exists():
        os.close(os.open(target, os.O_CREAT, 0o600))
    with opened(folder / NAME) as source, opened(target) as database:
        source.backup(database)
        found = counts(database)
    if found != manifest.tables:
        raise BackupError("The restored database does not hold what was saved.")
