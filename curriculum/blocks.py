"""What a lesson is made of. Each block has a template of its own in curriculum/blocks/."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AbstractMediaChooserBlock

from publishing.models import Media, MediaTrack

INLINE = ["bold", "italic", "link"]
SOURCE_HELP = _("The key of a source in the list below, for example “flores2012”.")
CITE_HELP = _("Cite a source of the list below by its key: [@flores2012].")


def source_key(**kwargs: Any) -> blocks.RegexBlock:
    """The key by which a lesson cites a source."""
    return blocks.RegexBlock(
        regex=r"^[a-z][a-z0-9-]*$",
        max_length=40,
        error_messages={"invalid": _("Small letters, digits and hyphens, a letter first.")},
        **kwargs,
    )


class TableBlock(TypedTableBlock):
    """Rows and columns of plain text; a column of numbers is set flush to its end."""

    text = blocks.CharBlock(required=False, label=_("Text"), max_length=300)
    number = blocks.CharBlock(required=False, label=_("Number"), max_length=60)

    class Meta:
        icon = "table"

    def clean(self, table: TypedTable) -> TypedTable:
        """Where a table is needed, it has a heading for every column and a row."""
        table = super().clean(table)
        if self.is_deferred_validation:
            return table
        if not table.columns or not table.row_data:
            raise TypedTableBlockValidationError(
                non_block_errors=[_("Add the numbers as a table, for readers who see no picture.")]
            )
        if not all(column["heading"].strip() for column in table.columns):
            raise TypedTableBlockValidationError(
                non_block_errors=[_("Give every column a heading.")]
            )
        return table


class VignetteBlock(blocks.StructBlock):
    """A scene. The page says that it is invented."""

    text = blocks.RichTextBlock(
        features=["bold", "italic"],
        label=_("Scene"),
        help_text=_("An invented case. Readers see it labelled so. No patient is described here."),
    )
    agreed_with = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Agreed with"),
        help_text=_("Who at the host institution read this scene and agreed to it."),
    )

    class Meta:
        icon = "group"
        label = _("Vignette")


class FactBlock(blocks.StructBlock):
    """One fact, with where it stands."""

    text = blocks.RichTextBlock(
        features=INLINE,
        label=_("Fact"),
        help_text=_("Dated, placed and counted: how many, where, when."),
    )
    source = source_key(label=_("Source"), help_text=SOURCE_HELP)

    class Meta:
        icon = "doc-full"
        label = _("Fact with its source")


class FigureBlock(blocks.StructBlock):
    """A drawing or picture that says something, with the same in words and numbers."""

    title = blocks.CharBlock(
        max_length=160, label=_("Title"), help_text=_("The finding in one sentence.")
    )
    image = ImageChooserBlock(
        label=_("Picture"), help_text=_("SVG where it is a chart. Never a picture of a patient.")
    )
    alt = blocks.TextBlock(
        max_length=500,
        rows=2,
        label=_("What it shows"),
        help_text=_("In words, for readers who cannot see it. Numbers included."),
    )
    table = TableBlock(label=_("The same as a table"))
    note = blocks.TextBlock(
        required=False,
        max_length=500,
        rows=2,
        label=_("Note"),
        help_text=_("How to read it, and how not to. Cite a source by its key: [@flores2012]."),
    )
    source = source_key(required=False, label=_("Source"), help_text=SOURCE_HELP)

    class Meta:
        icon = "image"
        label = _("Figure")


class MediaChooserBlock(AbstractMediaChooserBlock):
    """Audio or video."""

    def render_basic(self, value: Media | None, context: Any = None) -> str:
        """The title; the lesson's own template does the rest."""
        return str(value) if value else ""


class RecordingBlock(blocks.StructBlock):
    """Audio or video. Published only with a transcript, and with captions if it moves."""

    media = MediaChooserBlock(
        label=_("Audio or video"),
        help_text=_(
            "Add captions and a transcript to it first, under “Captions and transcripts”."
            " Without them the lesson is not published."
        ),
    )
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    source = source_key(required=False, label=_("Source"), help_text=SOURCE_HELP)

    class Meta:
        icon = "media"
        label = _("Audio or video")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Captions and a transcript are there when it is published, not while it is drafted."""
        cleaned = super().clean(value)
        media = cleaned.get("media")
        if media and not self.is_deferred_validation:
            kinds = set(media.tracks.values_list("kind", flat=True))
            if kinds != set(MediaTrack.Kind.values):
                raise blocks.StructBlockValidationError(
                    {"media": ValidationError(_("It needs captions and a transcript first."))}
                )
        return cleaned


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(
        max_length=600, rows=3, label=_("Words"), help_text=_("Without quotation marks.")
    )
    by = blocks.CharBlock(max_length=120, label=_("Who said it"), help_text=_("Name, work, place."))
    invented = blocks.BooleanBlock(
        required=False,
        label=_("Invented"),
        help_text=_("Tick it if this person does not exist. Readers are told."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")


class StandaloneTableBlock(blocks.StructBlock):
    """A table in the text."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    table = TableBlock(label=_("Table"))
    note = blocks.TextBlock(
        required=False, max_length=500, rows=2, label=_("Note"), help_text=CITE_HELP
    )
    source = source_key(required=False, label=_("Source"), help_text=SOURCE_HELP)

    class Meta:
        icon = "table"
        label = _("Table")


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE, label=_("Step")),
        min_num=2,
        max_num=12,
        label=_("Steps"),
        help_text=CITE_HELP,
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")


