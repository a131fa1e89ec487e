"""The package as a zip: the same files are the same bytes, and what comes from outside is judged.

A package is read into a folder of its own before anything else looks at it. Every limit is a
constant here and named in the sentence that refuses.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from .faults import Unfit

MANIFEST, LICENCE = "manifest.json", "LICENSE.md"
FORMAT, VERSION = "bothways-module", 1

MB = 1024**2
MOST_FILES = 500
LARGEST_PACKAGE = 200 * MB
LARGEST_IN_ALL = 300 * MB
LARGEST_TEXT = 1 * MB
LARGEST_PICTURE = 5 * MB
LARGEST_RECORDING = 100 * MB
LONGEST_NAME = 120

TEXTS = {"md", "json", "vtt"}
PICTURES = {"svg", "png", "jpg", "jpeg", "gif", "webp"}
RECORDINGS = {
    "mp3", "m4a", "aac", "wav", "ogg", "oga", "ogv", "opus", "mp4", "m4v", "mov", "webm",
}  # fmt: skip
PLACE = re.compile(
    r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]+)?)/(?:[\w.-]+\.md|(?:figures|media)/[\w.-]+)", re.ASCII
)
STORED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1
DAY_ONE = (1980, 1, 1, 0, 0, 0)


def write_archive(target: IO[bytes], folder: Path, about: dict[str, Any]) -> None:
    """The files of a folder with their manifest. No time, no owner: nothing but what they say."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listed = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            name = path.relative_to(folder).as_posix()
            with path.open("rb") as file:
                listed[name] = {
                    "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
                    "bytes": path.stat().st_size,
                }
            with path.open("rb") as file, archive.open(entry(name), "w") as inside:
                for piece in iter(lambda f=file: f.read(MB), b""):  # type: ignore[misc]
                    inside.write(piece)
        manifest = {"format": FORMAT, "version": VERSION, **about, "files": listed}
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        archive.writestr(entry(MANIFEST), text)


def entry(name: str) -> zipfile.ZipInfo:
    """A file of the package, dated the same on every day."""
    info = zipfile.ZipInfo(name, DAY_ONE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    info.create_system = 3
    return info


def read_archive(source: IO[bytes], folder: Path) -> dict[str, Any]:
    """Unpack a package into an empty folder, if everything about it holds; its manifest."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = judged(archive)
            sums = dict(unpack(archive, entries, folder))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise Unfit(_("This is no zip file, or it is damaged.")) from error
    except (NotImplementedError, OSError, ValueError, UnicodeError) as error:
        raise Unfit(_("This zip file cannot be read.")) from error
    return agreed(folder, sums)


def judged(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of the package by what the zip says of them, before anything is unpacked."""
    entries = [info for info in archive.infolist() if not is_folder(info)]
    if len(archive.infolist()) > MOST_FILES:
        raise Unfit(_("The package holds more than %(most)s files.") % {"most": MOST_FILES})
    seen: dict[str, str] = {}
    for info in entries:
        judge_name(info)
        folded = unicodedata.normalize("NFKC", info.filename).casefold()
        if folded in seen:
            raise unfit(info, _("“%(name)s” is in the package twice, or differs only in capitals."))
        seen[folded] = info.filename
        if info.file_size > largest(info.filename):
            raise too_large(info)
    if sum(info.file_size for info in entries) > LARGEST_IN_ALL:
        raise in_all()
    if MANIFEST not in seen.values():
        raise Unfit(_("This is no package: it has no “%(name)s”.") % {"name": MANIFEST})
    return entries


def is_folder(info: zipfile.ZipInfo) -> bool:
    """A folder that holds nothing itself, with a name that would do for a file in it."""
    return info.is_dir() and PLACE.fullmatch(f"{info.orig_filename}x.md") is not None


def judge_name(info: zipfile.ZipInfo) -> None:
    """A plain file, where files of a package stand."""
    name, mode = info.orig_filename, info.external_attr >> 16
    if name != info.filename or len(name) > LONGEST_NAME or "\\" in name or "\0" in name:
        raise unfit(info, _("“%(name)s” is no name for a file of a package."))
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        raise unfit(info, _("“%(name)s” is a link or a device, no file."))
    if ".." in name or not (name in {MANIFEST, LICENCE} or PLACE.fullmatch(name)):
        raise unfit(info, _("“%(name)s” does not belong into a package."))
    if ending(name) not in TEXTS | PICTURES | RECORDINGS:
        raise unfit(info, _("“%(name)s” is of a kind that a package does not hold."))
    if info.flag_bits & ENCRYPTED or info.compress_type not in STORED:
        raise unfit(info, _("“%(name)s” is packed in a way that is not read here."))


def ending(name: str) -> str:
    """The last part of a name."""
    return name.rpartition(".")[2].lower()


def largest(name: str) -> int:
    """How large a file of this kind may be."""
    if ending(name) in TEXTS:
        return LARGEST_TEXT
    return LARGEST_PICTURE if ending(name) in PICTURES else LARGEST_RECORDING


def unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path
) -> Iterator[tuple[str, str]]:
    """Write the files; name and sha256 of each. What the zip says of sizes is not believed."""
    left = LARGEST_IN_ALL
    for info in entries:
        path = folder / info.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        found, size = hashlib.sha256(), 0
        with archive.open(info) as packed, path.open("xb") as file:
            for piece in iter(lambda p=packed: p.read(MB), b""):  # type: ignore[misc]
                size += len(piece)
                if size > largest(info.filename):
                    raise too_large(info)
                if size > left:
                    raise in_all()
                found.update(piece)
                file.write(piece)
        left -= size
        yield info.filename, found.hexdigest()


def agreed(folder: Path, sums: dict[str, str]) -> dict[str, Any]:
    """The manifest, if it names exactly these files as they are."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        form = (manifest["format"], manifest["version"])
        listed = {name: about["sha256"] for name, about in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unfit(_("The package's “%(name)s” cannot be read.") % {"name": MANIFEST}) from error
    if form != (FORMAT, VERSION):
        raise Unfit(_("This is a package of another kind or of a newer version."))
    del sums[MANIFEST]
    for name in sorted(listed.keys() | sums.keys(), key=str):
        if name not in listed:
            raise Unfit(_("“%(name)s” is not in the package's list.") % {"name": name})
        if name not in sums:
            raise Unfit(_("“%(name)s” is missing from the package.") % {"name": name})
        if listed[name] != sums[name]:
            raise Unfit(_("“%(name)s” is not what it was when it was packed.") % {"name": name})
    return dict(manifest)


def unfit(info: zipfile.ZipInfo, sentence: str) -> Unfit:
    """The sentence with the name of the file, as far as it can be shown."""
    shown = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in info.orig_filename
    )
    return Unfit(sentence % {"name": shown[:LONGEST_NAME]})


def too_large(info: zipfile.ZipInfo) -> Unfit:
    """A file is over its limit."""
    most = largest(info.filename) // MB
    sentence = _("“%(name)s” is larger than %(most)s MB.")
    return Unfit(sentence % {"name": info.filename, "most": most})


def in_all() -> Unfit:
    """All of them are over theirs."""
    sentence = _("Unpacked, the package is larger than %(most)s MB.")
    return Unfit(sentence % {"most": LARGEST_IN_ALL // MB})
