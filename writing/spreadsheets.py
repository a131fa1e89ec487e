"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """The value; text that a spreadsheet would take for a formula gets an apostrophe in front.

    Numbers stay numbers, so that a negative number is still one.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(RISKY):
        return f"'{value}"
    return value
