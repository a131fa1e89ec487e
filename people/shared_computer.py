"""“This is a shared computer”: kept in the session, told to the page’s scripts, gone at the end."""

from __future__ import annotations

from django.http import HttpRequest

KEY = "shared_computer"


def remember_choice(request: HttpRequest, *, is_shared: bool) -> None:
    """Keep what was ticked for as long as this session lasts."""
    if is_shared:
        request.session[KEY] = "yes"
    else:
        request.session.pop(KEY, None)


def is_shared(request: HttpRequest) -> bool:
    """Whether scripts must leave nothing on this device."""
    return KEY in request.session
