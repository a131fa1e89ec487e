"""What happens in the CMS when a module is begun, and how modules go in and out as packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .editors import let_edit
from .models import CurriculumIndexPage, ModulePage
from .views import packages


@hooks.register("after_create_page")
def let_its_editors_go_on(request: HttpRequest, page: Page) -> None:
    """Who began a module can go on with it, and so can the others of the leading institution."""
    if isinstance(page, ModulePage):
        let_edit(page)


@hooks.register("register_admin_urls")
def package_urls() -> list[URLPattern]:
    """Modules as packages."""
    return [
        path("packages/", packages.upload, name="curriculum_package_upload"),
        path("packages/module/<int:page_id>/", packages.export, name="curriculum_package_export"),
        path("packages/<uuid:token>/", packages.package, name="curriculum_package"),
        path("packages/<uuid:token>/read/", packages.read, name="curriculum_package_read"),
    ]


@hooks.register("register_page_header_buttons")
def package_buttons_of_page(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the menu beside the title of a page."""
    yield from package_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def package_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of a line: a module goes out, and comes in where modules are begun."""
    kind = page.specific_class
    tester = page.permissions_for_user(user)
    if kind is ModulePage and tester.can_edit():
        address = reverse("curriculum_package_export", args=[page.pk])
        yield Button(_("Export as a package"), address, icon_name="download", priority=70)
    if kind is CurriculumIndexPage and tester.can_add_subpage():
        address = reverse("curriculum_package_upload")
        yield Button(_("Read a package"), address, icon_name="upload", priority=70)
