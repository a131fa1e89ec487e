"""Which kind of control a form field is, so that one include can draw every form."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect

register = template.Library()


@register.filter
def is_choices(field: BoundField) -> bool:
    """A set of radios or checkboxes: drawn as a fieldset."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    """A single checkbox: its label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput) and not is_choices(field)
