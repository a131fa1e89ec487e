"""Why a module cannot be taken away as a package, or a package cannot be read."""

from __future__ import annotations


class Unfit(Exception):
    """One sentence for the editor. Nothing was changed."""
