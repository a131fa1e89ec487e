"""The demonstration: invented institutions, people, visits, entries and answers."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.demo.load import is_empty, is_loaded, load_demo


class Command(BaseCommand):
    """Once into an empty database; after that it finds the demo and does nothing."""

    help = "Load invented people and their visits into an empty database. Safe to run twice."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Refuse where real people work; leave alone what is not empty."""
        if not settings.DEMO:
            raise CommandError("The demo is for settings with DEMO on, never for real people.")
        if is_loaded():
            return
        if not is_empty():
            self.stdout.write("The demo is not loaded: somebody has begun to work here.")
            return
        begun = monotonic()
        if verbosity:
            self.stdout.write("Loading the demo, once …")
        load_demo(timezone.now())
        if verbosity:
            self.stdout.write(f"The demo is loaded ({monotonic() - begun:.0f} seconds).")