class ChoiceBlock(blocks.StructBlock):
    """One answer to choose, with what is said about it afterwards."""

    text = blocks.CharBlock(
        max_length=300,
        label=_("Answer"),
        help_text=_("A wrong answer is something a good doctor might do."),
    )
    right = blocks.BooleanBlock(required=False, label=_("This is right"))
    explanation = blocks.TextBlock(
        max_length=500,
        rows=2,
        label=_("Explanation"),
        help_text=_("Shown to whoever chose it. Say why; never just “incorrect”."),
    )

    class Meta:
        icon = "tick"
        label = _("Answer")


class CheckBlock(blocks.StructBlock):
    """A question with answers. Checks stand together after the text, wherever they are put."""

    question = blocks.TextBlock(max_length=500, rows=2, label=_("Question"))
    multiple = blocks.BooleanBlock(
        required=False,
        label=_("Several answers are right"),
        help_text=_("The reader ticks all that are right."),
    )
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2, max_num=8, label=_("Answers"))

    class Meta:
        icon = "help"
        label = _("Knowledge check")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Exactly one answer is right, or at least one where several may be."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        right = sum(bool(choice["right"]) for choice in cleaned["choices"])
        fault = fault_of_answers(right, len(cleaned["choices"]), multiple=cleaned["multiple"])
        if fault:
            raise blocks.StructBlockValidationError(
                {"choices": blocks.ListBlockValidationError(non_block_errors=[fault])}
            )
        return cleaned


def fault_of_answers(right: int, of: int, *, multiple: bool) -> str:
    """What is wrong with the number of right answers; empty if nothing."""
    if right == 0:
        return str(_("Mark the answer that is right."))
    if right > 1 and not multiple:
        return str(_("Only one answer may be right, or tick “Several answers are right”."))
    if right == of:
        return str(_("If every answer is right, there is nothing to choose."))
    return ""


class LessonBody(blocks.StreamBlock):
    """The blocks of a lesson, in the order of reading."""

    text = blocks.RichTextBlock(
        features=["h2", "h3", *INLINE, "ol", "ul"],
        icon="pilcrow",
        label=_("Text"),
        help_text=CITE_HELP,
    )
    vignette = VignetteBlock()
    fact = FactBlock()
    figure = FigureBlock()
    recording = RecordingBlock()
    quote = QuoteBlock()
    table = StandaloneTableBlock()
    steps = StepsBlock()
    check = CheckBlock()

    class Meta:
        block_counts = {"check": {"max_num": 12}}


class SourceBlock(blocks.StructBlock):
    """A source of the lesson: its key, where to find it, and what of it was read."""

    key = source_key(label=_("Key"), help_text=_("Short, for example “flores2012”."))
    citation = blocks.TextBlock(
        max_length=500,
        rows=2,
        label=_("Citation"),
        help_text=_("Authors, journal, year, pages; then “doi 10.…”, which becomes a link."),
    )
    read = blocks.CharBlock(
        max_length=120,
        label=_("What was read"),
        help_text=_("“abstract”, “table 1”, “all of it”. Readers see it."),
    )

    class Meta:
        icon = "link-external"
        label = _("Source")


class AuthorBlock(blocks.StructBlock):
    """Who wrote a module, and from where."""

    name = blocks.CharBlock(max_length=120, label=_("Name"))
    institution = blocks.CharBlock(required=False, max_length=160, label=_("Institution"))
    country = blocks.CharBlock(max_length=80, label=_("Country"))

    class Meta:
        icon = "user"
        label = _("Author")


class AuthorsBody(blocks.StreamBlock):
    """The authors of a module."""

    author = AuthorBlock()


class OutcomesBody(blocks.StreamBlock):
    """What a reader can do afterwards, one line each."""

    outcome = blocks.CharBlock(
        max_length=200,
        label=_("Outcome"),
        help_text=_("Starts with a verb: “brief an interpreter before a talk”."),
    )


class SourcesBody(blocks.StreamBlock):
    """The sources of a lesson."""

    source = SourceBlock()
