"""Whether this machine can make PDFs: WeasyPrint needs libraries that pip does not bring.

python -m pathways.libraries              nothing, or what to install, with status 1
python -m pathways.libraries --packages   their names on Debian
"""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache

from django.core import checks

NEEDED = [
    "libgobject-2.0",
    "libpango-1.0",
    "libharfbuzz",
    "libfontconfig",
    "libpangoft2-1.0",
]
VERSIONS = {"libharfbuzz": ".so.0", "libfontconfig": ".so.1"}
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
SENTENCE = (
    "Certificates can be printed but not saved as PDF, because libraries of WeasyPrint are "
    f"missing; on Debian or Ubuntu: apt install {PACKAGES}"
)


@lru_cache(maxsize=1)
def can_make_pdf() -> bool:
    """Asked without importing WeasyPrint, which takes half a second and 50 MB."""
    if not sys.platform.startswith("linux"):
        return imports()
    try:
        for name in NEEDED:
            ctypes.CDLL(name + VERSIONS.get(name, ".so.0"))
    except OSError:
        return False
    return True


def imports() -> bool:
    """The same, where libraries have other names: try it."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError):
        return False
    return True


def check_libraries(**options: object) -> list[checks.CheckMessage]:
    """One sentence that says what to install."""
    return [] if can_make_pdf() else [checks.Warning(SENTENCE, id="bothways.W002")]


if __name__ == "__main__":
    if "--packages" in sys.argv:
        sys.stdout.write(f"{PACKAGES}\n")
    elif not can_make_pdf():
        sys.exit(SENTENCE)
