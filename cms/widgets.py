"""Choosers without inline scripts; cms/static/cms/start.js starts them."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def render_chooser(
    chooser: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """The chooser's own HTML and, instead of its script, what the script needs as data."""
    if not attrs or "id" not in attrs:
        raise TypeError("A chooser needs an id to be rendered.")
    data = chooser.get_value_data(value)
    return format_html(
        '{}<span hidden data-bw-new="{}" data-bw-id="{}" data-bw-opts="{}"></span>',
        chooser.render_html(name, data, attrs),
        chooser.js_constructor,
        attrs["id"],
        json.dumps(chooser.get_js_init_options(attrs["id"], name, data)),
    )
