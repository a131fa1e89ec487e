"""Self-assessments: the questions as an immutable version, and what people answered to them."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import TripMember
from people.models import User


class Scale(models.TextChoices):
    """The six themes that the questions measure."""

    ADAPTABILITY = "A", _("Adaptability")
    COMMUNICATION = "C", _("Communication")
    COST = "V", _("Cost-consciousness")
    CULTURE = "K", _("Culture and health")
    EQUITY = "E", _("Equity and partnership")
    TELEHEALTH = "T", _("Telehealth")


class Wave(models.TextChoices):
    """When the same questions are asked. Later waves come with later work."""

    PRE = "pre", _("Before")
    POST = "post", _("After")


class InstrumentVersion(models.Model):
    """A set of questions in one language. Never changed once it exists: a change is a new row.

    Its identity is the key and the hash of the source text; a translation is a row of its own
    that points at the version it translates.
    """

    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="en")
    title = models.CharField(max_length=160)
    status = models.CharField(_("what is known about it"), max_length=200)
    source_hash = models.CharField(max_length=64)
    translates = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations"
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "-number"]
        constraints = [
            # A number names one text in one language, for ever.
            models.UniqueConstraint(
                fields=["key", "number", "language"], name="instrument_number_taken"
            ),
            # Loading the same file twice must find the same row.
            models.UniqueConstraint(
                fields=["key", "language", "source_hash"], name="instrument_text_already_loaded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def source_id(self) -> int:
        """The version in whatever language: answers to it compare, however they were asked."""
        return self.translates_id or self.pk


class Item(models.Model):
    """One statement, answered from 1 (strongly disagree) to 5 (strongly agree)."""

    LOWEST, HIGHEST = 1, 5

    instrument = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="items")
    key = models.SlugField(max_length=40)
    scale = models.CharField(max_length=1, choices=Scale)
    text = models.CharField(max_length=250)
    is_reversed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "key"], name="item_key_taken"),
            models.UniqueConstraint(fields=["instrument", "position"], name="item_position_taken"),
        ]

    def __str__(self) -> str:
        return self.text


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Answers. Nobody but their author sees them one by one; reports read sums."""

    def visible_to(self, user: User) -> Self:
        """A person's own."""
        return self.filter(trip_member__user=user)

    def current(self) -> Self:
        """Not superseded by a correction."""
        return self.filter(superseded_by=None)

    def submitted(self) -> Self:
        """Handed in."""
        return self.exclude(submitted_at=None)


class Assessment(models.Model):
    """One person's answers at one wave of one trip.

    started -> submitted   (reflections.workflow.assessments); a correction is a new row.
    `scales` holds per scale [sum of turned answers, number answered], written at submission.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trip_member = models.ForeignKey(TripMember, models.PROTECT, related_name="assessments")
    instrument = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="assessments")
    wave = models.CharField(max_length=4, choices=Wave)
    answers = models.JSONField(default=dict)
    scales = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            # Two first answers to one wave would let somebody choose the nicer one later.
            models.UniqueConstraint(
                fields=["trip_member", "wave"],
                condition=Q(supersedes=None),
                name="assessment_wave_already_begun",
            ),
            # Handed in without sums would be invisible to every report.
            models.CheckConstraint(
                name="assessment_submitted_has_sums",
                condition=Q(submitted_at=None) | ~Q(scales={}),
            ),
        ]
        indexes = [
            # Reader: the programme page, all submitted answers of many members in one pass.
            models.Index(
                fields=["wave", "trip_member"],
                condition=Q(submitted_at__isnull=False),
                name="assessment_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_wave_display()}, {self.trip_member_id}"
