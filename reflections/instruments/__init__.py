"""Loads question files. A file that changed by a letter becomes a new version, never an edit.

A translation is a file of its own. It names the hash of the text it translates: where the source
has changed since, it waits for a translator, and people are asked in the source's language.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max, Q

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
    return make(read(path), at=at)


def load_translation(path: Path, *, at: datetime) -> InstrumentVersion | None:
    """The version that this file translates, in its language; None where that is not here."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = InstrumentVersion.objects.filter(
        key=data["key"], source_hash=data["translates"], translates=None
    ).first()
    if source is None:
        return None
    words = {item["key"]: item["text"] for item in data["items"]}
    asked = list(source.items.all())
    if set(words) != {item.key for item in asked}:
        raise BadInstrument(f"{path.name}: not the same questions as in the source.")
    data["items"] = [
        {
            "key": item.key,
            "scale": item.scale,
            "text": words[item.key],
            "reversed": item.is_reversed,
        }
        for item in asked
    ]
    return make(data, at=at, source=source)


def make(
    data: dict[str, Any], *, at: datetime, source: InstrumentVersion | None = None
) -> InstrumentVersion:
    """The row for this text in this language, with its questions."""
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
        translates=source,
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
    """Every question file that the product ships, the sources before their translations."""
    paths = sorted(FOLDER.glob("*.yaml"))
    made = [load(path, at=at) for path in paths if not is_translation(path)]
    translated = [load_translation(path, at=at) for path in paths if is_translation(path)]
    return made + [version for version in translated if version]


def is_translation(path: Path) -> bool:
    """Whether a file gives the words of another one in its language."""
    return "translates" in yaml.safe_load(path.read_text(encoding="utf-8"))


def current(language: str = "en") -> InstrumentVersion | None:
    """The newest version, in this language if it has been translated."""
    newest = InstrumentVersion.objects.filter(translates=None).order_by("-number").first()
    return newest and in_language(newest, language)


def in_language(version: InstrumentVersion, language: str) -> InstrumentVersion:
    """The same version in this language; as it is where nobody has translated it."""
    if version.language == language:
        return version
    found = InstrumentVersion.objects.filter(
        Q(pk=version.source_id) | Q(translates=version.source_id), language=language
    )
    return found.order_by("-number").first() or version
