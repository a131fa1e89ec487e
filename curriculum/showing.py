"""What the templates of the curriculum are given: one frozen dataclass a page, called `page`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.forms import Form
from django.urls import reverse
from django.utils.safestring import SafeString

from publishing.models import Edition

from .languages import language_notice
from .module_blocks import Access
from .rendering import Check, Choice, Lesson, link_doi

if TYPE_CHECKING:
    from .answers import Answers
    from .models import LessonCompletion, ModulePage
    from .opinions import Opinions
    from .progress import LessonProgress, ModuleProgress
    from .report_forms import ReportForm


@dataclass(frozen=True)
class Link:
    """A title and an address."""

    text: str
    url: str


@dataclass(frozen=True)
class ModuleRow:
    """A module in the list."""

    progress: ModuleProgress
    url: str
    tag: str = ""
    shape: str = ""


@dataclass(frozen=True)
class IndexShown:
    """The list of modules."""

    rows: list[ModuleRow]
    is_visitor: bool
    has_glossary: bool = False
    shows_map: bool = False
    shows_reports: bool = False


@dataclass(frozen=True)
class Reading:
    """A text to read on, with its DOI as a link."""

    citation: SafeString
    gives: str
    access: str


def readings_of(module: ModulePage) -> list[Reading]:
    """The further reading of a module."""
    access = {value: str(words) for value, words in Access.CHOICES}
    return [
        Reading(
            link_doi(block.value["citation"]), block.value["gives"], access[block.value["access"]]
        )
        for block in module.further_reading
    ]


@dataclass(frozen=True)
class ModuleShown:
    """A module, its lessons, and who stands behind it."""

    module: ModulePage
    progress: ModuleProgress
    intro: SafeString
    shows_progress: bool = False
    is_preview: bool = False
    next: Link | None = None
    published_at: datetime | None = None
    changes: list[LessonProgress] = field(default_factory=list)
    competencies: list[str] = field(default_factory=list)
    prerequisites: list[Link] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    opinions: Opinions | None = None
    opinions_form: Form | None = None

    @property
    def language(self) -> str:
        """The language of the module's own words."""
        return self.module.locale.language_code

    @property
    def language_notice(self) -> str:
        """That it is not in the reader's language, if it is not."""
        return language_notice(self.language)


@dataclass(frozen=True)
class CheckShown:
    """A question as this person meets it: what they chose, and what is said about it."""

    check: Check
    chosen: frozenset[str] = frozenset()
    verdict: str = ""  # right | wrong | "" before the first answer
    error: str = ""
    action: str = ""
    shows_all: bool = False

    @property
    def feedback(self) -> list[Choice]:
        """What is explained: everything once it is right, before that only what was chosen."""
        everything = self.shows_all or self.verdict == "right"
        return [c for c in self.check.choices if everything or c.id in self.chosen]

    @property
    def is_incomplete(self) -> bool:
        """All that was chosen is right, and something is missing."""
        return self.verdict == "wrong" and self.chosen < self.check.right_ids


@dataclass(frozen=True)
class ReportInvite:
    """“Something wrong on this lesson?”: the form, and whose editors read it."""

    form: ReportForm
    action: str
    leading: str = ""
    reviewing: str = ""


def report_invite(edition: Edition, module: ModulePage, form: ReportForm) -> ReportInvite:
    """No query, where the module was read with its institutions."""
    leading, reviewing = module.leading_institution, module.reviewing_institution
    return ReportInvite(
        form,
        reverse("curriculum:report", args=[edition.public_id]),
        leading.short_name if leading else "",
        reviewing.short_name if leading and reviewing else "",
    )


@dataclass(frozen=True)
class LessonShown:
    """A lesson as one person reads it."""

    lesson: Lesson
    number: str
    module: Link
    checks: list[CheckShown]
    minutes: int
    kilobytes: int
    place: tuple[int, int] | None = None
    edition_number: int | None = None
    published_at: datetime | None = None
    standing: LessonProgress | None = None
    is_visitor: bool = False
    is_preview: bool = False
    checks_open: int = 0
    complete_action: str = ""
    complete_words: str = ""
    next: Link | None = None
    completed_on: datetime | None = None
    current: Link | None = None
    has_glossary: bool = False
    report: ReportInvite | None = None

    @property
    def language_notice(self) -> str:
        """That it is not in the reader's language, if it is not."""
        return language_notice(self.lesson.language)

    @property
    def asks_completion(self) -> bool:
        """Whether there is something left to mark as complete."""
        return bool(self.complete_action) and not self.checks_open


def show_checks(
    lesson: Lesson, answers: Answers, *, actions: dict[str, str], errors: dict[str, str]
) -> list[CheckShown]:
    """The checks with this person's last answers."""
    return [
        show_check(check, answers, actions.get(check.id, ""), errors.get(check.id, ""))
        for check in lesson.checks
    ]


def show_check(check: Check, answers: Answers, action: str, error: str) -> CheckShown:
    """One check with this person's last answer."""
    attempt = answers.last.get(check.id)
    if attempt is None:
        return CheckShown(check, action=action, error=error)
    verdict = "right" if attempt.correct else "wrong"
    return CheckShown(check, frozenset(attempt.answers), verdict, error, action)


@dataclass(frozen=True)
class WithdrawnShown:
    """A lesson that is no longer published, to somebody who completed it."""

    title: str
    module: Link
    completions: list[LessonCompletion]
