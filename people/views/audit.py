"""The log: who signed in, who got which role, who changed which setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..audit import Kind, sentence
from ..models import AuditEvent
from ..requests import PersonRequest

PER_PAGE = 100

KINDS: dict[str, list[str]] = {
    "signing-in": [Kind.SIGNED_IN, Kind.SIGN_IN_FAILED, Kind.SIGNED_OUT],
    "accounts": [Kind.PASSWORD_CHANGED, Kind.EMAIL_CHANGED, Kind.MFA_ADDED, Kind.MFA_REMOVED],
    "roles": [
        Kind.INVITED,
        Kind.INVITATION_ANSWERED,
        Kind.ROLE_GRANTED,
        Kind.ROLE_REVOKED,
        Kind.SUPERVISION,
    ],
    "settings": [Kind.SETTING],
    "data": [Kind.EXPORT, Kind.BREAK_GLASS],
}


class LogFilter(forms.Form):
    """What narrows the log. A filter that makes no sense is left out."""

    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("signing-in", _("Signing in and out")),
            ("accounts", _("Passwords, addresses, second steps")),
            ("roles", _("Invitations and roles")),
            ("settings", _("Settings")),
            ("data", _("Data taken out")),
        ],
    )
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@dataclass(frozen=True)
class Line:
    """One event, ready to read."""

    at: datetime
    words: str


@dataclass(frozen=True)
class LogPage:
    """A page of the log."""

    lines: list[Line]
    pages: Page[AuditEvent]
    form: LogFilter
    query: str


@require_safe
def log(request: PersonRequest) -> HttpResponse:
    """Own events; with a coordinator’s role also those of the institution."""
    form = LogFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    events = AuditEvent.objects.visible_to(request.user)
    if chosen.get("kind"):
        events = events.filter(kind__in=KINDS[chosen["kind"]])
    if chosen.get("first"):
        events = events.filter(at__date__gte=chosen["first"])
    if chosen.get("last"):
        events = events.filter(at__date__lte=chosen["last"])
    full = events.select_related("actor", "subject", "institution")
    pages = Paginator(full, PER_PAGE).get_page(request.GET.get("page"))
    page = LogPage(
        lines=[Line(event.at, sentence(event)) for event in pages],
        pages=pages,
        form=form,
        query=urlencode({key: value for key, value in chosen.items() if value}),
    )
    return render(request, "people/log.html", {"page": page})
