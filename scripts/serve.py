"""Run Bothways on this machine: install, migrate, load the demo, then web server, worker and clock.

    python scripts/serve.py           a real server (gunicorn)
    python scripts/serve.py --dev     a server that reloads when the code changes

PORT, HOST and DATA come from the environment. All processes end together: on Ctrl-C, on TERM,
or when one of them dies. Uses the standard library only.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from install import ROOT, VENV, Sentence, ensure, python

ACCOUNTS = {
    "resident": "prepares, writes and sees what changed",
    "faculty": "reads the next reflection and answers",
    "editor": "writes modules and publishes them",
    "coordinator": "sees who is ready to leave",
    "host": "the partner: reviews and coordinates there",
    "admin": "runs the installation",
}
TICK_SECONDS = "60"
START_SECONDS = 90
STOP_SECONDS = 15

stopping = False


def stop(number: int, frame: FrameType | None) -> None:
    """Remember that somebody wants us to end."""
    global stopping
    stopping = True


def read_port(host: str) -> int:
    """The port from PORT, which must be free."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Sentence(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(text)))
        except PermissionError as error:
            raise Sentence(f"Port {text} needs more rights. Try: make run PORT=8000") from error
        except OSError as error:
            other = int(text) % 65535 + 1
            raise Sentence(
                f"Port {text} is in use by another program. Try: make run PORT={other}"
            ) from error
    return int(text)


def read_data() -> Path:
    """The folder from DATA, which must be writable."""
    folder = (ROOT / Path(os.environ.get("DATA") or "data").expanduser()).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        foreign = [p for p in (*folder.glob("*"), *folder.glob("static/*")) if not mine(p)]
    except OSError as error:
        raise Sentence(
            f"DATA is {folder}, which cannot be written to ({error.strerror})."
        ) from error
    if foreign:
        raise Sentence(f"DATA is {folder}, where {foreign[0].name} belongs to somebody else.")
    return folder


def mine(path: Path) -> bool:
    """Whether we may read and change it."""
    return os.access(path, os.R_OK | os.W_OK)


def prepare() -> None:
    """Migrate, collect the static files, load the demo."""
    if subprocess.run([python(), "manage.py", "prepare"], cwd=ROOT).returncode:
        raise Sentence("The database could not be made ready; the lines above say why.")


def commands(host: str, port: int, dev: bool) -> dict[str, list[str]]:
    """What to start, by the name that a message would use."""
    manage = [str(python()), "manage.py"]
    address = f"{host}:{port}"
    server = [str(VENV / "bin" / "gunicorn"), "lms.wsgi", "--bind", address]
    return {
        "web server": [*manage, "runserver", address] if dev else server,
        "worker": [*manage, "worker", "--verbosity", "0"],
        "clock": [*manage, "tick", "--every", TICK_SECONDS],
    }


def start(todo: dict[str, list[str]]) -> dict[str, subprocess.Popen[bytes]]:
    """Each in a group of its own, so that a signal reaches its children too."""
    return {
        name: subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        for name, command in todo.items()
    }


def ended(running: dict[str, subprocess.Popen[bytes]]) -> str:
    """The name of a process that is no longer there, or nothing."""
    return next((name for name, process in running.items() if process.poll() is not None), "")


def answers(url: str) -> bool:
    """Whether the web server is up."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def wait_until_up(running: dict[str, subprocess.Popen[bytes]], url: str) -> bool:
    """True as soon as the server answers; False when it cannot, or nobody wants it any more."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not stopping and not ended(running):
        if answers(url + "/healthz"):
            return True
        time.sleep(0.1)
    return False


def end_all(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask politely, wait, then insist."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in running.values():
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if all(process.poll() is not None for process in running.values()):
                break
            time.sleep(0.05)


def banner(url: str, data: Path) -> str:
    """What to do next."""
    people = "\n".join(
        f"    {name + '@bothways.example':32}{what}" for name, what in ACCOUNTS.items()
    )
    return f"""
Bothways is at {url}

Sign in as one of these invented people; the password is bothways-demo.
{people}

Mails that would have been sent: {url}/dev/mail/
Everything is kept in {data}. Ctrl-C ends it.
"""


def serve(dev: bool) -> int:
    """Everything from an empty folder to a running Bothways, and back."""
    host = os.environ.get("HOST") or "127.0.0.1"
    port, data = read_port(host), read_data()
    url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    os.environ |= {"DATA": str(data), "DJANGO_SETTINGS_MODULE": "lms.settings.dev"}
    os.environ.setdefault("BASE_URL", url)
    if dev:
        os.environ["DEBUG"] = "on"
    else:
        (data / "static").mkdir(exist_ok=True)  # tells the settings to serve collected files
    ensure("run")
    prepare()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    read_port(host)  # somebody may have taken it while we made everything ready
    running = start(commands(host, port, dev))
    try:
        if wait_until_up(running, url):
            print(banner(url, data), flush=True)
        while not stopping and not ended(running):
            time.sleep(0.2)
        dead = ended(running)
        if dead and not stopping:
            print(f"The {dead} ended by itself; the others are stopped too.", file=sys.stderr)
            return 1
        return 0
    finally:
        end_all(running)


if __name__ == "__main__":
    try:
        sys.exit(serve(dev="--dev" in sys.argv))
    except Sentence as sentence:
        sys.exit(str(sentence))
    except KeyboardInterrupt:
        sys.exit(130)
