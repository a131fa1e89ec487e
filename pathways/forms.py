"""The forms about certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import LineField

from .models import Certificate


class NameForm(forms.Form):
    """What others see of the name; with another name in the settings, which one it bears."""

    shown = forms.ChoiceField(
        label=_("What others see of your name"),
        choices=Certificate.Shown.choices,
        widget=forms.RadioSelect,
        help_text=_("On the page that checks the certificate. The paper always has all of it."),
    )
    renew = forms.BooleanField(label=_("Put my name of today on it"), required=False)

    def __init__(self, *args: Any, certificate: Certificate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown"] = certificate.shown
        today = certificate.user.display_name
        if today == certificate.name:
            del self.fields["renew"]
        else:
            self.fields["renew"].help_text = _("Now “%(old)s”, then “%(new)s”.") % {
                "old": certificate.name,
                "new": today,
            }


class RevokeForm(forms.Form):
    """Why a certificate no longer counts."""

    reason = LineField(
        label=_("Why?"),
        min_length=10,
        max_length=300,
        help_text=_("One sentence. Everybody who checks the certificate reads it: name nobody."),
    )
