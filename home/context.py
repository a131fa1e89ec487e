"""What the frame of every page needs: the main links of this person, and how heavy the page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from people import stash
from people.models import Notice, Role, User
from people.requests import roles_of

from .middleware import PLACE


@dataclass(frozen=True)
class Link:
    """One entry of the main navigation."""

    text: str
    url: str
    is_current: bool


@dataclass
class Frame:
    """The top bar and the footer. Evaluated only where a template asks for it."""

    request: HttpRequest

    @property
    def is_demo(self) -> bool:
        """Whether people and institutions on show are invented."""
        return settings.DEMO

    @property
    def owner_token(self) -> str:
        """Whose forms these are."""
        user = self.request.user
        return stash.owner_token(user) if isinstance(user, User) else ""

    @property
    def weight(self) -> str:
        """Where the weight of the page will stand once it is known."""
        return PLACE

    @cached_property
    def links(self) -> list[Link]:
        """The main links of this person, in the order of the day."""
        path = self.request.path
        return [Link(text, url, path.startswith(url)) for text, url in self._targets()]

    def _targets(self) -> Iterator[tuple[str, str]]:
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            yield _("Modules"), "/curriculum/"
            return
        roles = roles_of(self.request)
        yield _("Home"), reverse("home:dashboard")
        if Role.REVIEWER in roles:
            yield _("Desk"), "/reviews/"
        yield _("Modules"), "/curriculum/"
        if Role.LEARNER in roles:
            yield _("Journal"), "/journal/"
        yield _("Trips"), "/trips/"
        if roles & {Role.COORDINATOR, Role.REVIEWER}:
            yield _("Outcomes"), "/outcomes/programme/"
        if Role.COORDINATOR in roles:
            yield _("People"), "/people/"
        if Role.EDITOR in roles or user.is_superuser:
            yield _("Editing"), "/cms/"

    @cached_property
    def unread(self) -> int:
        """How many notices this person has not opened."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return 0
        return Notice.objects.standing_for(user).unread().count()

    @property
    def has_outcomes(self) -> bool:
        """Whether this person answers questions before and after visits."""
        return Role.LEARNER in roles_of(self.request)

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The languages of the interface, each named in itself."""
        return [get_language_info(code) for code, _name in settings.INTERFACE_LANGUAGES]

    @property
    def has_languages(self) -> bool:
        """A menu of one is no menu."""
        return len(settings.INTERFACE_LANGUAGES) > 1


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of the page."""
    return {"frame": Frame(request)}
