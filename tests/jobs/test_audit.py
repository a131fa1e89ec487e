"""The audit fails on a known hole, and only then. The advisory database is a local fake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
HOLE = {
    "id": "TEST-1",
    "summary": "A hole made for this test.",
    "affected": [
        {
            "package": {"name": "django", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}


class Advisories(BaseHTTPRequestHandler):
    """Knows a hole in Django if the server says so."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_hit = self.server.with_hole and asked["package"]["name"] == "django"
        body = json.dumps({"vulns": [HOLE]} if is_hit else {}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """An advisory database without entries."""
    fake = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    fake.with_hole = False
    threading.Thread(target=fake.serve_forever, daemon=True).start()
    yield fake
    fake.shutdown()
    fake.server_close()


def audit(address: str) -> subprocess.CompletedProcess[str]:
    """Run the audit against that database."""
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "audit.py"],
        env={**os.environ, "ADVISORY_DATABASE": address},
        capture_output=True,
        text=True,
    )


def address_of(server: ThreadingHTTPServer) -> str:
    """Where the fake listens."""
    return f"http://127.0.0.1:{server.server_address[1]}/v1/query"


def test_known_hole_fails_and_names_the_cure(server: ThreadingHTTPServer) -> None:
    server.with_hole = True

    result = audit(address_of(server))

    assert result.returncode == 1
    assert "TEST-1, mended in 99.0" in result.stdout


def test_no_hole_passes(server: ThreadingHTTPServer) -> None:
    result = audit(address_of(server))

    assert result.returncode == 0
    assert result.stdout.strip().endswith("packages known, 0 holes")


def test_unreachable_database_is_skipped_with_a_word() -> None:
    result = audit("http://127.0.0.1:1/v1/query")

    assert result.returncode == 0
    assert result.stdout.startswith("pip-audit: skipped: ")
