"""People's words on a page: always through the clean room."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from writing import markdown

register = template.Library()


@register.filter
def written(text: str) -> SafeString:
    """Markdown of a person as safe HTML."""
    return markdown.render(text)


@register.filter
def excerpt(text: str, limit: int = 160) -> str:
    """The beginning of a text without marks."""
    return markdown.plain(text, limit)
