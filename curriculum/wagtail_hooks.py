"""What happens in the CMS when a module is begun."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from .editors import let_edit
from .models import ModulePage


@hooks.register("after_create_page")
def let_its_editors_go_on(request: HttpRequest, page: Page) -> None:
    """Who began a module can go on with it, and so can the others of the leading institution."""
    if isinstance(page, ModulePage):
        let_edit(page)
