"""Loads question files. A file that changed by a letter becomes a new version, never an edit."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max

from ..models import InstrumentVersion, Item, Scale

FOLDER = Path(__file__).parent
MOST_REVERSED = 2


class BadInstrument(ValueError):
    """The file cannot be loaded; the sentence says which line of it and why."""


def read(path: Path) -> dict[str, Any]:
    """The checked content of one file; BadInstrument if it breaks a rule of the item bank."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    keys = [item["key"] for item in data["items"]]
    if len(set(keys)) != len(keys):
        raise BadInstrument(f"{path.name}: two questions have the same key.")
    if sum(bool(item.get("reversed")) for item in data["items"]) > MOST_REVERSED:
        raise BadInstrument(f"{path.name}: at most {MOST_REVERSED} questions may be reverse-keyed.")
    for item in data["items"]:
        if item["scale"] not in Scale.values:
            raise BadInstrument(f"{path.name}: {item['key']} names an unknown scale.")
    return dict(data)


def text_hash(data: dict[str, Any]) -> str:
    """What makes a version: every word a person is asked, and how it counts."""
    asked = [
        [item["key"], item["scale"], item["text"], bool(item.get("reversed"))]
        for item in data["items"]
    ]
    packed = json.dumps([data["title"], asked], ensure_ascii=False).encode()
    return hashlib.sha256(packed).hexdigest()


@transaction.atomic
def load(path: Path, *, at: datetime) -> InstrumentVersion:
    """The version that this file describes; made if it does not exist yet."""
    data = read(path)
    digest = text_hash(data)
    versions = InstrumentVersion.objects.filter(key=data["key"], language=data["language"])
    found = versions.filter(source_hash=digest).first()
    if found:
        return found
    last = versions.aggregate(last=Max("number"))["last"] or 0
    version = InstrumentVersion.objects.create(
        key=data["key"],
        number=last + 1,
        language=data["language"],
        title=data["title"],
        status=data["status"],
        source_hash=digest,
        published_at=at,
    )
    Item.objects.bulk_create(
        Item(
            instrument=version,
            key=item["key"],
            scale=item["scale"],
            text=item["text"],
            is_reversed=bool(item.get("reversed")),
            position=position,
        )
        for position, item in enumerate(data["items"], start=1)
    )
    return version


def load_all(*, at: datetime) -> list[InstrumentVersion]:
    """Every question file that the product ships."""
    return [load(path, at=at) for path in sorted(FOLDER.glob("*.yaml"))]


def current(language: str = "en") -> InstrumentVersion | None:
    """The newest version in a language, else in English."""
    versions = InstrumentVersion.objects.filter(language__in=[language, "en"])
    return max(versions, key=lambda v: (v.language == language, v.number), default=None)
