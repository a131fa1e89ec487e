"""How allauth behaves here: nobody signs up alone, and a form that came too late is not lost."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from . import stash
from .models import User

log = logging.getLogger(__name__)


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed; the only way in is an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see people.models.Invitation."""
        return False

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        """First to what somebody had typed when their session ended, if it is theirs."""
        response: HttpResponse = super().post_login(request, user, **rest)
        if stash.KEY in request.session:
            if stash.find(request, user):
                response.headers["Location"] = reverse("people:unsent")
            else:
                stash.forget(request)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the reader's language; to an address without an account, in the browser's.

        A mail server that is away must not tell known addresses from unknown ones.
        """
        reader = context.get("user")
        if not isinstance(reader, User):
            reader = User.objects.filter(email=email.lower()).first()
        language = reader.language if reader else translation.get_language()
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("%s could not be mailed", template_prefix)
