"""A module out as a package and in again."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from ..loading.comparing import lessons_of
from ..loading.faults import FilesRefused
from ..loading.previewing import State, preview
from ..loading.writing import Files, How, read_files
from ..models import LessonPage, ModulePage
from .archive import LARGEST_PACKAGE, LICENCE, MB, read_archive, write_archive
from .faults import Unfit
from .lesson_text import lesson_text
from .module_text import module_text

NOT_PLAIN = re.compile(r"[^A-Za-z0-9-]")


def write_package(module: ModulePage, target: IO[bytes]) -> None:
    """What is published of a module, in all its languages, as a zip.

    It is read back before it is handed out: what would not come back the same is refused.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = languages_of(module)
        for page in pages:
            write_language(page, folder / page.locale.language_code)
        shutil.copy(settings.BASE_DIR / "LICENSE-CONTENT.md", folder / LICENCE)
        refuse_loss(folder)
        about = {
            "module": module.slug,
            "title": pages[0].title,
            "languages": [page.locale.language_code for page in pages],
        }
        write_archive(target, folder, about)


def languages_of(module: ModulePage) -> list[ModulePage]:
    """The published pages of a module, the house's language first."""
    same = ModulePage.objects.filter(translation_key=module.translation_key, alias_of=None).live()
    pages = sorted(
        same.select_related("locale", "leading_institution", "reviewing_institution"),
        key=lambda page: (
            page.locale.language_code != settings.LANGUAGE_CODE,
            page.locale.language_code,
        ),
    )
    if not pages or pages[0].locale.language_code != settings.LANGUAGE_CODE:
        raise Unfit(_("Nothing of this module is published yet in the language of the house."))
    for page in pages:
        if page.slug != pages[0].slug:
            raise Unfit(
                _("“%(title)s” has another address than what it translates.")
                % {"title": page.title}
            )
    return pages


def write_language(page: ModulePage, folder: Path) -> None:
    """`module.md`, a file for each lesson, and what they show."""
    folder.mkdir()
    lessons = lessons_of(page)
    refuse_same_numbers(lessons)
    (folder / "module.md").write_text(module_text(page, lessons), encoding="utf-8", newline="\n")
    for lesson in lessons:
        text, files = lesson_text(lesson, page.number)
        name = f"{page.number}.{lesson.number}-{NOT_PLAIN.sub('', lesson.slug)[:60]}"
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
        for name, stored in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            with stored.open("rb") as file, path.open("wb") as copy:
                shutil.copyfileobj(file, copy)


def refuse_same_numbers(lessons: list[LessonPage]) -> None:
    """A lesson is known by its number among the files."""
    for number, times in Counter(lesson.number for lesson in lessons).items():
        if times > 1:
            sentence = _("Several lessons have the number %(number)s. Give each its own.")
            raise Unfit(sentence % {"number": number})


def refuse_loss(folder: Path) -> None:
    """Read what was written; everything must be as it is on the pages."""
    try:
        files = read_files([folder])
    except FilesRefused as refused:
        fault = refused.faults[0]
        said = {"file": fault.path.relative_to(folder), "sentence": fault.sentence}
        raise Unfit(_("%(file)s would not be read back: %(sentence)s") % said) from refused
    for change in preview(files, How(overwrite=True)):
        if change.state != State.SAME:
            said = {"title": change.title, "fields": ", ".join(change.fields)}
            raise Unfit(_("“%(title)s” would not come back the same: %(fields)s.") % said)


def unpack_into(folder: Path, package: IO[bytes]) -> dict[str, Any]:
    """The files of a package in an empty folder; its manifest."""
    if package.seek(0, 2) > LARGEST_PACKAGE:
        raise Unfit(_("The package is larger than %(most)s MB.") % {"most": LARGEST_PACKAGE // MB})
    package.seek(0)
    return read_archive(package, folder)


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder as it is; a package in a folder of its own, as long as it is read."""
    if not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory() as name, path.open("rb") as package:
        unpack_into(Path(name), package)
        yield Path(name)


@contextmanager
def opened(package: IO[bytes]) -> Iterator[tuple[Files, dict[str, Any]]]:
    """What a package holds, read and judged, while its files lie in a folder of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = unpack_into(folder, package)
        try:
            files = read_files([folder])
        except FilesRefused as refused:
            raise FilesRefused([fault.below(folder) for fault in refused.faults]) from refused
        if len({module.slug for module in files.modules}) != 1 or files.glossaries:
            raise Unfit(_("A package holds one module."))
        yield files, manifest
