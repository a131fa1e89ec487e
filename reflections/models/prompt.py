"""Prompts: what people are asked to write about. Editors keep them as snippets with revisions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin


class Phase(models.TextChoices):
    """When something is asked or written, seen from the visit."""

    BEFORE = "before", _("Before")
    DURING = "during", _("During")
    AFTER = "after", _("After")
    LATER = "later", _("6 and 12 months")


class Audience(models.TextChoices):
    """Whom a prompt is for."""

    VISITORS = "visitors", _("Everybody who visits")
    HOST_MISSION = "host_mission", _("Visitors on a host mission")
    BOTH_SIDES = "both_sides", _("Both sides, after virtual rounds")


class PromptQuerySet(models.QuerySet["Prompt"]):
    """Prompts that can be offered."""

    def offered(self) -> Self:
        """Live prompts that are answered as an entry; others get forms of their own later."""
        return self.filter(live=True, is_entry=True)

    def in_language(self, language: str) -> Self:
        """Each prompt once: in this language, else in English."""
        own = self.model.objects.filter(live=True, locale__language_code=language)
        only_english = Q(locale__language_code="en") & ~Q(
            translation_key__in=own.values("translation_key")
        )
        return self.filter(Q(locale__language_code=language) | only_english)


class Prompt(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """One question. The words as asked are copied into every entry that answers it."""

    key = models.SlugField(_("key"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("short title"), max_length=80)
    text = models.TextField(_("question"), max_length=400)
    phase = models.CharField(_("phase"), max_length=8, choices=Phase)
    audience = models.CharField(
        _("audience"), max_length=14, choices=Audience, default=Audience.VISITORS
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    is_entry = models.BooleanField(_("answered as an entry"), default=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("phase"),
        FieldPanel("audience"),
        FieldPanel("minutes"),
        FieldPanel("is_entry"),
    ]

    objects = PromptQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="prompt_key_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
