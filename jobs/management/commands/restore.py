"""Everything back out of one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.backup.archive import BackupError
from jobs.backup.whole import restore


class Command(BaseCommand):
    """For an empty database, or one that may be replaced."""

    help = "Put a backup in place of database and media. Stop web server, worker and clock first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="Replace the people and pages that are here."
        )

    def handle(self, *, file: Path, overwrite: bool, **options: Any) -> None:
        """Restore, and say what to do next."""
        try:
            manifest = restore(file.absolute(), overwrite=overwrite)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {sum(manifest.tables.values())} rows and {len(manifest.files)} files "
            f"as of {manifest.made_at}. Now run: manage.py migrate"
        )
