"""Make the virtual environment and install the pinned packages, only when the pins changed.

    python scripts/install.py run     what runs Bothways
    python scripts/install.py dev     what tests it, too

Uses the standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / os.environ.get("VENV", ".venv")
FILES = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}


class Sentence(Exception):
    """What is wrong, in words for the person at the keyboard."""


def python() -> Path:
    """The interpreter of the virtual environment."""
    return VENV / "bin" / "python"


def wanted(kind: str) -> str:
    """A fingerprint of the pins of this kind."""
    digest = hashlib.sha256()
    for name in FILES[kind]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def works(interpreter: Path) -> bool:
    """Whether an environment is there and its Python has not been taken away."""
    try:
        return subprocess.run([interpreter, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """A fresh virtual environment, in place of a broken one."""
    try:
        VENV.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Sentence(f"{VENV} cannot be made: {error.strerror}.") from error
    if not os.access(VENV, os.W_OK):
        raise Sentence(f"{VENV} cannot be written to.")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        raise Sentence("The virtual environment could not be made; the lines above say why.")


def ensure(kind: str) -> None:
    """Bring the environment in line with the pins; quick when it is."""
    stamp = VENV / f".installed-{kind}"
    if works(python()):
        if stamp.exists() and stamp.read_text() == wanted(kind):
            return
    else:
        make_environment()
    print("Installing the pinned packages; this takes a minute or two.", flush=True)
    pip = [str(python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.run([*pip, "-r", str(ROOT / FILES[kind][-1])]).returncode:
        raise Sentence("The packages could not be installed; the lines above say why.")
    for each in ("run", kind):
        (VENV / f".installed-{each}").write_text(wanted(each))


if __name__ == "__main__":
    try:
        ensure(sys.argv[1])
    except Sentence as sentence:
        sys.exit(str(sentence))
