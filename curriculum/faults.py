"""What keeps a lesson from being published. The CMS and the files are held to the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

CITATION = re.compile(r"\[@([A-Za-z0-9_-]+)\]")

Raw = list[dict[str, Any]]


def lesson_faults(body: Raw, sources: Raw) -> Iterator[tuple[str, str]]:
    """Field and sentence of everything that does not hold together, across blocks."""
    keys = [source["value"]["key"] for source in sources]
    for key, times in Counter(keys).items():
        if times > 1:
            yield "sources", _("The source “%(key)s” is listed twice.") % {"key": key}
    for key in sorted(cited(body) - set(keys)):
        yield (
            "body",
            _("“%(key)s” is cited, but it is not in the list of sources.") % {"key": key},
        )
    if not all(is_uuid(block["id"]) for block in body):
        yield "body", _("A block has lost its id. Copy its text into a new block.")
    if not any(block["type"] == "text" for block in body):
        yield "body", _("A lesson needs at least one block of text.")


def is_uuid(text: str) -> bool:
    """Whether answers and translations can hang on it."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def cited(body: Raw) -> set[str]:
    """The keys of all sources that the blocks name."""
    found: set[str] = set()
    for block in body:
        value = block["value"]
        if isinstance(value, dict) and value.get("source"):
            found.add(value["source"])
        for text in strings(value):
            found.update(CITATION.findall(text))
    return found


def strings(value: Any) -> Iterator[str]:
    """Every string in nested plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
