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
        """`migrate` alone makes an installation that can ask; editors may change its prompts."""
        from people.events import editors_named

        editors_named.connect(let_edit_prompts, dispatch_uid="reflections")
        post_migrate.connect(load_texts, sender=self)


def let_edit_prompts(sender: Any, group: Any, **rest: Any) -> None:
    """Editors change the words of prompts."""
    from django.contrib.auth.models import Permission

    names = ["view_prompt", "change_prompt", "publish_prompt"]
    wanted = Permission.objects.filter(content_type__app_label="reflections", codename__in=names)
    group.permissions.add(*wanted)


def load_texts(sender: AppConfig, using: str, **rest: Any) -> None:
    """After `migrate`: what comes with the product, where the tables are there."""
    from .models import Review
    from .shipped import load_shipped

    tables = connections[using].introspection.table_names()
    if using == "default" and Review._meta.db_table in tables:
        load_shipped(timezone.now())
