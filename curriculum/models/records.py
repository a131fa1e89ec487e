"""What people did: answers to checks, completed lessons, completed modules. Only ever added to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models import Edition
from publishing.models.edition import LIGHT

from .pages import ModulePage


class CheckAttempt(models.Model):
    """One answer to one knowledge check, marked against the edition that asked it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="check_attempts"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="check_attempts")
    block_id = models.UUIDField()
    check_hash = models.CharField(max_length=64)
    answers = models.JSONField()
    correct = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # An attempt without an answer was never one.
            models.CheckConstraint(name="attempt_has_an_answer", condition=~Q(answers=[])),
        ]
        indexes = [
            # Reader: the lesson page, this person's answers.
            models.Index(fields=["user", "edition"], name="attempts_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.block_id}, {self.at:%Y-%m-%d}"


class LessonCompletionQuerySet(models.QuerySet["LessonCompletion"]):
    """Completed lessons."""

    def visible_to(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def of_lessons(self, keys: list[uuid.UUID]) -> Self:
        """Of these lessons, in any edition and language."""
        return self.filter(edition__translation_key__in=keys)

    def for_people(self, ids: Sequence[int]) -> Self:
        """Of these people."""
        return self.filter(user_id__in=ids)

    def with_edition(self) -> Self:
        """With the edition, without its long content; oldest first."""
        of_edition = [f"edition__{name}" for name in [*LIGHT, "translates__number"]]
        return (
            self.select_related("edition__translates")
            .only("user", "term", "at", *of_edition)
            .order_by("at")
        )


class LessonCompletion(models.Model):
    """A person completed an edition of a lesson: the checks were right and they said so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lesson_completions"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="completions")
    # How often the module's validity had run out before: a renewal is a new row.
    term = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    objects = LessonCompletionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # Pressing the button twice is one completion.
            models.UniqueConstraint(
                fields=["user", "edition", "term"], name="lesson_already_completed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.edition_id}, {self.at:%Y-%m-%d}"


class ModuleCompletionQuerySet(models.QuerySet["ModuleCompletion"]):
    """Completed modules."""

    def visible_to(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def of_modules(self, keys: list[uuid.UUID]) -> Self:
        """Of these modules, in any language; oldest first."""
        return self.filter(translation_key__in=keys).order_by("at", "pk")

    def for_people(self, ids: Sequence[int]) -> Self:
        """Of these people."""
        return self.filter(user_id__in=ids)


class ModuleCompletion(models.Model):
    """A person completed every lesson of a module, in the editions of the manifest."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="module_completions"
    )
    module = models.ForeignKey(ModulePage, models.PROTECT, related_name="completions")
    translation_key = models.UUIDField()
    title = models.CharField(max_length=255)
    # [{"edition": public id, "lesson": title, "number": 2, "completed": "2026-03-02"}, …]
    manifest = models.JSONField()
    manifest_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)

    objects = ModuleCompletionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # The same lessons in the same editions are one completion.
            models.UniqueConstraint(
                fields=["user", "translation_key", "manifest_hash"], name="module_already_completed"
            ),
            models.CheckConstraint(
                name="module_completion_names_lessons", condition=~Q(manifest=[])
            ),
        ]
        indexes = [
            # Reader: progress of people in modules.
            models.Index(fields=["user", "translation_key"], name="modules_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.title}, {self.at:%Y-%m-%d}"

    def is_valid(self, on: date) -> bool:
        """Whether it still counts on this day."""
        return self.valid_until is None or on <= self.valid_until


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """What people thought before a module and after it."""

    def visible_to(self, user: Any) -> Self:
        """A person's own; nobody else's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def of_module(self, key: uuid.UUID) -> Self:
        """Of this module, in any language."""
        return self.filter(translation_key=key)


class Opinion(models.Model):
    """A person's answer to a question without a right answer, with the words as they stood."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before the first lesson")
        AFTER = "after", _("after the last lesson")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="opinions")
    translation_key = models.UUIDField()
    block_id = models.UUIDField()
    moment = models.CharField(max_length=6, choices=Moment)
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=160)
    at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # The first thought is the one to look back at; it is not polished afterwards.
            models.UniqueConstraint(
                fields=["user", "translation_key", "block_id", "moment"],
                name="opinion_already_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.block_id}, {self.moment}"
