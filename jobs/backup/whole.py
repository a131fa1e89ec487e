"""Backing up and restoring as a whole: database, media, checks before and after."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Revision

from . import postgres, sqlite
from .archive import BackupError, Manifest, Writer, check, extract

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """What disks and databases say becomes one sentence."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"{error.filename or 'The disk'}: {error.strerror}.") from error
    except (sqlite3.Error, psycopg.Error, DatabaseError) as error:
        raise BackupError(f"The database refused: {str(error).strip()}") from error


def back_up(path: Path, *, at: datetime) -> Manifest:
    """Write everything to a new file, read it back, and only then give it its name."""
    if path.exists():
        raise BackupError(f"{path} exists already. Choose another name.")
    part = path.with_name(f".{path.name}.part")
    try:
        with in_a_sentence(), workshop(path.parent) as folder:
            save(part, folder, at)
            manifest = check(part)
            part.rename(path)
            return manifest
    finally:
        part.unlink(missing_ok=True)


def save(part: Path, folder: Path, at: datetime) -> None:
    """The database first: a file that comes later is then merely unused."""
    facts = ENGINES[connection.vendor].snapshot(folder)
    writer = Writer(part)
    for file in sorted(folder.iterdir()):
        writer.add(f"database/{file.name}", file)
    for file in media_files():
        writer.add(f"media/{file.relative_to(media_root()).as_posix()}", file)
    writer.finish(describe(at, facts))


def describe(at: datetime, facts: dict[str, Any]) -> Manifest:
    """The manifest of a backup made now."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    versions = {name: version(name) for name in ("django", "wagtail")}
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        engine=connection.vendor,
        made_at=at.isoformat(),
        versions={"bothways": project["project"]["version"], **versions},
        migrations=[list(key) for key in sorted(applied)],
        **facts,
    )


def restore(path: Path, *, overwrite: bool) -> Manifest:
    """Check the file, then put database and media in place of what is here."""
    manifest = check(path)
    refuse_foreign(manifest)
    if not overwrite and not is_empty():
        raise BackupError(
            "There are people, pages or media here already. To replace them: --overwrite"
        )
    media_root().mkdir(parents=True, exist_ok=True)
    with in_a_sentence(), workshop(media_root().parent) as folder:
        extract(path, "database", lambda name: folder / name)
        ENGINES[connection.vendor].restore(folder, manifest)
        for file in media_files():
            file.unlink()
        extract(path, "media", lambda name: media_root() / name)
    return manifest


def refuse_foreign(manifest: Manifest) -> None:
    """A backup fits the same kind of database, and a version that knows its migrations."""
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"The backup is of {manifest.engine}; the database here is {connection.vendor}."
        )
    known = MigrationLoader(None).disk_migrations
    unknown = [key for key in manifest.migrations if tuple(key) not in known]
    if unknown:
        raise BackupError(
            f"The backup is of Bothways {manifest.versions['bothways']}, which has the migration "
            f"{'.'.join(unknown[0])} that is not here. Install that version, then restore."
        )


def is_empty() -> bool:
    """Whether nothing would be lost: no people, no written pages, no media.

    `migrate` alone brings prompts, which have revisions too; they come back by themselves.
    """
    tables = set(connection.introspection.table_names())
    pages = Revision.objects.filter(base_content_type__model="page")
    written = [get_user_model()._default_manager.all(), pages]
    found = any(rows.exists() for rows in written if rows.model._meta.db_table in tables)
    return not found and not any(media_files())


def media_root() -> Path:
    """The folder of uploaded files."""
    return Path(settings.MEDIA_ROOT)


def media_files() -> Iterator[Path]:
    """Every uploaded file. Links are left out: nothing of ours makes any."""
    for file in sorted(media_root().rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield file


@contextmanager
def workshop(beside: Path) -> Iterator[Path]:
    """A folder that only this user can look into, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix=".bothways-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
