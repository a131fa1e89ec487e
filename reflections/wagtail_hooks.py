"""Prompts as snippets in the CMS."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Prompt


class PromptViewSet(SnippetViewSet):
    """Editors change the words of a prompt; entries keep the words they were asked."""

    model = Prompt
    icon = "help"
    list_display = ["number", "title", "phase", "audience"]
    ordering = ["number"]
    add_to_admin_menu = True


register_snippet(PromptViewSet)
