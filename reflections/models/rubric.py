"""Rubrics: criteria with levels in words. A start for talking, not a mark; there is no total."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin


class RubricVersion(TranslatableMixin, models.Model):
    """One version of a rubric. Reviews point at it; it does not change once it was used."""

    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    note = models.CharField(_("note under the rubric"), max_length=250, blank=True)
    source_hash = models.CharField(max_length=64)

    class Meta(TranslatableMixin.Meta):
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number", "locale"], name="rubric_number_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"


class Criterion(models.Model):
    """One thing to look at."""

    rubric = models.ForeignKey(RubricVersion, models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="criterion_key_taken"),
        ]

    def __str__(self) -> str:
        return self.title


class Level(models.Model):
    """One level of a criterion, with its description. Higher is further, not better writing."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=250)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "number"], name="level_number_taken"),
        ]

    def __str__(self) -> str:
        return self.title
