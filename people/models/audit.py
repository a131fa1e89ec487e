"""A readable log of sign-ins, role and settings changes. Ids and facts, never anybody's words."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .belonging import Institution, Role, places_of
from .user import User


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Who may read which part of the log."""

    def visible_to(self, user: User) -> Self:
        """Own events; a coordinator's institution; all of them for administrators."""
        if user.is_superuser:
            return self
        held = places_of(user, Role.COORDINATOR)
        return self.filter(Q(actor=user) | Q(subject=user) | Q(institution__in=held))


class AuditEvent(models.Model):
    """One thing that happened to an account, a role or a setting."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("sign-in refused")
        SIGNED_OUT = "signed_out", _("signed out")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        EMAIL_CHANGED = "email_changed", _("e-mail address changed")
        MFA_ADDED = "mfa_added", _("second factor added")
        MFA_REMOVED = "mfa_removed", _("second factor removed")
        INVITED = "invited", _("invited")
        INVITATION_ANSWERED = "invitation_answered", _("invitation answered")
        ROLE_GRANTED = "role_granted", _("role given")
        ROLE_REVOKED = "role_revoked", _("role ended")
        SUPERVISION = "supervision", _("supervision changed")
        SETTING = "setting", _("setting changed")
        EXPORT = "export", _("data exported")
        BREAK_GLASS = "break_glass", _("opened in an emergency")

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=24, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        Institution, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    detail = models.CharField(max_length=200, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # Reader: the log page of a coordinator, newest first.
            models.Index(fields=["institution", "-at"], name="audit_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
