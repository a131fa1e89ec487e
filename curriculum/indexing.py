"""What of a page can be found: the words that a reader reads, and nothing else."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags

from .faults import CITATION, strings

UNREAD = {"source", "type", "id", "key", "access"}


def text_of(*streams: Any) -> str:
    """What a reader reads in these streams, as one line of plain text."""
    pieces = [
        strip_tags(CITATION.sub("", piece.replace("</p>", " ").replace("</h2>", " ")))
        for stream in streams
        for block in stream.get_prep_value()
        if block["type"] != "check"
        for piece in strings(without_keys(block["value"]))
    ]
    return " ".join(" ".join(pieces).split())


def without_keys(value: Any) -> Any:
    """The value without what is not read: keys of sources, kinds of columns, ids."""
    if isinstance(value, dict):
        return {name: without_keys(part) for name, part in value.items() if name not in UNREAD}
    if isinstance(value, list):
        return [without_keys(part) for part in value]
    return value
