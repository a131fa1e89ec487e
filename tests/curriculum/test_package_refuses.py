"""A package that does not hold is refused with one sentence, and nothing is changed."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from wagtail.models import Page

from curriculum.loading.faults import FilesRefused
from curriculum.loading.writing import How, write_files
from curriculum.models import ModulePage
from curriculum.packing import archive
from curriculum.packing.faults import Unfit
from curriculum.packing.packages import opened
from publishing.models import Edition, Image
from tests.curriculum.making import block, make_lesson, picture, table, text
from tests.curriculum.packing import files_of, packed, raw_zip, zipped

pytestmark = pytest.mark.django_db
Files = dict[str, bytes]
LESSON, FIGURE = "en/3.1-lost.md", "en/figures/3.1-figure-1.svg"


@pytest.fixture
def package(module: ModulePage) -> bytes:
    """A module with a lesson that has a figure."""
    value = {
        "title": "Shares",
        "image": picture().pk,
        "alt": "Bars",
        "table": table(),
        "note": "",
        "source": "",
    }
    make_lesson(module, slug="lost", body=[text(), block("figure", value)])
    return packed(module)


def read(package: bytes) -> str:
    """Read a package; the slug of its module."""
    with opened(io.BytesIO(package)) as (files, _manifest):
        write_files(files, How(overwrite=True))
        return files.modules[0].slug


def refused(package: bytes) -> str:
    """What is said of a package; everything stays as it was."""
    before = Page.objects.count(), Edition.objects.count(), Image.objects.count()
    with pytest.raises((Unfit, FilesRefused)) as refusal:
        read(package)
    assert (Page.objects.count(), Edition.objects.count(), Image.objects.count()) == before
    return str(refusal.value)


def with_name(name: str) -> Callable[[Files], Files]:
    return lambda files: files | {name: b"x"}


def linked(files: Files) -> Files:
    info = zipfile.ZipInfo("en/figures/link.svg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return files | {info: b"/etc/passwd"}  # type: ignore[dict-item]


def altered(name: str, data: bytes) -> Callable[[Files], Files]:
    return lambda files: files | {name: data}


# What is done to the files, what is said.
BROKEN: dict[str, tuple[Callable[[Files], Files], str]] = {
    "absolute": (with_name("/etc/cron.md"), "does not belong"),
    "upwards": (with_name("en/../../up.md"), "does not belong"),
    "drive": (with_name("C:/up.md"), "does not belong"),
    "dots in a name": (with_name("en/figures/...svg"), "does not belong"),
    "backslash": (with_name("en\\up.md"), "is no name for a file"),
    "deep": (with_name("en/figures/more/a.svg"), "does not belong"),
    "long name": (with_name(f"en/{'a' * 200}.md"), "is no name for a file"),
    "link": (linked, "is a link"),
    "capitals": (with_name("en/figures/3.1-FIGURE-1.svg"), "twice"),
    "other kind": (with_name("en/figures/run.exe"), "of a kind"),
    "page of HTML": (with_name("en/media/a.html"), "of a kind"),
    "unlisted": (with_name("en/figures/more.svg"), "is not in the package's list"),
    "missing": (lambda files: {k: v for k, v in files.items() if k != FIGURE}, "is missing"),
    "changed": (altered(FIGURE, b"<svg/>"), "is not what it was"),
    "no manifest": (lambda f: {k: v for k, v in f.items() if k != "manifest.json"}, "no package"),
    "manifest that is none": (altered("manifest.json", b"[" * 3000), "cannot be read"),
    "manifest of numbers": (altered("manifest.json", b"7"), "cannot be read"),
    "other version": (
        altered("manifest.json", b'{"format": "x", "version": 9, "files": {}}'),
        "newer version",
    ),
    "too many files": (
        lambda files: files | {f"en/figures/{n}.svg": b"" for n in range(archive.MOST_FILES)},
        "more than 500 files",
    ),
    "bomb": (altered("en/bomb.md", b"0" * (archive.LARGEST_TEXT + 1)), "larger than 1 MB"),
    "giant": (altered(FIGURE, b"0" * (archive.LARGEST_PICTURE + 1)), "larger than 5 MB"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_package_that_is_broken_is_refused(package: bytes, name: str) -> None:
    change, sentence = BROKEN[name]

    assert sentence in refused(raw_zip(change(files_of(package))))


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_file_that_is_no_package_is_refused(data: bytes) -> None:
    assert refused(data)


def test_package_cut_anywhere_is_refused(package: bytes) -> None:
    for end in range(0, len(package), 97):
        assert refused(package[:end])


def test_package_with_a_byte_turned_is_refused_or_means_the_same(package: bytes) -> None:
    for place in range(0, len(package), 61):
        turned = bytearray(package)
        turned[place] ^= 0xFF
        with suppress(Unfit, FilesRefused):
            assert read(bytes(turned)) == "language"


def test_name_that_ends_early_is_refused(package: bytes) -> None:
    named = raw_zip(files_of(package) | {"en/figures/aX.svg": b"x"})

    assert "is no name for a file" in refused(named.replace(b"aX.svg", b"a\0.svg"))


def test_size_that_lies_is_not_believed(package: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_IN_ALL", 2000)
    monkeypatch.setattr(zipfile.ZipInfo, "file_size", property(lambda _: 1, lambda *_: None), False)

    assert refused(package)


def test_all_together_may_not_be_too_large(package: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_IN_ALL", 1000)

    assert "Unpacked, the package is larger than" in refused(package)


HARM = [
    b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><a href='&#106;avascript:x'/></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><image href='https://x.org/a.png'/></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://x.org'</style></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill:url(https://x.org/a)'/></svg>",
    b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
    b"<?xml version='1.0' encoding='utf-7'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    b"<svg xmlns='http://www.w3.org/2000/svg'>",
    b"not a drawing",
]


@pytest.mark.parametrize("data", HARM)
def test_drawing_that_does_something_is_refused(package: bytes, data: bytes) -> None:
    said = refused(zipped(files_of(package) | {FIGURE: data}))

    assert "3.1-figure-1.svg" in said


def test_picture_that_is_none_is_refused(package: bytes) -> None:
    files = files_of(package)
    files["en/figures/a.png"] = files.pop(FIGURE)
    files[LESSON] = files[LESSON].replace(b'svg="figures/3.1-figure-1.svg"', b"image=figures/a.png")

    assert "no picture of the kind" in refused(zipped(files))


def test_fault_in_a_text_is_said_with_its_place(package: bytes) -> None:
    files = files_of(package)
    files[LESSON] = files[LESSON].replace(b"alt: Bars\n", b"")

    assert f"{LESSON}, line" in refused(zipped(files))


def test_two_modules_are_no_package(package: bytes) -> None:
    files = files_of(package)
    other = {
        name.replace("en/", "es/", 1): data.replace(b"slug: language\n", b"slug: other\n")
        for name, data in files.items()
        if name.startswith("en/")
    }

    assert refused(zipped(files | other))


def test_manifest_says_what_is_in_it(package: bytes) -> None:
    manifest = json.loads(files_of(package)["manifest.json"])

    assert (manifest["module"], manifest["languages"]) == ("language", ["en"])
    assert set(manifest["files"]) == {"LICENSE.md", "en/module.md", LESSON, FIGURE}
