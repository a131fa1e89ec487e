"""Competencies of published frameworks that a module serves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin


class Competency(TranslatableMixin, models.Model):
    """One competency: framework, code, short name."""

    framework = models.CharField(_("framework"), max_length=80)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("short name"), max_length=160)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["framework", "code"]
        constraints = [
            # Two names for one code would show the same competency twice.
            models.UniqueConstraint(
                fields=["framework", "code", "locale"], name="competency_code_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.code}: {self.name}"
