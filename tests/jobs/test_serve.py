"""What `make run` says when it cannot start: one clear sentence, and status 1."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def serve(**environment: str) -> subprocess.CompletedProcess[str]:
    """Try to start, with these settings."""
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "serve.py"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=30,
    )


def find_python(folder: Path, answer: str) -> subprocess.CompletedProcess[str]:
    """Look for Python where the only one is this shell script."""
    fake = folder / "python3"
    fake.write_text(f"#!/bin/sh\n{answer}\n")
    fake.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", ROOT / "scripts" / "find-python"],
        env={"PATH": str(folder), "VENV": str(folder / "none")},
        capture_output=True,
        text=True,
    )


def test_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = serve(PORT=str(port), DATA=str(tmp_path))

    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} is in use by another program.")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["many", "0", "70000", "-1"])
def test_impossible_port_is_refused(port: str, tmp_path: Path) -> None:
    result = serve(PORT=port, DATA=str(tmp_path))

    assert result.returncode == 1
    assert result.stderr == f"PORT must be a number from 1 to 65535, not {port!r}.\n"


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    result = serve(PORT="0" * 3 + "8249", DATA=str(tmp_path / "file" / "data"))

    assert result.returncode == 1
    assert "which cannot be written to" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_too_old_a_python_is_named(tmp_path: Path) -> None:
    result = find_python(tmp_path, 'case "$2" in *venv*) exit 1;; *) echo 3.10.13;; esac')

    assert result.returncode == 1
    assert result.stderr == "Bothways needs Python 3.11, 3.12 or 3.13; python3 here is 3.10.13.\n"


def test_missing_venv_module_is_named(tmp_path: Path) -> None:
    result = find_python(tmp_path, 'case "$2" in *venv*) exit 1;; *) echo 3.11.2;; esac')

    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11.2 has no venv module.")


def test_no_python_at_all_is_said(tmp_path: Path) -> None:
    result = find_python(tmp_path, "exit 127")

    assert result.returncode == 1
    assert result.stderr.endswith("no python3 was found.\n")


def test_fitting_python_is_found(tmp_path: Path) -> None:
    assert find_python(tmp_path, "exit 0").stdout == f"{tmp_path}/python3\n"
