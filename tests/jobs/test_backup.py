"""What was backed up comes back: every row of every table, every file, also while in use."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.jobs.installation import Installation

New = Callable[..., Installation]
PAIR = (
    "INSERT INTO jobs_lock (name, token, until) VALUES"
    " ('pair{0}', '00000000000040008000000000000000', '2026-06-10 12:00:00')",
    "INSERT INTO jobs_heartbeat (kind, name, at) VALUES"
    " ('worker', 'pair{0}', '2026-06-10 12:00:00')",
)
BUSY = {"jobs_lock", "jobs_heartbeat", "sqlite_sequence"}


@contextmanager
def writing(installation: Installation) -> Iterator[list[int]]:
    """Somebody writes pairs of rows, two tables in one transaction, until the end."""
    stop, written = threading.Event(), [0]

    def write() -> None:
        with installation.connect() as connection:
            while not stop.is_set():
                for statement in PAIR:
                    connection.execute(statement.format(written[0]))
                connection.commit()
                written[0] += 1
                stop.wait(0.005)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        stop.set()
        writer.join()


def pairs(rows: dict[str, list[str]], table: str) -> int:
    """How many of the written rows are in this table."""
    return sum("pair" in row for row in rows[table])


def add_person(installation: Installation) -> int:
    """Go on using it; 0 if that works."""
    code = "from people.models import User; User.objects.create_user('new@example.org')"
    return installation.manage("shell", "-c", code).returncode


def test_every_row_and_file_comes_back(lived_in: Installation, saved: Path, new: New) -> None:
    empty = new()

    result = empty.manage("restore", saved)

    assert result.returncode == 0, result.stderr
    assert empty.rows() == lived_in.rows()
    assert empty.uploads() == lived_in.uploads()
    assert len(empty.uploads()) == 2
    assert empty.manage("migrate", "--check").returncode == 0
    assert add_person(empty) == 0


def test_fresh_installation_needs_no_flag(
    lived_in: Installation, migrated: Installation, saved: Path, new: New
) -> None:
    fresh = new(migrated)

    result = fresh.manage("restore", saved)

    assert result.returncode == 0, result.stderr
    assert fresh.rows() == lived_in.rows()


def test_backup_in_use_is_of_one_moment(lived_in: Installation, new: New, tmp_path: Path) -> None:
    file, busy, empty = tmp_path / "all.tar.gz", new(lived_in), new()

    with writing(busy) as written:
        saved = busy.manage("backup", file)
    restored = empty.manage("restore", file)

    assert (saved.returncode, restored.returncode) == (0, 0), saved.stderr + restored.stderr
    after, before = empty.rows(), lived_in.rows()
    assert pairs(after, "jobs_lock") == pairs(after, "jobs_heartbeat")
    assert 0 < pairs(after, "jobs_lock") < written[0]
    for table in before.keys() - BUSY:
        assert after[table] == before[table]


def test_backup_belongs_to_its_owner_only(lived_in: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    result = lived_in.manage("backup", folder / "all.tar.gz")

    assert "personal data and keys" in result.stdout
    assert [file.name for file in folder.iterdir()] == ["all.tar.gz"]
    assert stat.S_IMODE((folder / "all.tar.gz").stat().st_mode) == 0o600


def test_existing_file_is_not_overwritten(lived_in: Installation, tmp_path: Path) -> None:
    file = tmp_path / "all.tar.gz"
    file.write_text("last week's")

    result = lived_in.manage("backup", file)

    assert result.returncode == 1
    assert "exists already" in result.stderr
    assert file.read_text() == "last week's"


def test_missing_folder_is_named(lived_in: Installation, tmp_path: Path) -> None:
    result = lived_in.manage("backup", tmp_path / "nowhere" / "all.tar.gz")

    assert result.returncode == 1
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.stderr


def test_people_are_not_replaced_without_the_flag(lived_in: Installation, saved: Path) -> None:
    before = lived_in.rows()

    result = lived_in.manage("restore", saved)

    assert result.returncode == 1
    assert "--overwrite" in result.stderr
    assert lived_in.rows() == before


def test_flag_replaces_people_and_media(lived_in: Installation, saved: Path, new: New) -> None:
    other = new(lived_in)
    assert add_person(other) == 0
    (other.media / "other.jpg").write_bytes(b"other")

    result = other.manage("restore", saved, "--overwrite")

    assert result.returncode == 0, result.stderr
    assert other.rows() == lived_in.rows()
    assert other.uploads() == lived_in.uploads()


def test_damaged_file_changes_nothing(lived_in: Installation, saved: Path, new: New) -> None:
    other = new(lived_in)
    damaged = other.folder / "damaged.tar.gz"
    damaged.write_bytes(saved.read_bytes()[:-500])

    result = other.manage("restore", damaged, "--overwrite")

    assert result.returncode == 1
    assert "is damaged or not a backup" in result.stderr
    assert other.rows() == lived_in.rows()
    assert other.uploads() == lived_in.uploads()


def test_missing_file_is_named(new: New, tmp_path: Path) -> None:
    result = new().manage("restore", tmp_path / "missing.tar.gz")

    assert result.returncode == 1
    assert "missing.tar.gz: [Errno 2] No such file" in result.stderr
    assert "Traceback" not in result.stderr
