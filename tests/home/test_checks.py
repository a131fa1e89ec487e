"""A production start refuses what is unsafe, in one sentence; a safe one starts."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from home import checks
from people.models import User

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "SECRET_KEY": "kT9vB2xQ7mZ4nW8pL3sD6fG1hJ5rC0yU_aE-iO.bothways.key",
    "ALLOWED_HOSTS": "bothways.hospital.example.org",
    "BASE_URL": "https://bothways.hospital.example.org",
}
MOUNTS = """overlay / overlay rw,relatime 0 0
proc /proc proc rw 0 0
/dev/sda1 /srv ext4 rw 0 0
files:/export /srv/shared nfs4 rw,vers=4.2 0 0
//office/share /srv/office\\040share cifs rw 0 0
me@host: /srv/remote fuse.sshfs rw 0 0
"""


def start(folder: Path, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Start something with production settings, some of them changed."""
    environment = {"PATH": os.environ["PATH"], "DATA": str(folder), **SAFE, **changed}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def open_door(folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Load what a web server loads."""
    return start(folder, "-c", "import lms.wsgi", **changed)


def test_safe_installation_starts(tmp_path: Path) -> None:
    assert open_door(tmp_path).returncode == 0
    result = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing, too short or a known default"),
        ("SECRET_KEY", "short", "SECRET_KEY is missing, too short or a known default"),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY is missing, too short or a known default"),
        ("DEBUG", "on", "DEBUG is on"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is empty"),
        ("ALLOWED_HOSTS", "bothways.example,*", "ALLOWED_HOSTS takes every name"),
        ("BASE_URL", "", "BASE_URL is missing"),
        ("BASE_URL", "http://127.0.0.1:8000", "BASE_URL is missing"),
    ],
)
def test_unsafe_setting_is_refused(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    result = open_door(tmp_path, **{name: value})

    assert result.returncode == 3
    heading, reason = result.stderr.splitlines()
    assert heading == "Bothways does not start."
    assert reason.startswith(sentence)


def test_everything_unsafe_is_told_at_once(tmp_path: Path) -> None:
    result = open_door(tmp_path, SECRET_KEY="", ALLOWED_HOSTS="", DEBUG="on")

    assert len(result.stderr.splitlines()) == 4


def test_commands_refuse_the_same(tmp_path: Path) -> None:
    result = start(tmp_path, "manage.py", "tick", ALLOWED_HOSTS="")

    assert result.returncode == 1
    assert "ALLOWED_HOSTS is empty" in result.stderr


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data/db.sqlite3", "ext4"),
        ("/srv/shared/db.sqlite3", "nfs4"),
        ("/srv/office share/db.sqlite3", "cifs"),
        ("/srv/remote/deep/db.sqlite3", "fuse.sshfs"),
        ("/home/db.sqlite3", "overlay"),
        ("/srv/sharedother/db.sqlite3", "ext4"),
    ],
)
def test_file_system_is_read_from_the_mounts(path: str, kind: str) -> None:
    assert checks.file_system_of(Path(path), MOUNTS) == kind


def test_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = open_door(tmp_path / "nowhere")

    assert result.returncode == 3
    assert "is not there: set DATA" in result.stderr


def test_install_command_makes_the_folder_for_its_owner_only(tmp_path: Path) -> None:
    result = start(tmp_path / "new" / "data", "manage.py", "prepare")

    assert result.returncode == 0, result.stderr
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700
    assert open_door(tmp_path / "new" / "data").returncode == 0


@pytest.mark.parametrize("folder", ["shared", "office share", "remote"])
def test_sqlite_on_a_network_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "mounts")
    config = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"/srv/{folder}/db.sqlite3"}

    assert "Use a local disk, or PostgreSQL." in list(checks.unsafe_database(config))[-1]


def test_postgresql_may_be_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "mounts")
    config = {"ENGINE": "django.db.backends.postgresql", "NAME": "/srv/shared/x"}

    assert list(checks.unsafe_database(config)) == []


@pytest.mark.django_db
def test_demo_accounts_are_refused() -> None:
    assert list(checks.demo_accounts()) == []
    User.objects.create_user("Resident@Bothways.Example", "bothways-demo")

    assert "There are 1 demo accounts" in next(checks.demo_accounts())


@pytest.mark.django_db
def test_demo_accounts_are_welcome_in_the_demo() -> None:
    User.objects.create_user("resident@bothways.example", "bothways-demo")

    checks.refuse(checks.demo_accounts())

    assert checks.check_accounts() == []
