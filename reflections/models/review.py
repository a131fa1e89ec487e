"""What reviewers answer, and the talk that follows."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User

from .entry import EntryVersion, ReviewRequest
from .rubric import RubricVersion


class ReviewQuerySet(models.QuerySet["Review"]):
    """Answers by who may see them."""

    def visible_to(self, user: User) -> Self:
        """The reviewer at any time, the author once it was released or returned, nobody else."""
        return self.filter(
            Q(request__reviewer=user)
            | Q(request__entry__author=user, status__in=Review.HANDED_OVER)
        )


class Review(models.Model):
    """One reviewer's answer to one version.

    draft -> released | returned    (reflections.workflow.reviews)
    released -> draft               undo, while the author has not opened it
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RELEASED = "released", _("Released")
        RETURNED = "returned", _("Returned for another look")

    HANDED_OVER = [Status.RELEASED, Status.RETURNED]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="reviews")
    version = models.ForeignKey(EntryVersion, models.CASCADE, related_name="reviews")
    rubric = models.ForeignKey(
        RubricVersion, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    ratings = models.JSONField(default=dict)
    feedback = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    saved_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["saved_at"]
        constraints = [
            # Nobody is told of feedback that is blank or has no date.
            models.CheckConstraint(
                name="review_handed_over_is_complete",
                condition=Q(status="draft", released_at=None)
                | (~Q(status="draft") & Q(released_at__isnull=False) & ~Q(feedback="")),
            ),
            # One answer to one version: a second release has nothing to release.
            models.UniqueConstraint(fields=["request", "version"], name="review_already_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"
