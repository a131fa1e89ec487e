"""Loads what comes with the product: questions, prompts, the default rubric. Twice is harmless.

Translations stand beside their source, as `<name>.<language>.yaml`. Where the source says other
words than the file translates, readers get the source.
"""

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


def locale_of(language: str) -> Locale:
    """The locale of a language."""
    return Locale.objects.get_or_create(language_code=language)[0]


def read(name: str) -> Any:
    """One shipped file."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def translations_of(name: str) -> list[tuple[str, Any]]:
    """Language and content of each translation of a file."""
    return [
        (path.name.split(".")[1], read(path.name)) for path in sorted(HERE.glob(f"{name}.*.yaml"))
    ]


@transaction.atomic
def load_prompts() -> None:
    """Make the prompts that are not there yet. Those that editors changed stay as they are."""
    locale = locale_of("en")
    known = set(Prompt.objects.filter(locale=locale).values_list("key", flat=True))
    rows = read("prompts.yaml")
    for row in rows:
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
    for language, translated in translations_of("prompts"):
        translate_prompts(locale_of(language), {row["key"]: row for row in translated})


def mark_of(prompt: Prompt) -> str:
    """What a translation of this prompt names as the text that it translates."""
    return hashlib.sha256(f"{prompt.title}\n{prompt.text}".encode()).hexdigest()[:12]


def translate_prompts(locale: Locale, words: dict[str, dict[str, str]]) -> None:
    """The prompts in one more language, as far as their English is what was translated."""
    known = set(Prompt.objects.filter(locale=locale).values_list("key", flat=True))
    for source in Prompt.objects.filter(locale=locale_of("en"), key__in=words.keys() - known):
        if mark_of(source) != words[source.key]["of"]:
            continue
        prompt = source.copy_for_translation(locale)
        prompt.title, prompt.text = words[source.key]["title"], words[source.key]["text"]
        prompt.save()
        prompt.save_revision().publish()


@transaction.atomic
def load_rubric() -> RubricVersion:
    """The default rubric; changed words make a new version and leave the old one to its reviews."""
    data: dict[str, Any] = read("rubric.yaml")
    digest = hash_of(data)
    versions = RubricVersion.objects.filter(key=data["key"], locale=locale_of("en"))
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    rubric = versions.filter(source_hash=digest).first() or make_rubric(
        data,
        RubricVersion(locale=locale_of("en"), key=data["key"], number=number, source_hash=digest),
    )
    for language, words in translations_of("rubric"):
        translate_rubric(rubric, locale_of(language), words)
    return rubric


def hash_of(data: dict[str, Any]) -> str:
    """What makes a version of the rubric."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()


def translate_rubric(source: RubricVersion, locale: Locale, words: dict[str, Any]) -> None:
    """The version in one more language, if its words are the ones that were translated."""
    if words["translates"] != source.source_hash or source.has_translation(locale):
        return
    made = RubricVersion(
        locale=locale,
        translation_key=source.translation_key,
        key=source.key,
        number=source.number,
        source_hash=hash_of(words),
    )
    make_rubric(words, made)


def make_rubric(data: dict[str, Any], rubric: RubricVersion) -> RubricVersion:
    """Save the version with its criteria and their levels."""
    rubric.title, rubric.note = data["title"], data["note"]
    rubric.save()
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


def default_rubric(language: str = "en") -> RubricVersion | None:
    """The newest version of the default rubric, in this language if it has been translated."""
    versions = RubricVersion.objects.filter(
        key="four-by-four", locale__language_code__in={language, "en"}
    ).select_related("locale")
    return max(versions, key=lambda v: (v.number, v.locale.language_code == language), default=None)
