"""Installations that outlive a test, or are made for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.jobs.installation import Installation, make, remove

FILL = r"""
from people.models import Institution, User
awkward = ["back\\slash", "tab\there", "line\nbreak", "\\N", "", "مرحبا", "🩺 'quote\""]
for number, text in enumerate(awkward * 20):
    User.objects.create_user(f"person{number}@example.org", None, display_name=text)
Institution.objects.create(slug="kilimari", name=awkward[0], time_zone="Africa/Dar_es_Salaam")
"""


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Tables without people. Not to be written to: copy it."""
    installation = make(tmp_path_factory.mktemp("migrated") / "data")
    result = installation.manage("migrate", "--verbosity", "0")
    assert result.returncode == 0, result.stderr
    yield installation
    remove(installation)


@pytest.fixture(scope="session")
def lived_in(
    tmp_path_factory: pytest.TempPathFactory, migrated: Installation
) -> Iterator[Installation]:
    """People whose names are awkward to copy, and media. Not to be written to: copy it."""
    installation = make(tmp_path_factory.mktemp("lived_in") / "data", migrated)
    result = installation.manage("shell", "--verbosity", "0", "-c", FILL)
    assert result.returncode == 0, result.stderr
    for name, content in {"a.jpg": b"\xff\xd8picture", "deep/ü name.vtt": b"WEBVTT"}.items():
        file = installation.media / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    yield installation
    remove(installation)


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory, lived_in: Installation) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backups") / "all.tar.gz"
    result = lived_in.manage("backup", file)
    assert result.returncode == 0, result.stderr
    return file


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes installations, empty or as copies, and takes them away again."""
    made: list[Installation] = []

    def maker(like: Installation | None = None) -> Installation:
        made.append(make(tmp_path / f"installation{len(made)}", like))
        return made[-1]

    yield maker
    for installation in made:
        remove(installation)
