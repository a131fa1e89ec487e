"""Form fields for people: names as one clean line, and time zones with a list to choose from."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .zones import all_zones, find_zone

# They turn the direction of what follows: a name could disguise another.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """The text on one line, without control and direction-changing characters."""
    kept = "".join(
        c for c in text if c.isspace() or (unicodedata.category(c) != "Cc" and c not in TURNING)
    )
    return " ".join(kept.split())


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
