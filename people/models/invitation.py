"""The way in: sign-up is closed, people are invited."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .belonging import Cohort, Institution, Programme, Role, places_of
from .user import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they can still be used."""

    def open(self, at: datetime) -> Self:
        """Not answered, not withdrawn, not run out."""
        return self.filter(answered_at=None, withdrawn_at=None, expires_at__gt=at)

    def to_mail(self, at: datetime) -> Self:
        """Open ones whose letter has not gone out."""
        return self.open(at).filter(mailed_at=None)

    def visible_to(self, user: User) -> Self:
        """Coordinators of the inviting or the invited institution see an invitation."""
        held = places_of(user, Role.COORDINATOR)
        return self.filter(Q(institution__in=held) | Q(invited_by=user))


class Invitation(models.Model):
    """One role offered to one address. The link holds a token of which only a hash is kept.

    open -> accepted | declined | withdrawn | run out (derived from expires_at)
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("name"), max_length=120)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="invitations")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            # Accepted by somebody at no time, or by nobody at some time, cannot be explained later.
            models.CheckConstraint(
                name="invitation_accepted_has_date",
                condition=Q(accepted_by=None) | Q(answered_at__isnull=False),
            ),
            # A second open letter for the same role confuses the reader and the count.
            models.UniqueConstraint(
                fields=["email", "institution", "role"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="invitation_already_sent",
            ),
        ]
        indexes = [
            # Reader: the invitations page of a coordinator, newest first.
            models.Index(fields=["institution", "-invited_at"], name="invitation_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link still works."""
        return self.answered_at is None and self.withdrawn_at is None and self.expires_at > at

    def state(self, at: datetime) -> str:
        """open, accepted, declined, withdrawn or run_out."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.answered_at:
            return "accepted" if self.accepted_by_id else "declined"
        return "open" if self.expires_at > at else "run_out"
