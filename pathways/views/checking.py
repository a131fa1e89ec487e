"""The page on which anybody checks a certificate; coordinators revoke there, with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.models import User
from people.requests import PersonRequest

from .. import certifying
from ..codes import read_code
from ..forms import RevokeForm
from ..frozen import Content, read
from ..models import Certificate
from ..names import public_name
from ..rows import Row, row_of
from ..showing import heading_of

# Codes cannot be guessed; the limit keeps machines from trying all the same.
RATES = {"certificate": "60/m/ip"}


@dataclass(frozen=True)
class CheckPage:
    """What a certificate says to whoever holds its code."""

    certificate: Certificate
    content: Content
    heading: str
    name: str
    row: Row
    is_mine: bool
    revoke_form: RevokeForm | None
    may_give_again: bool


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Name as the owner chose, modules, dates, editions, and whether it was revoked."""
    user = request.user if isinstance(request.user, User) else None
    if user is None:
        refused = consume_or_429(request, action="certificate", config=RATES, limit_get=True)
        if refused:
            return refused
    found = Certificate.objects.filter(code=read_code(code)).first()
    if found is None:
        return private(render(request, "pathways/check_unknown.html", status=404))
    return show(request, found, user)


def show(
    request: HttpRequest,
    found: Certificate,
    user: User | None,
    form: RevokeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; for coordinators with what they can do."""
    in_care = user is not None and is_in_care(user, found)
    page = CheckPage(
        certificate=found,
        content=read(found.content),
        heading=heading_of(found),
        name=public_name(found),
        row=row_of(found, timezone.localdate()),
        is_mine=user is not None and user.pk == found.user_id,
        revoke_form=(form or RevokeForm()) if in_care and not found.is_revoked else None,
        may_give_again=in_care and found.is_revoked and not has_another(found),
    )
    return private(render(request, "pathways/check.html", {"page": page}, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def is_in_care(user: User, found: Certificate) -> bool:
    """Whether this person may revoke it."""
    return Certificate.objects.in_care_of(user).filter(pk=found.pk).exists()


def has_another(found: Certificate) -> bool:
    """Whether it was given again since."""
    return Certificate.objects.same_as(found).filter(revoked_at=None).exists()


def find(request: PersonRequest, code: str) -> Certificate:
    """A certificate that this person may revoke; else 404."""
    return get_object_or_404(Certificate.objects.in_care_of(request.user), code=read_code(code))


@require_POST
def revoke(request: PersonRequest, code: str) -> HttpResponse:
    """It no longer counts; the reason stands on its page."""
    found = find(request, code)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return show(request, found, request.user, form, status=422)
    reason = form.cleaned_data["reason"]
    certifying.revoke(found, by=request.user, reason=reason, at=timezone.now())
    messages.success(request, _("The certificate is revoked, and its owner is told."))
    return redirect("pathways:check", found.printed_code)


@require_POST
def give_again(request: PersonRequest, code: str) -> HttpResponse:
    """After a mistake: a new certificate with the same words."""
    found = find(request, code)
    if not found.is_revoked:
        return redirect("pathways:check", found.printed_code)
    made = certifying.give_again(found, at=timezone.now())
    messages.success(request, _("Given again, with a new code. Its owner is told."))
    return redirect("pathways:check", made.printed_code)
