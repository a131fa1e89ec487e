"""The way into the CMS: allauth's sign-in, then whoever may edit."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


@login_not_required
def gate(request: HttpRequest) -> HttpResponse:
    """Send visitors to sign in, editors to the CMS, and tell everybody else it is not theirs."""
    if request.user.is_authenticated:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return redirect("wagtailadmin_home")
        raise PermissionDenied
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return redirect_to_login(asked if safe else "/cms/", reverse("account_login"))


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Our own page signs out: it looks after words that are only on this device."""
    return redirect("account_logout")


@login_not_required
def password_reset(request: HttpRequest) -> HttpResponse:
    """Passwords belong to allauth."""
    return redirect("account_reset_password")


def not_here(request: HttpRequest, name: str) -> HttpResponse:
    """People and groups are not managed in the CMS."""
    raise Http404
