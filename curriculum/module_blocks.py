"""What a module asks before the first lesson, and what it points to afterwards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OpinionBlock(blocks.StructBlock):
    """A question without a right answer, asked before the first lesson and after the last."""

    question = blocks.TextBlock(
        max_length=300,
        rows=2,
        label=_("Question"),
        help_text=_("What a reader may think today, and think otherwise later. Nothing is right."),
    )
    answers = blocks.ListBlock(
        blocks.CharBlock(max_length=160, label=_("Answer")),
        min_num=2,
        max_num=6,
        label=_("Answers"),
    )

    class Meta:
        icon = "help"
        label = _("Question")


class OpinionsBody(blocks.StreamBlock):
    """The questions of a module."""

    opinion = OpinionBlock()


class Access:
    """How a reader without a library gets at a text."""

    OPEN = "open"
    ABSTRACT = "abstract"
    LIBRARY = "library"
    CHOICES = [
        (OPEN, _("free to read")),
        (ABSTRACT, _("abstract free, text through a library")),
        (LIBRARY, _("through a library")),
    ]


class ReadingBlock(blocks.StructBlock):
    """Something to read on, and how to get it."""

    citation = blocks.TextBlock(
        max_length=500,
        rows=2,
        label=_("Citation"),
        help_text=_("Authors, journal, year, pages; then “doi 10.…”, which becomes a link."),
    )
    gives = blocks.CharBlock(
        max_length=250, label=_("What it gives"), help_text=_("One sentence for a tired reader.")
    )
    access = blocks.ChoiceBlock(choices=Access.CHOICES, label=_("Access"))

    class Meta:
        icon = "link-external"
        label = _("Text")


class ReadingsBody(blocks.StreamBlock):
    """Further reading of a module."""

    reading = ReadingBlock()
