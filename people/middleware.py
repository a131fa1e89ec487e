"""What happens to every request of a signed-in person before a view sees it."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import stash
from .models import Membership, Role
from .requests import roles_of

Answer = Callable[[HttpRequest], HttpResponse]

SEEN = "seen_at"
SEEN_EVERY_SECONDS = 60
SECOND_FACTOR_ROLES = [Role.REVIEWER, Role.COORDINATOR, Role.EDITOR]
SIGN_IN = "/accounts/"
TOO_MANY = "too_many_login_attempts"
OPEN_WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/healthz", "/readyz", "/help/")


class IdleTimeoutMiddleware:
    """Ends a session in which nothing was asked for IDLE_SECONDS. The stamp moves once a minute.

    What was posted too late is kept for an hour (see stash.py). Scripts get an answer that they
    can read in place of the sign-in page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        owner = self.end_if_idle(request)
        response = self.get_response(request)
        if not is_sign_in(response):
            return response
        if request.method == "POST":
            owner = owner or stash.owner_of(request)
            response["Location"] = sign_in_address(request)
        if owner is not None and (form := stash.read_form(request)):
            request.session[stash.KEY] = stash.keep(form, owner)
        return answer_scripts(request, response)

    def end_if_idle(self, request: HttpRequest) -> int | None:
        """Whose session was ended just now, if one was."""
        if not request.user.is_authenticated:
            return None
        now = timezone.now().timestamp()
        seen = request.session.get(SEEN, now)
        if now - seen > settings.IDLE_SECONDS:
            owner = request.user.pk
            logout(request)
            return owner
        if now - seen > SEEN_EVERY_SECONDS or SEEN not in request.session:
            request.session[SEEN] = now
        return None


def is_sign_in(response: HttpResponse) -> bool:
    """Whether this answer sends somebody to the sign-in page."""
    where = urlsplit(response.headers.get("Location", "")).path
    return response.status_code == 302 and where == reverse(settings.LOGIN_URL)


def sign_in_address(request: HttpRequest) -> str:
    """Where to sign in, and then back to the page on which the form stood: forms have none."""
    page = path_of(request.headers.get("Referer", ""))
    if not page or page.startswith("/accounts/"):
        page = settings.LOGIN_REDIRECT_URL
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page})}"


def path_of(address: str) -> str:
    """The path of an address that a browser says it is on; nothing if it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def answer_scripts(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """401 for htmx and JSON requests: a sign-in page inside a fragment would help nobody."""
    is_htmx = request.headers.get("HX-Request") == "true"
    is_json = (
        request.content_type == "application/json"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or not request.accepts("text/html")
    )
    if not is_htmx and not is_json:
        return response
    answer = JsonResponse({"reason": "signed-out"}, status=401)
    if is_htmx:
        page = path_of(request.headers.get("HX-Current-URL", "")) or "/"
        answer.headers["HX-Redirect"] = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    return answer


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


class FormStatusMiddleware:
    """allauth answers 200 to a form that it refuses; programs and logs are told the truth."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """422 for a refused form, 429 where somebody tried too often."""
        form = (response.context_data or {}).get("form")
        is_ours = request.path.startswith(SIGN_IN) and response.status_code == 200
        if not is_ours or not isinstance(form, BaseForm) or not form.errors:
            return response
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        response.status_code = 429 if TOO_MANY in codes else 422
        return response


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
        if not language and translation.get_language() not in dict(settings.INTERFACE_LANGUAGES):
            language = settings.LANGUAGE_CODE  # a browser's wish for which there is no catalogue
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        if request.user.is_authenticated:
            timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        else:
            timezone.deactivate()
        return self.get_response(request)
