"""Where a person stands with modules and lessons: pure functions over what was read before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.editions import SEVERITY, strongest
from publishing.models import Edition

from .addresses import address_of

if TYPE_CHECKING:
    from .models import LessonCompletion, LessonPage, ModuleCompletion, ModulePage


class State(StrEnum):
    """What a lesson is to one person today."""

    NEW = "new"
    COMPLETE = "complete"
    REREAD = "re-read"
    RETEST = "re-test"


STATE_WORDS: dict[State, str | Promise] = {
    State.NEW: gettext_lazy("Not started"),
    State.COMPLETE: gettext_lazy("Complete"),
    State.REREAD: gettext_lazy("Complete, changed since"),
    State.RETEST: gettext_lazy("Checks changed"),
}
STATE_SHAPES = {
    State.NEW: "later",
    State.COMPLETE: "done",
    State.REREAD: "two",
    State.RETEST: "now",
}
STATE_AFTER = {
    Edition.Change.WORDING: State.COMPLETE,
    Edition.Change.REREAD: State.REREAD,
    Edition.Change.RETEST: State.RETEST,
}


@dataclass(frozen=True)
class LessonProgress:
    """One published lesson, and where a person stands with it."""

    page: LessonPage
    module_number: int
    edition: Edition
    state: State
    completion: LessonCompletion | None
    notes: tuple[str, ...] = ()
    floor: int = 1  # the edition from which answers to checks count

    @property
    def title(self) -> str:
        """As published."""
        return self.edition.title

    @property
    def number(self) -> str:
        """3.1"""
        return f"{self.module_number}.{self.page.number}"

    @property
    def url(self) -> str:
        """Where it is read."""
        return address_of(self.page)

    @property
    def minutes(self) -> int:
        """Minutes to read it."""
        return self.edition.minutes

    @property
    def minutes_left(self) -> int:
        """Minutes still asked of the person."""
        return self.minutes if self.is_asked else 0

    @property
    def is_done(self) -> bool:
        """Completed; a suggestion to read it again takes nothing away."""
        return self.state in {State.COMPLETE, State.REREAD}

    @property
    def is_asked(self) -> bool:
        """Still to be done, or to be done anew."""
        return not self.is_done

    @property
    def has_changed(self) -> bool:
        """Changed since it was completed, in more than wording."""
        return self.state in {State.REREAD, State.RETEST}

    @property
    def words(self) -> str:
        """The state in words."""
        return str(STATE_WORDS[self.state])

    @property
    def shape(self) -> str:
        """The shape of its tag."""
        return STATE_SHAPES[self.state]


@dataclass(frozen=True)
class ModuleProgress:
    """One module, its published lessons, and where a person stands with them."""

    module: ModulePage
    lessons: tuple[LessonProgress, ...]
    earned: tuple[ModuleCompletion, ...]
    on: date

    @property
    def url(self) -> str:
        """Where it is read."""
        return address_of(self.module)

    @property
    def completion(self) -> ModuleCompletion | None:
        """The last time the module was completed; it stands whatever changed since."""
        return self.earned[-1] if self.earned else None

    @property
    def done(self) -> int:
        """Lessons that are complete."""
        return sum(lesson.is_done for lesson in self.lessons)

    @property
    def total(self) -> int:
        """Lessons that are published."""
        return len(self.lessons)

    @property
    def is_complete(self) -> bool:
        """Every lesson is complete today. What was earned before is `completion`."""
        return self.total > 0 and self.done == self.total

    @property
    def has_run_out(self) -> bool:
        """Whether it was complete once and its validity is over."""
        return self.completion is not None and not self.completion.is_valid(self.on)

    @property
    def minutes(self) -> int:
        """Minutes to read all of it."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        """Minutes still asked of the person."""
        return sum(lesson.minutes_left for lesson in self.lessons)

    @property
    def kilobytes(self) -> int:
        """What loading all of it costs a phone."""
        return sum(lesson.edition.kilobytes for lesson in self.lessons)

    @property
    def next_lesson(self) -> LessonProgress | None:
        """The first lesson that is still asked."""
        return next((lesson for lesson in self.lessons if lesson.is_asked), None)

    @property
    def changed(self) -> list[LessonProgress]:
        """Lessons that changed since this person completed them."""
        return [lesson for lesson in self.lessons if lesson.has_changed]

    @property
    def has_begun(self) -> bool:
        """Whether anything of it was completed, in any edition."""
        return any(lesson.completion for lesson in self.lessons)

    @property
    def words(self) -> str:
        """“1 of 4 lessons complete, 24 minutes left”."""
        done = ngettext(
            "%(done)s of %(total)s lesson complete",
            "%(done)s of %(total)s lessons complete",
            self.total,
        ) % {"done": self.done, "total": self.total}
        if not self.minutes_left:
            return done
        left = ngettext("%(n)s minute left", "%(n)s minutes left", self.minutes_left)
        return _("%(done)s, %(left)s") % {
            "done": done,
            "left": left % {"n": self.minutes_left},
        }


@dataclass(frozen=True)
class Tree:
    """Modules with their published lessons, and every edition of these lessons."""

    modules: tuple[ModulePage, ...]
    lessons: dict[str, list[LessonPage]]
    editions: dict[int, list[Edition]]

    @property
    def keys(self) -> list[UUID]:
        """The lessons, whatever the language."""
        return [lesson.translation_key for some in self.lessons.values() for lesson in some]


@dataclass(frozen=True)
class Record:
    """What one person completed, oldest first."""

    lessons: tuple[LessonCompletion, ...] = ()
    modules: tuple[ModuleCompletion, ...] = ()


def standing(tree: Tree, record: Record, on: date) -> list[ModuleProgress]:
    """Where one person stands in each module. Asks the database nothing."""
    return [module_standing(tree, module, record, on) for module in tree.modules]


def module_standing(tree: Tree, module: ModulePage, record: Record, on: date) -> ModuleProgress:
    """Where one person stands in one module."""
    key = module.translation_key
    earned = tuple(row for row in record.modules if row.translation_key == key)
    term = term_on(earned, on)
    lessons = tuple(
        lesson_standing(tree, module, lesson, record, term)
        for lesson in tree.lessons.get(module.path, [])
        if tree.editions.get(lesson.pk)
    )
    return ModuleProgress(module, lessons, earned, on)


def term_on(earned: Iterable[ModuleCompletion], on: date) -> int:
    """How often the module's validity has run out for this person."""
    return len({row.valid_until for row in earned if not row.is_valid(on)})


