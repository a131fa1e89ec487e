"""What reading some files would change, without changing anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from ..models import GlossaryPage, LessonPage, ModulePage
from ..models.glossary import SLUG as GLOSSARY
from ..tree import ensure_tree
from .writing import (
    Files,
    How,
    Wanted,
    differing,
    draft_of,
    found_page,
    refuse_others,
    wanted_glossary,
    wanted_lesson,
    wanted_module,
    why_left_alone,
)

Readable = ModulePage | LessonPage | GlossaryPage


class State(models.TextChoices):
    """What becomes of a page."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("the same")
    LEFT = "left", _("left alone")


@dataclass(frozen=True)
class Change:
    """What becomes of one page, with the names of what changes, or why it is left alone."""

    title: str
    language: str
    number: str
    state: State
    fields: list[str] = field(default_factory=list)
    reason: str = ""

    @property
    def language_name(self) -> str:
        """The language in words."""
        return str(get_language_info(self.language)["name_translated"])


def preview(files: Files, how: How) -> list[Change]:
    """Every page of the files, in the order in which they would be written."""
    changes = []
    for file in files.modules:
        page: ModulePage | None = found_page(ModulePage, ensure_tree(), file.slug, file.language)
        refuse_others(file, page, how)
        number = str(file.fields["number"])
        wanted = wanted_module(file)
        changes.append(change_of(page, wanted, how, file.language, number))
        for lesson in file.lessons:
            below = found_page(LessonPage, page, lesson.slug, file.language) if page else None
            number = f"{file.fields['number']}.{lesson.number}"
            changes.append(change_of(below, wanted_lesson(lesson), how, file.language, number))
    for terms in files.glossaries:
        glossary = found_page(GlossaryPage, ensure_tree(), GLOSSARY, terms.language)
        changes.append(change_of(glossary, wanted_glossary(terms), how, terms.language, ""))
    return changes


def change_of(
    page: Readable | None, wanted: Wanted, how: How, language: str, number: str
) -> Change:
    """What becomes of this page."""
    title = str(wanted.shown["title"])
    if page is None:
        return Change(title, language, number, State.NEW)
    reason = why_left_alone(page, how)
    target = draft_of(page) if how.draft else page
    begun = target.live or (how.draft and page.latest_revision_id)
    names = differing(target, wanted.shown)
    if begun and not names:
        return Change(title, language, number, State.SAME)
    words = [str(word_for(page, name)) for name in names]
    if reason:
        return Change(title, language, number, State.LEFT, words, reason)
    return Change(title, language, number, State.CHANGED, words)


def word_for(page: Readable, name: str) -> str:
    """What the CMS calls a field."""
    if name == "order":
        return str(_("order of the lessons"))
    return str(getattr(page._meta.get_field(name), "verbose_name", name))
