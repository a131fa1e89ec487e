"""What everybody can change about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ZoneField


class MeForm(forms.Form):
    """Name, language, time zone."""

    display_name = LineField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As you want to be called, with title if you like."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=())
    time_zone = ZoneField(
        label=_("Time zone"),
        help_text=_("Type a city, for example Nairobi, or choose one. Dates are shown in it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = settings.INTERFACE_LANGUAGES
