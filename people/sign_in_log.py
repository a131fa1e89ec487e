"""Lines of the log that only allauth and Django can tell: their signals, and nothing more."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import (
    email_changed,
    login_code_rejected,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
)
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from .audit import Kind, record
from .models import User


@receiver(user_logged_in)
def signed_in(user: User, **rest: Any) -> None:
    """Somebody came in, all steps done."""
    record(Kind.SIGNED_IN, at=timezone.now(), actor=user, subject=user)


@receiver(user_logged_out)
def signed_out(user: User | None, **rest: Any) -> None:
    """Somebody left, or was left out after the idle time."""
    if user is not None:
        record(Kind.SIGNED_OUT, at=timezone.now(), actor=user, subject=user)


@receiver(user_login_failed)
def password_failed(credentials: dict[str, Any], **rest: Any) -> None:
    """A wrong password. Of an unknown address not even the address is kept."""
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    known = User.objects.filter(email=address).first() if "\0" not in address else None
    record(Kind.SIGN_IN_FAILED, at=timezone.now(), subject=known)


@receiver([login_code_rejected, authentication_failed])
def code_failed(user: User, **rest: Any) -> None:
    """A wrong code, mailed or of the app."""
    record(Kind.SIGN_IN_FAILED, at=timezone.now(), subject=user)


@receiver([password_changed, password_set, password_reset])
def new_password(user: User, **rest: Any) -> None:
    """Another password, whichever way."""
    record(Kind.PASSWORD_CHANGED, at=timezone.now(), actor=user, subject=user)


@receiver(email_changed)
def new_address(user: User, **rest: Any) -> None:
    """Another address. Neither is kept in the log."""
    record(Kind.EMAIL_CHANGED, at=timezone.now(), actor=user, subject=user)


@receiver([authenticator_added, authenticator_reset])
def step_added(user: User, **rest: Any) -> None:
    """An app or recovery codes."""
    record(Kind.MFA_ADDED, at=timezone.now(), actor=user, subject=user)


@receiver(authenticator_removed)
def step_removed(user: User, **rest: Any) -> None:
    """An app or recovery codes less."""
    record(Kind.MFA_REMOVED, at=timezone.now(), actor=user, subject=user)
