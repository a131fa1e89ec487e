"""The project as a whole: nothing forgotten, nothing silently left out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = """
import pytest

@pytest.mark.browser
def test_in_a_browser() -> None:
    pytest.skip("no browser here")

def test_elsewhere() -> None:
    pytest.skip("not today")
"""


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_django_finds_nothing_wrong() -> None:
    call_command("check", fail_level="WARNING")


def run_skipped_tests(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A suite of one browser test and one other, both skipped."""
    (folder / "test_skipped.py").write_text(SKIPPED)
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", ROOT]
    clean = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [*command, folder, "-p", "conftest", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
    )


def test_skipped_browser_test_fails_in_ci(tmp_path: Path) -> None:
    result = run_skipped_tests(tmp_path, CI="1")

    assert result.returncode == 1
    assert "1 failed, 1 skipped" in result.stdout


def test_skipped_browser_test_is_only_told_elsewhere(tmp_path: Path) -> None:
    result = run_skipped_tests(tmp_path)

    assert result.returncode == 0
    assert "2 skipped" in result.stdout
