"""Form with which an institution publishes its own privacy notice or terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from writing.limits import clean_text

from ..models import Policy
from ..policies import MAJOR, MINOR, TRANSLATION

LONGEST = 40_000


class PolicyForm(forms.Form):
    """The text, its language, and whether people are asked again."""

    kind = forms.ChoiceField(label=_("Which text"), choices=Policy.Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("Markdown: # for a heading, - for a list. Tables are possible."),
    )
    change = forms.ChoiceField(
        label=_("What changes"),
        widget=forms.RadioSelect,
        initial=MAJOR,
        choices=[
            (MAJOR, _("The meaning: everybody reads and accepts it before the next entry")),
            (MINOR, _("Only the wording: nobody is asked again")),
            (TRANSLATION, _("Nothing: the present version in one more language")),
        ],
        help_text=_("The first text of your own is always shown to everybody."),
    )

    def clean_body(self) -> str:
        """One kind of line end; nothing that cannot be stored."""
        return clean_text(self.cleaned_data["body"]).strip() + "\n"

    def publishing(self) -> dict[str, Any]:
        """The answers as the workflow takes them."""
        return {key: self.cleaned_data[key] for key in ("kind", "language", "body", "change")}
