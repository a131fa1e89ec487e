"""The journal brings its questions, prompts and rubric with its tables."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import timezone


class ReflectionsConfig(AppConfig):
    name = "reflections"

    def ready(self) -> None:
        """`migrate` alone makes an installation that can ask and be answered."""
        post_migrate.connect(load_texts, sender=self)


def load_texts(sender: AppConfig, using: str, **rest: Any) -> None:
    """After `migrate`: what comes with the product, where the tables are there."""
    from .models import Review
    from .shipped import load_shipped

    tables = connections[using].introspection.table_names()
    if using == "default" and Review._meta.db_table in tables:
        load_shipped(timezone.now())
