"""The glossary: one page in each language, below the list of modules."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from people.models import User

from ..glossary_blocks import TermsBody
from ..glossary_order import repeated
from ..previews import preview_glossary

SLUG = "glossary"


class GlossaryForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Every term stands there once."""

    def clean(self) -> dict[str, Any]:
        """The rule that looks at several blocks at once."""
        data: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            return data
        terms = [block.value["term"] for block in data.get("terms") or []]
        for term in repeated(terms):
            self.add_error("terms", say("“%(term)s” is explained twice.") % {"term": term})
        return data


class GlossaryQuerySet(PageQuerySet):
    """Glossaries."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published ones, for people who are signed in."""
        return self.live() if user.is_authenticated else self.none()

    def for_page(self) -> Self:
        """With what its page needs."""
        return self.select_related("locale")


class GlossaryPage(Page):
    """Terms with a sentence each. It makes no editions: nothing is earned by reading it."""

    terms = StreamField(TermsBody(), blank=True, verbose_name=_("terms"))

    parent_page_types: ClassVar[list[str]] = ["curriculum.CurriculumIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    max_count_per_parent = 1
    base_form_class = GlossaryForm
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("terms")]
    promote_panels: ClassVar[list[Any]] = []

    objects: ClassVar[Any] = PageManager.from_queryset(GlossaryQuerySet)()

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Its address is the same in every language, whatever its title."""
        self.slug = SLUG
        super().full_clean(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft, in the page that readers see."""
        return preview_glossary(request, self)
