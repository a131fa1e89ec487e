"""Build the data, measure each case, print the table. Status 1 if a budget is broken.

At full size all budgets count; at small size times are only printed, because they say little.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from types import ModuleType

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
SCRATCH = tempfile.TemporaryDirectory(prefix="bothways-bench-")
os.environ["DATA"] = SCRATCH.name

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from .cases import SIZES, Case, Size, load_rooms  # noqa: E402
from .invariants import faults  # noqa: E402
from .measure import Measured, measure  # noqa: E402
from .rooms.a_people import person  # noqa: E402
from .urls import FLOOR  # noqa: E402

ROUNDS = 25
FLOOR_CASE = Case("floor", lambda: FLOOR, lambda: person("resident"), queries=99, ratio=1)
HEAD = ("page", "queries", "budget", "db ms", "CPU ms", "CPU/floor", "budget", "")
ROW = "{:34} {:>7} {:>6}  {:>6}  {:>7}  {:>9} {:>6}  {}"


def broken(case: Case, seen: Measured, size: Size) -> list[str]:
    """Which budgets this case breaks; times count at full size only."""
    found = []
    if seen.status >= 300:
        found.append(f"answers {seen.status}")
    if seen.queries > case.queries:
        found.append("too many queries")
    if size.name == "full":
        if seen.ratio > case.ratio:
            found.append("too slow")
        if case.database_ms is not None and seen.database_ms > case.database_ms:
            found.append("database too slow")
    return found


def line(case: Case, seen: Measured, faults: list[str]) -> str:
    """One row of the table."""
    return ROW.format(
        case.name,
        seen.queries,
        case.queries,
        f"{seen.database_ms:.1f}",
        f"{seen.cpu_ms:.1f}",
        f"{seen.ratio:.1f}",
        f"{case.ratio:g}",
        ", ".join(faults) if faults else "pass",
    )


def build(size: Size) -> list[ModuleType]:
    """Make all rows, and hold them to what the workflow functions promise."""
    began = time.monotonic()
    modules = load_rooms()
    for module in modules:
        if hasattr(module, "build"):
            module.build(size)
    built = time.monotonic()
    print(f"Data of size {size.name} built in {built - began:.0f} s", end="", flush=True)
    if found := faults():
        raise SystemExit("\n".join(["; it breaks what holds of all rows:", *found]))
    print(f", and checked in {time.monotonic() - built:.0f} s.\n")
    return modules


def run(size: Size) -> int:
    """How many cases break a budget."""
    modules = build(size)
    print(ROW.format(*HEAD))
    floors: list[float] = []
    failures = 0
    for case in [case for module in modules for case in module.CASES]:
        seen = measure(case, FLOOR_CASE, ROUNDS)
        found = broken(case, seen, size)
        failures += bool(found)
        floors.append(seen.floor_ms)
        print(line(case, seen, found), flush=True)
    print(f"\nThe floor costs {min(floors):.1f} to {max(floors):.1f} ms of processor time.")
    print(f"{failures} over budget." if failures else "All within budget.")
    return failures


def main() -> int:
    """Make the scratch database, measure, take it away."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    size = SIZES[parser.parse_args().size]
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return 1 if run(size) else 0
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        SCRATCH.cleanup()


if __name__ == "__main__":
    sys.exit(main())
