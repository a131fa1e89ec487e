"""Hooks into the Wagtail admin, each a few lines."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from .panels import DuePanel, ReportsPanel

# People are managed by coordinators on pages of ours; none of their data stands in the CMS.
NOT_HERE = {"users", "groups"}


@hooks.register("insert_global_admin_js")
def start_widgets() -> SafeString:
    """The script that starts choosers and pickers."""
    return format_html('<script src="{}" defer></script>', static("cms/start.js"))


@hooks.register("construct_settings_menu")
def leave_people_out(request: HttpRequest, items: list[Any]) -> None:
    """No people, no groups: roles are given by people.workflow."""
    items[:] = [item for item in items if item.name not in NOT_HERE]


@hooks.register("construct_main_menu")
def leave_documents_out(request: HttpRequest, items: list[Any]) -> None:
    """Nothing links to documents, so nothing offers them."""
    items[:] = [item for item in items if item.name != "documents"]


@hooks.register("construct_homepage_panels")
def add_what_is_due(request: HttpRequest, panels: list[Any]) -> None:
    """What readers report and which modules are due, among Wagtail's own panels."""
    panels += [ReportsPanel(), DuePanel()]
