"""What editors meet in the CMS: a sentence instead of a deletion, captions and transcripts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .guards import why_kept
from .models import MediaTrack


def refuse(request: HttpRequest, sentence: str, page: Page) -> HttpResponse:
    """Back to where the page lies, with the reason."""
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def keep_published_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page with editions is not deleted."""
    sentence = why_kept(page)
    return refuse(request, sentence, page) if sentence else None


@hooks.register("before_bulk_action")
def keep_published_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for many pages at once."""
    if action_type != "delete":
        return None
    for page in objects:
        sentence = why_kept(page) if isinstance(page, Page) else ""
        if sentence:
            return refuse(request, sentence, page)
    return None


@register_snippet
class MediaTrackViewSet(SnippetViewSet):
    """Captions and transcripts, each of one audio or video."""

    model = MediaTrack
    icon = "openquote"
    menu_label = _("Captions and transcripts")
    list_display = ["media", "kind", "language"]
    panels = [
        FieldPanel("media"),
        FieldPanel("kind"),
        FieldPanel("language"),
        FieldPanel("file"),
        FieldPanel("text"),
    ]
