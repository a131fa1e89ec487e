"""The person who signs in. The e-mail is the login; the rest is how to address them."""

from __future__ import annotations

import uuid
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def known_zone(name: str) -> None:
    """Refuse a time zone that this machine cannot read (unknown, or shaped like a path)."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(_("Choose a time zone from the list.")) from error


TITLES = {"dr", "dra", "prof", "sister", "sr", "sra", "srta", "don", "doña", "mr", "mrs", "ms"}


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new person; without a password they sign in by code or set one by invitation."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of the installation."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a person by e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Survives leaving a programme: the address can move to a personal one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name, as you want to be called"), max_length=120)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[known_zone]
    )
    is_test = models.BooleanField(_("not a real person"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # Two accounts that differ only in letter case would be one person locked out of both.
            models.UniqueConstraint(Lower("email"), name="user_email_taken_in_another_case"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        """Whether the person runs the installation; Wagtail asks for it in a few places."""
        return self.is_superuser

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's own time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.display_name

    def get_short_name(self) -> str:
        """The name for a small place: the first word that is not a title."""
        words = [
            word for word in self.display_name.split() if word.lower().rstrip(".") not in TITLES
        ]
        return words[0] if words else self.display_name


def display_name(user: User) -> str:
    """How allauth addresses a person in its mails and pages."""
    return user.display_name or user.email
