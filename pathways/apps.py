"""Pathways hear of visitors from below, and bring their default with the tables."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import timezone


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self) -> None:
        """Connect the two ears."""
        from partnerships.events import member_joined

        member_joined.connect(put_on_pathway, dispatch_uid="pathways")
        post_migrate.connect(load_texts, sender=self)


def put_on_pathway(sender: Any, member: Any, **rest: Any) -> None:
    """Everybody who joins a visit is on a pathway."""
    from .workflow import enrol

    enrol(member, at=timezone.now())


def load_texts(sender: AppConfig, using: str, **rest: Any) -> None:
    """After `migrate`: the default pathway, where its table is there."""
    from .models import PathwayStep
    from .workflow import load_default_pathway

    tables = connections[using].introspection.table_names()
    if using == "default" and PathwayStep._meta.db_table in tables:
        load_default_pathway()
