"""Loads what comes with the product: questions, prompts, the default rubric. Twice is harmless."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max
from wagtail.models import Locale

from . import instruments
from .models import Criterion, Level, Prompt, RubricVersion

HERE = Path(__file__).parent


def english() -> Locale:
    """The locale that the shipped texts are written in."""
    return Locale.objects.get_or_create(language_code="en")[0]


@transaction.atomic
def load_prompts() -> None:
    """Make the prompts that are not there yet. Those that editors changed stay as they are."""
    locale = english()
    known = set(Prompt.objects.filter(locale=locale).values_list("key", flat=True))
    for row in yaml.safe_load((HERE / "prompts.yaml").read_text(encoding="utf-8")):
        if row["key"] in known:
            continue
        prompt = Prompt(
            locale=locale,
            key=row["key"],
            number=row["number"],
            title=row["title"],
            text=row["text"],
            phase=row["phase"],
            audience=row.get("audience", "visitors"),
            minutes=row["minutes"],
            is_entry=row.get("entry", True),
        )
        prompt.save()
        prompt.save_revision().publish()


@transaction.atomic
def load_rubric() -> RubricVersion:
    """The default rubric; changed words make a new version and leave the old one to its reviews."""
    data: dict[str, Any] = yaml.safe_load((HERE / "rubric.yaml").read_text(encoding="utf-8"))
    digest = hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()
    versions = RubricVersion.objects.filter(key=data["key"], locale=english())
    found = versions.filter(source_hash=digest).first()
    if found:
        return found
    rubric = RubricVersion.objects.create(
        locale=english(),
        key=data["key"],
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=data["title"],
        note=data["note"],
        source_hash=digest,
    )
    for position, row in enumerate(data["criteria"], start=1):
        criterion = Criterion.objects.create(
            rubric=rubric, key=row["key"], title=row["title"], position=position
        )
        Level.objects.bulk_create(
            Level(criterion=criterion, number=number, title=title, text=text)
            for number, (title, text) in enumerate(
                zip(data["levels"], row["texts"], strict=True), start=1
            )
        )
    return rubric


def load_shipped(at: datetime) -> None:
    """Everything this room ships."""
    instruments.load_all(at=at)
    load_prompts()
    load_rubric()


def default_rubric() -> RubricVersion | None:
    """The newest version of the default rubric."""
    return RubricVersion.objects.filter(key="four-by-four").order_by("-number").first()