def lesson_standing(
    tree: Tree, module: ModulePage, lesson: LessonPage, record: Record, term: int
) -> LessonProgress:
    """Where one person stands with one lesson: their nearest completion counts."""
    current = tree.editions[lesson.pk][-1]
    number, floor = module.number, floor_of(current, tree.editions[lesson.pk])
    mine = [c for c in record.lessons if c.edition.translation_key == lesson.translation_key]
    counting = [c for c in mine if c.term == term]
    if not counting:
        state = State.RETEST if mine else State.NEW
        last = mine[-1] if mine else None
        return LessonProgress(lesson, number, current, state, last, floor=floor)
    changes = {c.pk: changes_since(c.edition, current, tree.editions) for c in counting}
    nearest = min(reversed(counting), key=lambda c: SEVERITY[Edition.Change(sum_of(changes[c.pk]))])
    since = changes[nearest.pk]
    notes = tuple(e.note for e in since if e.note and e.change != Edition.Change.WORDING)
    state = STATE_AFTER[Edition.Change(sum_of(since))]
    return LessonProgress(lesson, number, current, state, nearest, notes, floor)


def floor_of(edition: Edition, editions: Iterable[Edition]) -> int:
    """The edition from which answers count: the last one that asked for a new test."""
    tested = [
        e.number
        for e in editions
        if e.change == Edition.Change.RETEST and e.number <= edition.number
    ]
    return max(tested, default=1)


def sum_of(editions: Iterable[Edition]) -> str:
    """What several changes ask together."""
    return strongest(edition.change for edition in editions)


def changes_since(
    completed: Edition, current: Edition, editions: dict[int, list[Edition]]
) -> list[Edition]:
    """The editions that came between. Across languages: those of the source they translate."""
    if completed.page_id == current.page_id:
        page, first, last = current.page_id, completed.number, current.number
    else:
        source = current.translates or current
        page, first, last = source.page_id, source_number(completed), source.number
    return [e for e in editions.get(page, []) if first < e.number <= last]


def source_number(edition: Edition) -> int:
    """The number of the edition that this one translates, or its own."""
    return edition.translates.number if edition.translates else edition.number
