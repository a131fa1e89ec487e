"""What happens to every request of a signed-in person before a view sees it."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .models import Membership, Role
from .requests import roles_of

Answer = Callable[[HttpRequest], HttpResponse]

SEEN = "seen_at"
SEEN_EVERY_SECONDS = 60
SECOND_FACTOR_ROLES = [Role.REVIEWER, Role.COORDINATOR, Role.EDITOR]
OPEN_WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/healthz", "/readyz", "/help/")


class IdleTimeoutMiddleware:
    """Ends a session in which nothing was asked for IDLE_SECONDS. The stamp moves once a minute."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            seen = request.session.get(SEEN, now)
            if now - seen > settings.IDLE_SECONDS:
                logout(request)
                request.idle_out = True  # type: ignore[attr-defined]
            elif now - seen > SEEN_EVERY_SECONDS or SEEN not in request.session:
                request.session[SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Where REQUIRE_MFA is on, people with power over others' data set up a second factor first."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.must_set_up(request, timezone.now()):
            messages.warning(
                request, _("Your role needs a second step at sign-in. Set it up to go on.")
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def must_set_up(self, request: HttpRequest, at: datetime) -> bool:
        """Whether this person needs a time-based code and has none."""
        if not settings.REQUIRE_MFA or not request.user.is_authenticated:
            return False
        if request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
            return False
        user = request.user
        needs = user.is_superuser or (
            Membership.objects.for_user(user)
            .valid(at.date())
            .filter(role__in=SECOND_FACTOR_ROLES)
            .exists()
        )
        return needs and not is_mfa_enabled(user, types=[Authenticator.Type.TOTP])


class EditorsMiddleware:
    """An editor's role that has ended opens the CMS no more, whatever group is left over."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        asks = request.path.startswith("/cms/") and user.is_authenticated
        if asks and not user.is_superuser and Role.EDITOR not in roles_of(request):
            raise PermissionDenied
        return self.get_response(request)


class PreferencesMiddleware:
    """Dates in the person's own time zone, words in the language they chose or asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else ""
        if not language and request.user.is_authenticated:
            language = request.user.language
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        if request.user.is_authenticated:
            timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        else:
            timezone.deactivate()
        return self.get_response(request)
