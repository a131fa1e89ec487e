"""The backup file is read with suspicion: nothing of it is used that was not saved."""

from __future__ import annotations

import io
import os
import stat
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from jobs.backup import archive
from jobs.backup.archive import BackupError, Manifest, Writer
from jobs.backup.whole import refuse_foreign


def manifest(**changed: object) -> Manifest:
    """What a backup of two files says of itself."""
    facts = {
        "engine": connection.vendor,
        "made_at": "2026-06-10T12:00:00+00:00",
        "versions": {"bothways": "9.9"},
        "migrations": [["jobs", "0001_initial"]],
        "tables": {},
    }
    return Manifest(**{**facts, **changed})  # type: ignore[arg-type]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A good one, with one file of each kind."""
    source = tmp_path / "source"
    source.write_bytes(os.urandom(200_000))
    writer = Writer(tmp_path / "good.tar.gz")
    writer.add("database/table", source)
    writer.add("media/deep/picture.jpg", source)
    writer.finish(manifest())
    return tmp_path / "good.tar.gz"


def rewritten(backup: Path, change: object = None, extra: tarfile.TarInfo | None = None) -> Path:
    """A copy with one member more, or changed by the function."""
    copy = backup.with_name("rewritten.tar.gz")
    with tarfile.open(backup) as old, tarfile.open(copy, "w:gz") as fresh:
        if extra:
            fresh.addfile(extra, io.BytesIO(b"x" * extra.size))
        for member in old:
            data = old.extractfile(member).read()
            if callable(change):
                data = change(member, data)
            member.size = len(data)
            fresh.addfile(member, io.BytesIO(data))
    return copy


def test_good_file_passes(backup: Path) -> None:
    assert set(archive.check(backup).files) == {"database/table", "media/deep/picture.jpg"}


def test_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Writer(tmp_path / "new.tar.gz")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "new.tar.gz").stat().st_mode) == 0o600


@pytest.mark.parametrize("length", [0, 10, 1000, -1000, -9, -1])
def test_file_cut_short_is_refused(backup: Path, length: int) -> None:
    backup.write_bytes(backup.read_bytes()[:length])

    with pytest.raises(BackupError):
        archive.check(backup)


@pytest.mark.parametrize("place", [0, 500, 200_000, -12, -5, -1])
def test_flipped_byte_is_refused(backup: Path, place: int) -> None:
    data = bytearray(backup.read_bytes())
    data[place] ^= 0xFF
    backup.write_bytes(bytes(data))

    with pytest.raises(BackupError):
        archive.check(backup)


def test_changed_content_is_refused(backup: Path) -> None:
    def change(member: tarfile.TarInfo, data: bytes) -> bytes:
        return b"y" + data[1:] if member.name.startswith("media/") else data

    with pytest.raises(BackupError, match="is not what was saved"):
        archive.check(rewritten(backup, change))


@pytest.mark.parametrize(
    "name",
    ["../escape", "media/../../escape", "/etc/escape", "media//x", "./media/x", "other/x", "media"],
)
def test_dishonest_name_is_refused(backup: Path, name: str) -> None:
    member = tarfile.TarInfo(name)

    with pytest.raises(BackupError, match="has no place in a backup"):
        archive.check(rewritten(backup, extra=member))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_anything_but_a_plain_file_is_refused(backup: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("media/link")
    member.type, member.linkname = kind, "/etc/passwd"

    with pytest.raises(BackupError, match="has no place in a backup"):
        archive.check(rewritten(backup, extra=member))


@pytest.mark.parametrize("name", ["media/deep/picture.jpg", "media/stowaway", "database/other"])
def test_member_that_was_not_saved_is_refused(backup: Path, name: str) -> None:
    with pytest.raises(BackupError):
        archive.check(rewritten(backup, extra=tarfile.TarInfo(name)))


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Neema")

    with pytest.raises(BackupError, match="letter"):
        archive.check(tmp_path / "letter.txt")


def test_backup_of_a_newer_version_is_refused() -> None:
    newer = manifest(migrations=[["people", "0042_from_the_future"]])

    with pytest.raises(BackupError, match=r"of Bothways 9\.9.*people\.0042_from_the_future"):
        refuse_foreign(newer)


def test_backup_of_another_kind_of_database_is_refused() -> None:
    with pytest.raises(BackupError, match="The backup is of oracle"):
        refuse_foreign(manifest(engine="oracle"))
