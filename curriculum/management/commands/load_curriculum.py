"""Load modules from text files, or load them again after they changed."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.loading.faults import FilesRefused
from curriculum.loading.glossary_file import find_glossaries
from curriculum.loading.module_file import find_folders
from curriculum.loading.writing import load

CONTENT = Path(__file__).resolve().parents[2] / "content"

HELP = """\
Reads every folder that holds a module.md at or below each PATH (without one: the modules that
come with Bothways) and each glossary.yaml, and publishes what differs from the pages, exactly as
an editor would. The format is described in docs/editor.md.

If anything in any file does not hold, every fault is printed with file and line, and nothing is
changed. A second run changes nothing. Pages that somebody edited or withdrew in the CMS are left
alone unless --overwrite is given. --demo also names the invented authors and reviewers of the
files; their institutions must exist.
"""


class Command(BaseCommand):
    """`manage.py load_curriculum [--demo] [--overwrite] [PATH…]`"""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The help keeps its paragraphs."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to read, and how far to go."""
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        parser.add_argument("--demo", action="store_true", help="name invented authors, reviewers")
        parser.add_argument("--overwrite", action="store_true", help="also what editors changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what became of each file."""
        paths: list[Path] = options["paths"] or [CONTENT]
        for path in paths:
            if not find_folders([path]) and not find_glossaries([path]):
                raise CommandError(f"There is no module.md or glossary.yaml at or below {path}.")
        try:
            done = load(paths, demo=options["demo"], overwrite=options["overwrite"])
        except FilesRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            count = len(refused.faults)
            raise CommandError(f"Nothing was changed. Faults: {count}.") from refused
        if options["verbosity"]:
            for line in done:
                self.stdout.write(f"{line.title}: {line.outcome}")
