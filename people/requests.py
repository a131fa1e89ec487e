"""The request of somebody who is signed in, and the roles they hold today."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from .models import Membership, User


class PersonRequest(HttpRequest):
    """Past the middleware the user is always a person."""

    user: User


def roles_of(request: HttpRequest) -> set[str]:
    """The roles of the person today, in any institution. One query a request."""
    held: set[str] | None = getattr(request, "_roles", None)
    if held is None:
        valid = Membership.objects.for_user(request.user).valid(timezone.now().date())  # type: ignore[arg-type]
        held = set(valid.values_list("role", flat=True))
        request._roles = held  # type: ignore[attr-defined]
    return held
