"""Installations of their own for tests that need real processes: a folder and a database each."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = os.environ.get("DATABASE_URL", "")


@dataclass(frozen=True)
class Installation:
    """One folder DATA and, where the tests run on PostgreSQL, one database of its own."""

    folder: Path
    database: str = ""

    @property
    def media(self) -> Path:
        """Where uploaded files are."""
        return self.folder / "media"

    def manage(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a management command as an operator would."""
        environment = {"PATH": os.environ["PATH"], "DATA": str(self.folder)}
        if self.database:
            environment["DATABASE_URL"] = self.database
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )

    @contextmanager
    def connect(self) -> Iterator[Any]:
        """A connection that knows nothing of Django."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                yield connection
        else:
            path = self.folder / "bothways.sqlite3"
            with closing(sqlite3.connect(path, timeout=30)) as connection:
                yield connection
                connection.commit()

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table, as text, in one order."""
        names = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            if self.database
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        with self.connect() as connection:
            tables = [name for (name,) in connection.execute(names).fetchall()]
            return {
                table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"').fetchall()))
                for table in tables
            }

    def uploads(self) -> dict[str, bytes]:
        """Every media file with its content."""
        files = [file for file in self.media.rglob("*") if file.is_file()]
        return {str(file.relative_to(self.media)): file.read_bytes() for file in files}


def on_server(statement: str) -> None:
    """Run one statement on the PostgreSQL server, outside of every test database."""
    address = urlsplit(SERVER)._replace(path="/postgres").geturl()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def make(folder: Path, template: Installation | None = None) -> Installation:
    """A new installation: empty, or with the tables and rows of another."""
    folder.mkdir(parents=True, exist_ok=True)
    if template:
        shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    if not SERVER:
        return Installation(folder)
    name = f"bothways_{uuid.uuid4().hex[:12]}"
    like = f" TEMPLATE {urlsplit(template.database).path[1:]}" if template else ""
    on_server(f"CREATE DATABASE {name}{like}")
    return Installation(folder, urlsplit(SERVER)._replace(path=f"/{name}").geturl())


def remove(installation: Installation) -> None:
    """Take its database away; the folder goes with the test."""
    if installation.database:
        on_server(f"DROP DATABASE {urlsplit(installation.database).path[1:]} WITH (FORCE)")
