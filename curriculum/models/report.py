"""What a reader says is wrong on a lesson, and what its editors answered."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from people.models import Membership, Role, User
from publishing.models import Edition
from publishing.models.edition import LIGHT

from .pages import ModulePage


class ReportQuerySet(models.QuerySet["LessonReport"]):
    """Reports by who sent them and who may answer them."""

    def visible_to(self, user: User) -> Self:
        """One's own, and those that one may answer."""
        return self._with_module_path().filter(Q(reporter=user) | answerable_by(user))

    def to_answer(self, user: User) -> Self:
        """Those of the modules that this person edits, or reviews for a partner."""
        return self._with_module_path().filter(answerable_by(user))

    def sent_by(self, user: User) -> Self:
        """What one person reported."""
        return self.filter(reporter=user)

    def open(self) -> Self:
        """Waiting for an answer."""
        return self.filter(state=LessonReport.State.OPEN)

    def settled(self) -> Self:
        """Answered, one way or another."""
        return self.exclude(state=LessonReport.State.OPEN)

    def with_lesson(self) -> Self:
        """With the edition, without its long content; with the people and the mended edition."""
        of_edition = [f"edition__{name}" for name in LIGHT]
        return self.select_related(
            "edition__locale", "edition__page", "reporter", "settled_by", "mended_in"
        ).only(
            *[field.attname for field in LessonReport._meta.concrete_fields],
            *of_edition,
            "edition__locale",
            "edition__page__url_path",
            "edition__page__path",
            "edition__page__live",
            "reporter__display_name",
            "settled_by__display_name",
            "mended_in__number",
            "mended_in__published_at",
        )

    def _with_module_path(self) -> Self:
        """With the path of the module that the lesson belongs to today."""
        path = "edition__page__path"
        return self.annotate(module_path=Substr(path, 1, Length(path) - Page.steplen))


def answerable_by(user: User) -> Q:
    """Editors of the institution that leads the module or reviews it; of all, if nobody leads."""
    held = Membership.objects.for_user(user).valid(timezone.now().date()).filter(role=Role.EDITOR)
    modules = ModulePage.objects.edited_by(user).filter(path=OuterRef("module_path"))
    return Q(Exists(held)) & Q(Exists(modules))


class LessonReport(models.Model):
    """A reader's word about a lesson, with the edition they read.

    open -> mended, answered or unchanged    settle_report() is the only writer of `state`
    A reader may take back what nobody has answered; what is settled stays.
    """

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Wrong")
        UNCLEAR = "unclear", _("Unclear")
        OUTDATED = "outdated", _("Out of date")
        NOT_HERE = "not-here", _("Not so here")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        MENDED = "mended", _("Mended")
        ANSWERED = "answered", _("Answered")
        UNCHANGED = "unchanged", _("Not changed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Named by the form, so that the same form sent twice is one report.
    token = models.UUIDField(unique=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lesson_reports"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    passage = models.TextField(_("passage"), blank=True)
    words = models.TextField(_("what is wrong"))
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    mended_in = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="mends"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # Nobody can answer a report that says nothing.
            models.CheckConstraint(name="report_has_words", condition=~Q(words="")),
            # Nobody is told of an answer that is blank, has no date or comes from nobody.
            models.CheckConstraint(
                name="report_settled_is_complete",
                condition=Q(state="open", answer="", settled_at=None, settled_by=None)
                | ~Q(state="open")
                & ~Q(answer="")
                & Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            # “Mended” points at the edition, and nothing else does.
            models.CheckConstraint(
                name="report_mended_names_an_edition",
                condition=Q(state="mended", mended_in__isnull=False)
                | ~Q(state="mended") & Q(mended_in=None),
            ),
            models.CheckConstraint(
                name="report_mended_in_another_edition",
                condition=Q(mended_in=None) | ~Q(mended_in=F("edition")),
            ),
        ]
        indexes = [
            # Reader: what one person reported, and how much of it today.
            models.Index(fields=["reporter", "-at"], name="reports_of_person"),
            # Reader: what waits for editors, on the dashboard and in the CMS.
            models.Index(fields=["at"], condition=Q(state="open"), name="reports_open"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.kind}, {self.at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return bool(self.state == self.State.OPEN)

    @property
    def shape(self) -> str:
        """The mark beside the state (lms/_tag.html)."""
        return "" if self.is_open else "done"

    def is_from(self, user: Any) -> bool:
        """Whether this person sent it."""
        return bool(self.reporter_id == user.pk)
