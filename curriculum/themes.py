"""The eight themes of the curriculum, kept on a page as their letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """What a module or lesson is about."""

    ADAPTABILITY = "A", _("Adaptability")
    COMMUNICATION = "C", _("Communication")
    COST = "V", _("Cost-consciousness")
    CULTURE = "K", _("Culture and health")
    EQUITY = "E", _("Equity")
    TELEHEALTH = "T", _("Telehealth")
    PRIVACY = "P", _("Privacy")
    SAFETY = "S", _("Safety")


def in_order(letters: Any) -> str:
    """The letters that are themes, each once, in the order of the list above."""
    return "".join(theme for theme in Theme.values if theme in letters)


def names_of(letters: str) -> list[str]:
    """The themes in words."""
    return [str(Theme(letter).label) for letter in in_order(letters)]


class ThemesFormField(forms.MultipleChoiceField):
    """One tick box a theme; the letters come back as one word."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> list[str]:
        """Letters as a list, as tick boxes want them."""
        return list(value or "")

    def clean(self, value: Any) -> str:  # type: ignore[override]
        """The ticked letters, joined."""
        return in_order(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Letters and lists of letters compare as sets."""
        return set(initial or "") != set(data or "")


class ThemesField(models.CharField[str, str]):
    """Themes as letters: `CKE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", len(Theme.values))
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Tick boxes instead of a line of letters."""
        return ThemesFormField(
            choices=Theme.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )
