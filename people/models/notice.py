"""News for a person: shown in the product, and mailed when its hour comes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from .user import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by reader and state."""

    def for_user(self, user: User) -> Self:
        """Notices to one person."""
        return self.filter(user=user)

    def standing_for(self, user: User) -> Self:
        """Notices to one person that were not withdrawn."""
        return self.for_user(user).filter(withdrawn_at=None)

    def shown_to(self, user: User) -> Self:
        """What stands on a person's notices page: unread first, then the newest."""
        return self.standing_for(user).order_by(
            Case(When(read_at=None, then=0), default=1), "-created_at"
        )

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at=None)

    def to_mail(self, at: datetime) -> Self:
        """Mails whose hour has come, that were neither sent, read nor withdrawn."""
        return self.filter(mail_at__lte=at, mailed_at=None, read_at=None, withdrawn_at=None)


class Notice(models.Model):
    """One event told to one person once. `key` makes a second telling impossible.

    The subject and the sentence are kept as they were told; they never quote an entry or feedback.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("sentence"), blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    mail_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            # Reader: the clock, looking for mails whose hour has come.
            models.Index(
                fields=["mail_at"],
                condition=models.Q(mailed_at=None, withdrawn_at=None),
                name="notice_to_mail",
            ),
            # Reader: the bell of the top bar and the notices page.
            models.Index(fields=["user", "-created_at"], name="notice_of_person"),
        ]

    def __str__(self) -> str:
        return self.subject
