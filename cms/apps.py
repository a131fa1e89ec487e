"""What we bend in the Wagtail admin, so that it works under a strict content policy."""

from __future__ import annotations

from django.apps import AppConfig


class CMSConfig(AppConfig):
    """Takes the inline script out of every chooser when the apps are ready."""

    name = "cms"

    def ready(self) -> None:
        """Replace the one Python place where Wagtail writes a script into HTML."""
        from wagtail.admin.widgets.chooser import BaseChooser

        from .widgets import render_chooser

        BaseChooser.render = render_chooser
