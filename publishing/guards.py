"""What keeps a published version from being rewritten or deleted behind a reader's back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from .models import Edition


def refuse_rewrite(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Autosave may overwrite a draft, never the version that an edition came from."""
    if not instance.pk or not Edition.objects.filter(revision_id=instance.pk).exists():
        return
    kept = Revision.objects.values_list("content", flat=True).get(pk=instance.pk)
    if kept != instance.content:
        raise PermissionDenied(_("This version has been published. Save a new draft instead."))


def pages_with_editions(page: Page) -> QuerySet[Edition]:
    """The editions of a page and of everything below it."""
    return Edition.objects.filter(page__path__startswith=page.path)


def why_kept(page: Page) -> str:
    """Why this page cannot be deleted, in a sentence; empty if it can."""
    if not pages_with_editions(page).exists():
        return ""
    return _(
        "“%(title)s” has been published, and people may have completed it, so it stays."
        " Unpublish it instead: readers no longer find it, and every record keeps its text."
    ) % {"title": page.get_admin_display_title()}
