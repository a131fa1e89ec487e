"""What is to be done on the way to a visit and back. That it is done is derived, never stored."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import TripMember
from people.models import Institution


class Pathway(models.Model):
    """An ordered list of steps. Without an institution it is the one that holds by default."""

    title = models.CharField(_("title"), max_length=120)
    institution = models.OneToOneField(
        Institution, models.PROTECT, null=True, blank=True, related_name="pathway"
    )

    class Meta:
        constraints = [
            # Two defaults, and nobody could say which one a visitor is on.
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(institution=None),
                name="pathway_default_taken",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PathwayStep(models.Model):
    """One thing to do. What it needs beyond its kind stands in `prompt_key`."""

    class Kind(models.TextChoices):
        MODULES = "modules", _("Required modules")
        QUESTIONS_BEFORE = "pre", _("Questions before")
        ENTRY = "entry", _("Journal entry")
        WEEKLY = "weekly", _("An entry a week")
        QUESTIONS_AFTER = "post", _("Questions after")

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    prompt_key = models.SlugField(max_length=40, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "position"], name="pathway_step_position_taken"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Enrolment(models.Model):
    """One person's part in one visit is on one pathway."""

    trip_member = models.OneToOneField(TripMember, models.CASCADE, related_name="enrolment")
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.trip_member_id}: {self.pathway}"
