from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import timezone


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """An installation that has its tables has its privacy notice, without one more command."""
        post_migrate.connect(load_texts, sender=self)
        import_module("people.sign_in_log")  # connects itself to allauth's signals


def load_texts(sender: AppConfig, using: str, **rest: Any) -> None:
    """After `migrate`: the shipped texts. Nothing where the tables are not there (any more)."""
    from .models import Acceptance
    from .policies import load_policies

    tables = connections[using].introspection.table_names()
    if using == "default" and Acceptance._meta.db_table in tables:
        load_policies(at=timezone.now())
