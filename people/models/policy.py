"""Privacy notice and terms, by version and institution, and who accepted which."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .belonging import Institution


class Policy(models.Model):
    """One text that people accept. A new major version asks again, a minor one does not.

    Without an institution it is the installation's own and holds where none is more exact.
    Texts in other languages of the same version are rows of their own.
    """

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("Privacy notice")
        TERMS = "terms", _("Terms of use")

    kind = models.CharField(max_length=8, choices=Kind)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="policies"
    )
    major = models.PositiveSmallIntegerField(_("version"))
    minor = models.PositiveSmallIntegerField(_("revision"), default=0)
    language = models.CharField(max_length=10, default="en")
    body = models.TextField(_("text, in Markdown"))
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-major", "-minor"]
        constraints = [
            # One version in one language has one text, for an institution …
            models.UniqueConstraint(
                fields=["kind", "institution", "major", "minor", "language"],
                name="policy_version_taken",
            ),
            # … and for the installation, where NULLs would count as different.
            models.UniqueConstraint(
                fields=["kind", "major", "minor", "language"],
                condition=models.Q(institution=None),
                name="policy_own_version_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.major}.{self.minor}"


class Acceptance(models.Model):
    """A person accepted a text at a time. Never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acceptances")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="acceptances")
    accepted_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        constraints = [
            # Accepting twice is one fact.
            models.UniqueConstraint(fields=["user", "policy"], name="policy_already_accepted"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.policy}"
