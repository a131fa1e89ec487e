"""Write a module as a package: one zip with everything that it takes to load it again."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from curriculum.models import ModulePage
from curriculum.packing.faults import Unfit
from curriculum.packing.packages import write_package


class Command(BaseCommand):
    """`manage.py export_module SLUG [FILE]`"""

    help = (
        "Writes what is published of a module, in all its languages, as a zip. "
        "load_curriculum reads it. Without FILE: SLUG.zip in this folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which module, and where to."""
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; leave none where that is not possible."""
        house = ModulePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        module = house.filter(slug=options["slug"]).first()
        if module is None:
            raise CommandError(f"There is no module “{options['slug']}”.")
        path: Path = options["file"] or Path(f"{module.slug}.zip")
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("w+b") as target:
                write_package(module, target)
            part.replace(path)
        except (Unfit, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            part.unlink(missing_ok=True)
        if options["verbosity"]:
            self.stdout.write(f"{module.title}: {path}")
