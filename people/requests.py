"""The request of somebody who is signed in, and the roles they hold today."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from .models import Institution, Membership, User


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


def coordinated(request: HttpRequest) -> list[Institution]:
    """The institutions that the person coordinates today, by name. One query a request."""
    held: list[Institution] | None = getattr(request, "_coordinated", None)
    if held is None:
        held = list(Institution.objects.coordinated_by(request.user))  # type: ignore[arg-type]
        request._coordinated = held  # type: ignore[attr-defined]
    return held


def must_coordinate(request: HttpRequest) -> list[Institution]:
    """The same, or 403 where there is none."""
    places = coordinated(request)
    if not places:
        raise PermissionDenied
    return places


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the answers, even if there are none; nothing while it is read."""
    return request.POST if request.method == "POST" else None
