"""Form fields for people: names as one clean line, and time zones with a list to choose from."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .zones import all_zones, find_zone

FIRST_YEAR, YEARS_AHEAD = 1950, 10

# They turn the direction of what follows: a name could disguise another.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """The text on one line, without control and direction-changing characters."""
    kept = "".join(
        c for c in text if c.isspace() or (unicodedata.category(c) != "Cc" and c not in TURNING)
    )
    return " ".join(kept.split())


class DayInput(forms.DateInput):
    """A date, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day in the life of somebody who works today: a slip in the year is noticed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": DayInput()} | kwargs)

    def clean(self, value: Any) -> date | None:
        """The day, if it lies between 1950 and ten years from now."""
        day: date | None = super().clean(value)
        last = timezone.localdate().year + YEARS_AHEAD
        if day and not FIRST_YEAR <= day.year <= last:
            raise forms.ValidationError(
                _("Choose a day between %(first)s and %(last)s; look at the year."),
                params={"first": FIRST_YEAR, "last": last},
            )
        return day


class LineField(forms.CharField):
    """A name or title: one line, spaces collapsed. NUL is refused by Django."""

    def to_python(self, value: Any) -> str:
        """The cleaned line; a NUL stays, so that it is refused and not swallowed."""
        text = super().to_python(value) or ""
        return text if "\0" in text else one_line(text)


class ListInput(forms.TextInput):
    """A text input with suggestions that work without script."""

    def __init__(self, suggestions: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suggestions = suggestions

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The input, and the list that it points at."""
        list_id = f"{(attrs or {}).get('id', name)}_list"
        box = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((s,) for s in self.all()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, list_id, options)

    def all(self) -> tuple[str, ...]:
        """What is suggested."""
        return self.suggestions


class ZoneInput(ListInput):
    """Suggests every time zone, the usual ones first. Read only when a form is drawn."""

    def all(self) -> tuple[str, ...]:
        return all_zones()


class ZoneField(forms.CharField):
    """A time zone, typed or chosen; “Nairobi” is enough."""

    widget = ZoneInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 64, **kwargs})

    def clean(self, value: Any) -> str:
        """The zone’s full name."""
        return find_zone(super().clean(value))
