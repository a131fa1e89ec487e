"""The pages of the curriculum: index > module > lesson. People's data is elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from people.models import Institution, Role, User
from people.models.belonging import places_of
from publishing.models import Edition, MakesEditions

from ..blocks import AuthorsBody, LessonBody, OutcomesBody, SourcesBody
from ..freezing import file_names, freeze_lesson
from ..indexing import text_of
from ..module_blocks import OpinionsBody, ReadingsBody
from ..previews import preview_lesson, preview_module
from ..rendering import measure
from ..standing import Tree
from ..themes import ThemesField, names_of
from .forms import LessonForm, ModuleForm

Person = User | AnonymousUser

# What people search by; Wagtail's own fields stay, because the CMS filters by them.
SEARCHED = [index.SearchField("search_text"), index.AutocompleteField("search_text")]


class CurriculumIndexPage(Page):
    """The list of modules. There is one in each language."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["curriculum.ModulePage", "curriculum.GlossaryPage"]
    private_page_options: ClassVar[list[str]] = []
    max_count_per_parent = 1
    is_creatable = False

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")


# What a line about a lesson needs, and a line about a module.
LINE_OF_LESSON = ["title", "path", "url_path", "translation_key", "live", "number", "summary"]
LINE = ["title", "path", "url_path", "translation_key", "number", "validity_months"]


class ModuleQuerySet(PageQuerySet):
    """Modules."""

    def visible_to(self, user: Person) -> Self:
        """Published modules; visitors see those that are open to them."""
        found = self.live()
        return found if user.is_authenticated else found.filter(open_to_visitors=True)

    def in_order(self) -> Self:
        """By number, then by where they lie in the tree."""
        return self.order_by("number", "path")

    def light(self) -> Self:
        """Only what a line about a module needs."""
        return self.only(*LINE)

    def light_with_language(self) -> Self:
        """Only what a line about a module needs, and what it takes to choose a language."""
        return self.select_related("locale").only(*LINE, "live", "locale__language_code")

    def for_lesson(self) -> Self:
        """What the page of one of its lessons needs, and whose editors hear of its readers."""
        who = ["leading_institution", "reviewing_institution"]
        names = [f"{name}__short_name" for name in who]
        return self.select_related(*who).only(*LINE, "live", "open_to_visitors", *names)

    def edited_by(self, user: User) -> Self:
        """Those that the person's institutions lead or review, and those that nobody leads."""
        places = places_of(user, Role.EDITOR)
        return self.filter(
            Q(leading_institution=None)
            | Q(leading_institution__in=places)
            | Q(reviewing_institution__in=places)
        )

    def for_page(self) -> Self:
        """With who leads and who reviewed."""
        return self.select_related("leading_institution", "reviewing_institution", "locale")


