"""Editions: what was published and can be completed, each with its own frozen copy."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

Content = dict[str, Any]


class EditionDamaged(Exception):
    """The frozen copy is not what was published: its hash differs."""


def digest(content: Content) -> str:
    """The hash of a frozen copy, the same whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# What lists and progress read of an edition.
LIGHT = [
    "public_id", "page", "translation_key", "number", "change", "note", "title", "content_hash",
    "minutes", "weight", "published_at",
]  # fmt: skip


class EditionQuerySet(models.QuerySet["Edition"]):
    """Published editions."""

    def for_lessons(self, keys: list[uuid.UUID]) -> Self:
        """Every edition of these pages, in all languages."""
        return self.filter(translation_key__in=keys)

    def light(self) -> Self:
        """Without the frozen copy, which is long; with the number of what it translates."""
        return self.select_related("translates").only(
            *LIGHT, "translates__number", "translates__page"
        )


class Edition(models.Model):
    """What was published and can be completed, with its own frozen copy of the content.

    A Wagtail revision row is not immutable (autosave rewrites it), so the copy is kept here.
    Rows are never changed or deleted.
    """

    class Change(models.TextChoices):
        WORDING = "wording", _("Wording: nobody needs to read it again")
        REREAD = "re-read", _("Re-read: suggest reading it again")
        RETEST = "re-test", _("Re-test: the checks have to be answered again")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="editions")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="editions")
    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    translates = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations"
    )
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=8, choices=Change)
    note = models.CharField(max_length=250, blank=True)
    title = models.CharField(max_length=255)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(default=0)
    weight = models.PositiveIntegerField(default=0)  # bytes, pictures included
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["page", "-number"]
        constraints = [
            # Two editions of one number could not be told apart on a certificate.
            models.UniqueConstraint(fields=["page", "number"], name="edition_number_taken"),
            models.CheckConstraint(name="edition_number_starts_at_one", condition=Q(number__gte=1)),
            # A loop of translations would have no source to inherit from.
            models.CheckConstraint(
                name="edition_translates_itself", condition=~Q(translates=F("id"))
            ),
        ]
        indexes = [
            # Reader: progress, the editions of a lesson in any language.
            models.Index(fields=["translation_key", "-number"], name="edition_of_lesson"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    def read(self) -> Content:
        """The frozen copy, tested against its hash."""
        if digest(self.content) != self.content_hash:
            raise EditionDamaged(f"Edition {self.public_id} differs from what was published.")
        return self.content

    @property
    def kilobytes(self) -> int:
        """What reading it costs a phone, rounded up."""
        return -(-self.weight // 1024)


class EditionFile(models.Model):
    """A file that an edition shows, so that the door knows whom it is open to."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            # A file listed twice would say nothing more.
            models.UniqueConstraint(fields=["name", "edition"], name="edition_file_listed_twice"),
        ]

    def __str__(self) -> str:
        return self.name


class MakesEditions(models.Model):
    """A page whose publishing makes an edition. What kind of change it is belongs to the draft."""

    makes_editions: ClassVar[bool] = True

    change = models.CharField(
        _("kind of change"),
        max_length=8,
        choices=Edition.Change,
        blank=True,
        help_text=_(
            "What this change means for people who completed the page. What they earned stands in"
            " every case. Nothing chosen counts as “re-read”. A translation takes the kind of its"
            " source."
        ),
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for readers, for example: “The example in part two is new.”"),
    )

    class Meta:
        abstract = True

    def frozen_content(self) -> Content:
        """Everything a reader sees, as plain JSON that needs no other row."""
        raise NotImplementedError

    def frozen_files(self, content: Content) -> list[str]:
        """The stored files that the content shows."""
        return []

    def measures(self, content: Content) -> tuple[int, int]:
        """Minutes to read it and bytes to load it."""
        return 0, 0
