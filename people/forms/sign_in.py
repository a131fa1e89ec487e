"""Sign-in by password or by a code, with the tick for a shared computer."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from ..shared_computer import remember_choice


def shared_field() -> forms.BooleanField:
    """The tick that both ways of signing in have."""
    return forms.BooleanField(
        label=_("This is a shared computer"),
        help_text=_("Nothing you write is kept on it after you sign out."),
        required=False,
    )


def dress_address(field: forms.Field) -> None:
    """The address field in our words."""
    field.label = _("E-mail address")
    field.help_text = _("The one your programme or hospital invited.")
    field.widget.attrs.update({"autocomplete": "username"})
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password."""

    shared = shared_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_address(self.fields["login"])
        password = self.fields["password"]
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)
        self.order_fields(["login", "password", "shared"])

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        """Keep the tick in the session, then let allauth do the rest."""
        remember_choice(request, is_shared=self.cleaned_data["shared"])
        return super().login(request, redirect_url=redirect_url)


class SignInCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Address only: a code is mailed."""

    shared = shared_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_address(self.fields["email"])

    def clean(self) -> dict[str, Any]:
        """Keep the tick in the session: the code is typed on another page."""
        data: dict[str, Any] = super().clean()
        remember_choice(context.request, is_shared=data.get("shared", False))
        return data
