"""Load modules from text files or packages, or load them again after they changed."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.loading.faults import FilesRefused
from curriculum.loading.glossary_file import find_glossaries
from curriculum.loading.module_file import find_folders
from curriculum.loading.previewing import preview
from curriculum.loading.writing import Files, How, read_files, write_files
from curriculum.packing.faults import Unfit
from curriculum.packing.packages import unpacked

CONTENT = Path(__file__).resolve().parents[2] / "content"

HELP = """\
Reads every folder that holds a module.md at or below each PATH (without one: the modules that
come with Bothways) and each glossary.yaml, and publishes what differs from the pages, exactly as
an editor would. A PATH may also be a package that export_module wrote. The format is described in
docs/editor.md.

If anything in any file does not hold, every fault is printed with file and line, and nothing is
changed. A second run changes nothing. Pages that somebody edited or withdrew in the CMS are left
alone unless --overwrite is given. --demo also names the invented authors and reviewers of the
files; their institutions must exist. --draft saves drafts and publishes nothing. --look says what
would change and changes nothing.
"""


class Command(BaseCommand):
    """`manage.py load_curriculum [--demo] [--overwrite] [--draft] [--look] [PATH…]`"""

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
        parser.add_argument("--draft", action="store_true", help="save drafts, publish nothing")
        parser.add_argument("--look", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what became of each file."""
        how = How(demo=options["demo"], overwrite=options["overwrite"], draft=options["draft"])
        try:
            with ExitStack() as stack:
                given: list[Path] = options["paths"] or [CONTENT]
                paths = [stack.enter_context(unpacked(path)) for path in given]
                for path, name in zip(paths, given, strict=True):
                    if not find_folders([path]) and not find_glossaries([path]):
                        raise CommandError(
                            f"There is no module.md or glossary.yaml at or below {name}."
                        )
                files = read_files(paths, demo=how.demo)
                said = list(looked_at(files, how) if options["look"] else written(files, how))
        except FilesRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            count = len(refused.faults)
            raise CommandError(f"Nothing was changed. Faults: {count}.") from refused
        except Unfit as unfit:
            raise CommandError(f"Nothing was changed. {unfit}") from unfit
        if options["verbosity"]:
            for line in said:
                self.stdout.write(line)


def written(files: Files, how: How) -> Iterator[str]:
    """Write the files; what became of each."""
    for line in write_files(files, how):
        yield f"{line.title}: {line.outcome}"


def looked_at(files: Files, how: How) -> Iterator[str]:
    """What would become of each page."""
    for change in preview(files, how):
        fields = f" ({', '.join(change.fields)})" if change.fields else ""
        yield f"{change.title}: {change.reason or change.state.label}{fields}"
