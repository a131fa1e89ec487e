"""What the glossary is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

LONGEST_TERM, LONGEST_DEFINITION = 80, 300


class TermBlock(blocks.StructBlock):
    """A term, what we mean by it, and where it is used."""

    term = blocks.CharBlock(
        max_length=LONGEST_TERM,
        label=_("Term"),
        help_text=_("Small letters, unless it is a name."),
    )
    definition = blocks.TextBlock(
        max_length=LONGEST_DEFINITION,
        rows=2,
        label=_("Definition"),
        help_text=_("One plain sentence for a tired reader."),
    )
    page = blocks.PageChooserBlock(
        required=False,
        page_type=["curriculum.ModulePage", "curriculum.LessonPage"],
        label=_("Module or lesson"),
        help_text=_("Where a reader meets it."),
    )

    class Meta:
        icon = "openquote"
        label = _("Term")


class TermsBody(blocks.StreamBlock):
    """The terms, in any order: readers see them by the alphabet of their language."""

    term = TermBlock()