class ModulePage(Page):
    """A module: a handful of lessons that serve the same outcomes."""

    class Required(models.TextChoices):
        NOT = "", _("Not required")
        BEFORE = "before", _("Required before departure")
        AFTER = "after", _("Required after the return")

    number = models.PositiveSmallIntegerField(
        _("number"), default=1, help_text=_("Its place in the list, and the 3 in “lesson 3.1”.")
    )
    summary = models.TextField(
        _("summary"), max_length=400, help_text=_("One or two sentences under the title.")
    )
    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("A few paragraphs: what the lessons are about, and how to read them."),
    )
    outcomes = StreamField(
        OutcomesBody(min_num=1, max_num=8),
        verbose_name=_("outcomes"),
        help_text=_("“When you finish you can …”"),
    )
    opinions = StreamField(
        OpinionsBody(max_num=4),
        blank=True,
        verbose_name=_("what do you think now?"),
        help_text=_("Asked before the first lesson, and again when the module is complete."),
    )
    further_reading = StreamField(
        ReadingsBody(max_num=12), blank=True, verbose_name=_("further reading")
    )
    themes = ThemesField(_("themes"), blank=False)
    competencies = ParentalManyToManyField(
        "curriculum.Competency", blank=True, verbose_name=_("competencies"), related_name="modules"
    )
    authors = StreamField(AuthorsBody(max_num=12), blank=True, verbose_name=_("authors"))
    leading_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leading institution"),
    )
    reviewing_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewing partner"),
        help_text=_("Empty: the page says that no partner has reviewed this yet."),
    )
    reviewer = models.CharField(
        _("who there reviewed it"), max_length=160, blank=True, help_text=_("Name and work.")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    prerequisites = ParentalManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="opens",
        verbose_name=_("to be read before"),
        help_text=_("Suggested to readers, never enforced."),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("valid for, in months"),
        null=True,
        blank=True,
        help_text=_("After that a reader completes it again. Empty: it does not run out."),
    )
    cme_hours = models.DecimalField(
        _("CME or CPD hours"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.25"))],
        help_text=_("Printed on certificates. Only what has been granted; else leave it empty."),
    )
    cme_granted_by = models.CharField(
        _("who grants these hours"),
        max_length=160,
        blank=True,
        help_text=_("The body that accredited the module, and its number if there is one."),
    )
    required = models.CharField(
        _("required"), max_length=6, choices=Required, blank=True, default=Required.NOT
    )
    open_to_visitors = models.BooleanField(
        _("open to visitors"), default=False, help_text=_("Can be read without signing in.")
    )
    facts_due = models.DateField(
        _("look at its facts again by"),
        null=True,
        blank=True,
        help_text=_("Its editors are reminded four weeks before. Readers do not see it."),
    )

    objects: ClassVar[Any] = PageManager.from_queryset(ModuleQuerySet)()

    parent_page_types: ClassVar[list[str]] = ["curriculum.CurriculumIndexPage"]
    subpage_types: ClassVar[list[str]] = ["curriculum.LessonPage"]
    private_page_options: ClassVar[list[str]] = []
    base_form_class = ModuleForm
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("number"), FieldPanel("summary")], heading=_("In the list")),
        FieldPanel("intro"),
        FieldPanel("outcomes"),
        FieldPanel("opinions"),
        FieldPanel("further_reading"),
        FieldPanel("themes"),
        FieldPanel("competencies", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldPanel("leading_institution"),
                FieldPanel("reviewing_institution"),
                FieldPanel("reviewer"),
                FieldPanel("reviewed_on"),
                FieldPanel("facts_due"),
            ],
            heading=_("Who stands behind it"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("required"),
                FieldPanel("validity_months"),
                FieldPanel("cme_hours"),
                FieldPanel("cme_granted_by"),
                FieldPanel("prerequisites", widget=forms.CheckboxSelectMultiple),
                FieldPanel("open_to_visitors"),
            ],
            heading=_("Who reads it, and when"),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug")]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, *SEARCHED]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def is_open(self) -> bool:
        """Whether visitors may read it."""
        return self.open_to_visitors

    @property
    def theme_names(self) -> list[str]:
        """The themes in words."""
        return names_of(self.themes)

    def search_text(self) -> str:
        """What a reader reads on the page, as plain text."""
        return " ".join([self.summary, strip_tags(self.intro), text_of(self.outcomes)])

    def valid_until(self, on: date) -> date | None:
        """The last day on which a completion of this day counts; None: it does not run out."""
        return add_months(on, self.validity_months) if self.validity_months else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft, in the page that readers see, with the lessons that are published."""
        lessons = {self.path: list(LessonPage.objects.in_modules([self]))}
        tree = Tree((self,), lessons, read_editions(lessons))
        return preview_module(request, self, tree)


def add_months(on: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    for day in range(on.day, on.day - 4, -1):
        try:
            return date(on.year + years, month + 1, day)
        except ValueError:
            continue
    raise ValueError("No month is shorter than 28 days.")


def read_editions(lessons: dict[str, list[LessonPage]]) -> dict[int, list[Edition]]:
    """Every edition of these lessons in any language by page, oldest first. One query."""
    keys = [lesson.translation_key for some in lessons.values() for lesson in some]
    found: dict[int, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.for_lessons(keys).light().order_by("number"):
        found[edition.page_id].append(edition)
    return found


class LessonQuerySet(PageQuerySet):
    """Lessons."""

    def with_parent_path(self) -> Self:
        """With the path of the module above."""
        return self.annotate(parent_path=Substr("path", 1, Length("path") - Page.steplen))

    def light(self) -> Self:
        """Only where a lesson lies and how it is called: its text is read from the edition."""
        return self.only(*LINE_OF_LESSON)

    def for_page(self) -> Self:
        """What the page of a lesson needs beside its edition."""
        return self.select_related("locale").only(*LINE_OF_LESSON, "locale__language_code")

    def in_modules(self, modules: Sequence[ModulePage]) -> Self:
        """Published lessons of these modules, in the order of reading."""
        paths = [module.path for module in modules]
        return self.with_parent_path().live().filter(parent_path__in=paths).order_by("path")

    def visible_to(self, user: Person) -> Self:
        """Published lessons of the modules that this person may read."""
        modules = ModulePage.objects.visible_to(user).filter(path=OuterRef("parent_path"))
        return self.with_parent_path().live().filter(Exists(modules))


class LessonPage(MakesEditions, Page):
    """A lesson: read in one sitting, with its sources and its knowledge checks."""

    number = models.PositiveSmallIntegerField(
        _("number"), default=1, help_text=_("The 1 in “lesson 3.1”.")
    )
    summary = models.CharField(
        _("summary"), max_length=200, help_text=_("One line under the title, in lists.")
    )
    themes = ThemesField(_("themes"))
    serves = StreamField(
        OutcomesBody(max_num=8),
        blank=True,
        verbose_name=_("outcomes it serves"),
        help_text=_("Which outcomes of the module, in the same words."),
    )
    body = StreamField(LessonBody(), verbose_name=_("lesson"))
    sources = StreamField(SourcesBody(max_num=30), blank=True, verbose_name=_("sources"))

    objects: ClassVar[Any] = PageManager.from_queryset(LessonQuerySet)()

    parent_page_types: ClassVar[list[str]] = ["curriculum.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    base_form_class = LessonForm
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("number"), FieldPanel("summary")], heading=_("In the list")),
        FieldPanel("body"),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("serves")], heading=_("What it serves")),
        MultiFieldPanel(
            [FieldPanel("change", widget=forms.RadioSelect), FieldPanel("change_note")],
            heading=_("What this change means for readers"),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug")]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, *SEARCHED]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def is_open(self) -> bool:
        """Whether visitors may read it: as its module."""
        module = ModulePage.objects.parent_of(self).first()
        return module is not None and module.live and module.open_to_visitors

    def search_text(self) -> str:
        """What a reader reads on the page, as plain text, without the checks."""
        return " ".join([self.summary, text_of(self.body)])

    def frozen_content(self, *, keep: bool = True) -> dict[str, Any]:
        """Everything a reader sees. `keep` puts copies of its pictures aside."""
        return freeze_lesson(self, keep=keep)

    def frozen_files(self, content: dict[str, Any]) -> list[str]:
        """The stored files that the content shows."""
        return list(file_names(content))

    def measures(self, content: dict[str, Any]) -> tuple[int, int]:
        """Minutes to read it and bytes to load it."""
        return measure(content)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft, in the page that readers see."""
        return preview_lesson(request, self)
