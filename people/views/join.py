"""The link of an invitation: accept, with or without an account, or decline."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import password_validation
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..fields import LineField, ZoneField
from ..models import Invitation, User
from ..requests import posted


class JoinForm(forms.Form):
    """What somebody says about themselves on the first day."""

    display_name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        help_text=gettext_lazy("As you want to be called, with title if you like."),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. Four unusual words are good."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=())
    time_zone = ZoneField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Type a city, for example Nairobi, or choose one."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "display_name": invitation.display_name,
            "time_zone": invitation.institution.time_zone,
            "language": translation.get_language(),
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = settings.INTERFACE_LANGUAGES

    def clean(self) -> dict[str, Any]:
        """The password is measured against name and address too."""
        data = super().clean() or {}
        if data.get("password"):
            person = User(email=self.invitation.email, display_name=data.get("display_name", ""))
            try:
                password_validation.validate_password(data["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data

    def person(self) -> workflow.NewPerson:
        """The answers as the workflow takes them."""
        data = self.cleaned_data
        return workflow.NewPerson(
            data["display_name"], data["password"], data["language"], data["time_zone"]
        )


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Read the invitation; accept or decline it."""
    invitation = workflow.find_invitation(token)
    now = timezone.now()
    state = invitation.state(now) if invitation else "unknown"
    if invitation is None or state != "open":
        return show(request, state, invitation, status=404 if invitation is None else 410)
    try:
        if request.method == "POST" and "decline" in request.POST:
            workflow.decline_invitation(invitation, at=now)
            return show(request, "declined", invitation)
        if request.user.is_authenticated:
            return join_signed_in(request, invitation)
        return join_as_new(request, invitation)
    except workflow.NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("home:front")


def join_signed_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody with an account: one button, if the address is theirs."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    if user.email != invitation.email:
        return show(request, "other_person", invitation)
    if request.method != "POST":
        return show(request, "accept", invitation)
    workflow.accept_invitation(invitation, user=user, at=timezone.now())
    messages.success(request, welcome(invitation))
    return redirect("home:dashboard")


def join_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody without an account makes one; who has one signs in first."""
    if User.objects.filter(email=invitation.email).exists():
        return show(request, "sign_in", invitation)
    form = JoinForm(posted(request), invitation=invitation)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return show(request, "new", invitation, form=form, status=status)
    user = workflow.accept_as_new(invitation, form.person(), at=timezone.now())
    answer: HttpResponse = perform_login(request, user, redirect_url="/dashboard/")
    messages.success(request, welcome(invitation))
    return answer


def welcome(invitation: Invitation) -> str:
    """The first sentence inside."""
    return _("You are %(role)s at %(place)s.") % {
        "role": invitation.get_role_display(),
        "place": invitation.institution.name,
    }


def show(
    request: HttpRequest,
    state: str,
    invitation: Invitation | None,
    form: JoinForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page in one of its states. A refused answer is not logged: the address is a key."""
    context = {"state": state, "invitation": invitation, "form": form, "path": request.path}
    response = render(request, "people/join.html", context, status=status)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
