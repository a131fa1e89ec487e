"""The request of somebody who is signed in, and the roles they hold today."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from .models import Institution, Membership, User


class PersonRequest(HttpRequest):
    """Past the middleware the user is always a person."""

    user: User


def held_by(request: HttpRequest) -> list[tuple[str, int]]:
    """Role and institution of each membership that holds today. One query a request."""
    held: list[tuple[str, int]] | None = getattr(request, "_held", None)
    if held is None:
        valid = Membership.objects.for_user(request.user).valid(timezone.now().date())  # type: ignore[arg-type]
        held = list(valid.order_by().values_list("role", "institution_id"))
        request._held = held  # type: ignore[attr-defined]
    return held


def roles_of(request: HttpRequest) -> set[str]:
    """The roles of the person today, in any institution."""
    return {role for role, _place in held_by(request)}


def places_with(request: HttpRequest, *roles: str) -> set[int]:
    """The ids of the institutions where the person has one of these roles today."""
    return {place for role, place in held_by(request) if role in roles}


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


def way_back(request: HttpRequest, asked: str) -> str:
    """Where a form asks to go afterwards, if that is a path of ours; else nothing."""
    host = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(asked, host, request.is_secure())
    return asked if is_ours and asked.startswith("/") else ""


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the answers, even if there are none; nothing while it is read."""
    return request.POST if request.method == "POST" else None
