"""Everything into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.backup.archive import BackupError
from jobs.backup.whole import back_up


class Command(BaseCommand):
    """Safe while Bothways is in use."""

    help = "Write database and media to one new file (mode 600), and check it."
    requires_system_checks = []  # an installation that does not start must still be saved

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """Back up, and say what is in the file."""
        try:
            manifest = back_up(file.absolute(), at=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        media = sum(name.startswith("media/") for name in manifest.files)
        self.stdout.write(
            f"{file}: {len(manifest.tables)} tables, {sum(manifest.tables.values())} rows, "
            f"{media} media files, written and read back.\n"
            "It holds personal data and keys (second factors, sessions). Keep it like the server."
        )
