"""Everything between an empty folder and a start: tables, static files, the demo."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Quick when there is nothing to do."""

    help = "Migrate, collect the static files if they changed and, in the demo, load its data."
    requires_system_checks = []  # run below, when the folder is there

    def handle(self, **options: Any) -> None:
        """In this order: the demo needs the tables."""
        make_folder(Path(settings.DATA_DIR))
        self.check()
        call_command("migrate", verbosity=0)
        if not settings.DEBUG:
            self.collect()
        if settings.DEMO and "load_demo" in get_commands():
            call_command("load_demo")

    def collect(self) -> None:
        """Hashed and compressed copies in STATIC_ROOT, made again only after a change."""
        stamp, now = Path(settings.STATIC_ROOT) / "stamp", fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)


def make_folder(folder: Path) -> None:
    """The folder DATA, for this user only: the database will be in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"DATA is {folder}, which cannot be made: {error.strerror}.") from error


def fingerprint() -> str:
    """What tells that a static file came, went or changed."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            digest.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
