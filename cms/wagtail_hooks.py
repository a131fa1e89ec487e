"""Hooks into the Wagtail admin, each a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from curriculum.models import ModulePage
from people.models import User

from .panels import DoubtsPanel, DuePanel, ReportsPanel

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
    """What readers report, which modules are due and which checks to look at."""
    panels += [ReportsPanel(), DuePanel(), DoubtsPanel()]


@hooks.register("register_page_header_buttons")
def lead_to_answers(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From the form of a module and from the list of its lessons."""
    yield from buttons_of(page, user)


@hooks.register("register_page_listing_more_buttons")
def lead_to_answers_from_list(
    page: Page, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """From the line of a module in a list."""
    yield from buttons_of(page, user)


def buttons_of(page: Page, user: User) -> Iterator[Button]:
    """One, if this is a module that the person may edit."""
    is_module = issubclass(page.specific_class or Page, ModulePage)
    if is_module and page.permissions_for_user(user).can_edit():
        url = reverse("cms_checks", args=[page.pk])
        yield Button(_("Answers to its checks"), url, icon_name="help", priority=66)
