"""Pathways hear of visitors and completed modules, and bring their default with the tables."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import timezone


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self) -> None:
        """Connect the ears, and look whether PDFs can be made."""
        from django.core.checks import register

        from curriculum.events import module_completed
        from partnerships.events import member_joined

        from .libraries import check_libraries

        member_joined.connect(put_on_pathway, dispatch_uid="pathways")
        module_completed.connect(certify, dispatch_uid="pathways")
        register(check_libraries, deploy=True)
        post_migrate.connect(load_texts, sender=self)


def put_on_pathway(sender: Any, member: Any, **rest: Any) -> None:
    """Everybody who joins a visit is on a pathway; some have completed its modules before."""
    from .certifying import certify_visits
    from .workflow import enrol

    at = timezone.now()
    if enrol(member, at=at):
        certify_visits(member.user, at=at)


def certify(sender: Any, user: Any, completion: Any, **rest: Any) -> None:
    """Who completes a module has a certificate; with the last of them, one for the visit."""
    from .certifying import certify_module, certify_visits

    certify_module(completion)
    certify_visits(user, at=completion.at)


def load_texts(sender: AppConfig, using: str, **rest: Any) -> None:
    """After `migrate`: the default pathway, where its table is there."""
    from .models import PathwayStep
    from .workflow import load_default_pathway

    tables = connections[using].introspection.table_names()
    if using == "default" and PathwayStep._meta.db_table in tables:
        load_default_pathway()
