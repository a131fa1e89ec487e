"""Ask an advisory database about the installed packages.

Known holes are status 1. Where no database can be reached, or the one that answers does not know
our packages, the word "skipped" and the reason are printed, with status 0.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SECONDS = 120
ANSWER_SECONDS = "5"


def ask() -> subprocess.CompletedProcess[str]:
    """Run pip-audit on this environment."""
    command = [str(Path(sys.executable).with_name("pip-audit")), "--format", "json", "--local"]
    command += ["--progress-spinner", "off", "--timeout", ANSWER_SECONDS]
    if address := os.environ.get("ADVISORY_DATABASE", ""):
        command += ["--vulnerability-service", "osv", "--osv-url", address]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)


def judge(answer: subprocess.CompletedProcess[str]) -> tuple[str, int]:
    """What to print, and the status."""
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except ValueError:
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        return f"pip-audit: skipped: {reason[:100]}", 0
    known = [package for package in packages if "vulns" in package]
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, "
        f"mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for package in known
        for hole in package["vulns"]
    ]
    if not known:
        return "pip-audit: skipped: the advisory database that answers knows no package of ours", 0
    summary = f"pip-audit: {len(known)} of {len(packages)} packages known, {len(holes)} holes"
    return "\n".join([*holes, summary]), 1 if holes else 0


def main() -> int:
    """Ask, print, answer."""
    try:
        text, status = judge(ask())
    except (subprocess.TimeoutExpired, OSError) as error:
        text, status = f"pip-audit: skipped: {error}", 0
    print(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
