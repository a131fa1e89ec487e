"""Brings the shipped privacy notice and terms into the database. `migrate` does it too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from people.policies import load_policies


class Command(BaseCommand):
    """Adds versions that are new; changes none that are there."""

    help = "Load the shipped privacy notice and terms. Safe to run at any time, and twice."

    def handle(self, **options: Any) -> None:
        """Say how many were new."""
        self.stdout.write(f"{load_policies(at=timezone.now())} new.")
