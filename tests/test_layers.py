"""Imports go down only; so do the relations that import-linter cannot see: they are strings.

The order of the layers is read from pyproject.toml, so that there is one contract.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from wagtail.models import Page

ROOT = Path(__file__).resolve().parent.parent


def read_layers() -> dict[str, int]:
    """Each app of ours with the number of its layer; 0 is the lowest."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = reversed(contract["contracts"][0]["layers"])
    return {app.strip(): n for n, row in enumerate(layers) for app in row.split("|")}


LAYERS = read_layers()
OURS = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in LAYERS]


def goes_down(source: str, target: str) -> bool:
    """Whether `source` may know `target`: itself, a lower layer, or somebody else's package."""
    return source == target or target not in LAYERS or LAYERS[target] < LAYERS[source]


def may_point(source: str, target: type[Model]) -> bool:
    """The same for a relation; every room may say who, so the user is the one exception."""
    is_user = target._meta.label == settings.AUTH_USER_MODEL
    return is_user or goes_down(source, target._meta.app_label)


def relations() -> Iterator[tuple[type[Model], str, type[Model]]]:
    """Every relation that a model of ours declares: keys, many-to-many, generic, parents."""
    for model in OURS:
        for field in [*model._meta.get_fields(), *model._meta.private_fields]:
            declared = not field.auto_created or isinstance(field, GenericRelation)
            target = getattr(field, "related_model", None)
            if declared and isinstance(target, type) and issubclass(target, Model):
                yield model, field.name, target
        for parent in model._meta.parents:
            yield model, "parent class", parent


def page_rules() -> Iterator[tuple[type[Page], type[Page]]]:
    """Every page type of ours with each page type of ours that it names as parent or child."""
    for model in OURS:
        if issubclass(model, Page):
            named = [*(model.parent_page_types or []), *(model.subpage_types or [])]
            for name in named:
                target = name if isinstance(name, type) else resolve(model, name)
                yield model, target


def resolve(model: type[Page], name: str) -> type[Page]:
    """A page type from its name, with or without the app."""
    label = name if "." in name else f"{model._meta.app_label}.{name}"
    return apps.get_model(label)


def test_every_app_of_ours_has_a_layer() -> None:
    folders = {file.parent.name for file in ROOT.glob("*/apps.py")}

    assert folders <= set(LAYERS)


def test_relations_go_down() -> None:
    upward = [
        f"{model._meta.label}.{name} -> {target._meta.label}"
        for model, name, target in relations()
        if not may_point(model._meta.app_label, target)
    ]

    assert upward == []


def test_no_relation_can_point_at_anything_at_all() -> None:
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]

    assert loose == []


def test_page_types_name_only_lower_ones() -> None:
    upward = [
        f"{model._meta.label} names {target._meta.label}"
        for model, target in page_rules()
        if not goes_down(model._meta.app_label, target._meta.app_label)
    ]

    assert upward == []


def test_migrations_depend_downwards() -> None:
    the_user = (settings.AUTH_USER_MODEL.split(".")[0], "__first__")  # as Django writes it
    upward = [
        f"{app}.{name} needs {needed_app}.{needed}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for needed_app, needed in migration.dependencies
        if app in LAYERS and (needed_app, needed) != the_user and not goes_down(app, needed_app)
    ]

    assert upward == []


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("reflections", "partnerships", True),
        ("people", "people", True),
        ("people", "wagtailcore", True),
        ("people", "publishing", False),
        ("partnerships", "curriculum", False),
        ("jobs", "people", False),
        ("people", "reflections", False),
    ],
)
def test_the_walk_tells_up_from_down(source: str, target: str, allowed: bool) -> None:
    assert goes_down(source, target) is allowed
