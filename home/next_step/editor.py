"""What is next for somebody who writes the curriculum."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .step import Rule, Step, Thing, apply


@dataclass(frozen=True)
class EditorFacts:
    """What is known about the curriculum and this editor's part in it."""

    on: date
    modules: int = 1
    for_me: list[Thing] = field(default_factory=list)
    reports: list[Thing] = field(default_factory=list)
    my_drafts: list[Thing] = field(default_factory=list)
    scheduled: list[Thing] = field(default_factory=list)
    without_partner: list[Thing] = field(default_factory=list)
    empty_modules: list[Thing] = field(default_factory=list)
    add_url: str = "/cms/"
    reports_url: str = "/curriculum/reports/"


def for_me(facts: EditorFacts) -> Step | None:
    """Somebody waits for this editor's word."""
    if not facts.for_me:
        return None
    page = facts.for_me[0]
    return Step(
        "moderate",
        _("Read and decide on “%(title)s”") % {"title": page.title},
        ngettext(
            "%(n)s page waits for your word.",
            "%(n)s pages wait for your word.",
            len(facts.for_me),
        )
        % {"n": len(facts.for_me)},
        page.url,
        _("Open it"),
    )


def reports(facts: EditorFacts) -> Step | None:
    """A reader says that something is wrong, and waits for an answer."""
    if not facts.reports:
        return None
    lesson = facts.reports[0]
    more = len(facts.reports) > 1
    return Step(
        "report",
        _("A reader reports something on “%(title)s”") % {"title": lesson.title},
        ngettext(
            "%(n)s report waits for an answer.",
            "%(n)s reports wait for an answer, the oldest first.",
            len(facts.reports),
        )
        % {"n": len(facts.reports)},
        facts.reports_url if more else lesson.url,
        _("Look at the reports") if more else _("Read and answer"),
    )


def my_drafts(facts: EditorFacts) -> Step | None:
    """Changes that nobody reads yet."""
    if not facts.my_drafts:
        return None
    page = facts.my_drafts[0]
    return Step(
        "draft",
        _("Go on with “%(title)s”") % {"title": page.title},
        _("It has changes that are not published. Say what kind of change it is when you do."),
        page.url,
        _("Open the draft"),
    )


def first_module(facts: EditorFacts) -> Step | None:
    """An empty curriculum."""
    if facts.modules:
        return None
    return Step(
        "first-module",
        _("Write the first module"),
        _("Or ask whoever runs this installation to load the ones that come with it."),
        facts.add_url,
        _("Start a module"),
    )


def empty_modules(facts: EditorFacts) -> Step | None:
    """A module that is published without a lesson."""
    if not facts.empty_modules:
        return None
    page = facts.empty_modules[0]
    return Step(
        "empty-module",
        _("Add a lesson to “%(title)s”") % {"title": page.title},
        _("The module is published and has nothing to read."),
        page.url,
        _("Open the module"),
    )


def without_partner(facts: EditorFacts) -> Step | None:
    """Modules that no partner has reviewed."""
    if not facts.without_partner:
        return None
    page = facts.without_partner[0]
    return Step(
        "partner-review",
        _("Ask a partner to review “%(title)s”") % {"title": page.title},
        ngettext(
            "%(n)s module says that no partner has reviewed it yet.",
            "%(n)s modules say that no partner has reviewed them yet.",
            len(facts.without_partner),
        )
        % {"n": len(facts.without_partner)},
        page.url,
        _("Open the module"),
    )


RULES: list[Rule[EditorFacts]] = [
    for_me,
    reports,
    my_drafts,
    first_module,
    empty_modules,
    without_partner,
]


def editor_steps(facts: EditorFacts) -> list[Step]:
    """Everything that is next for an editor."""
    return apply(RULES, facts)
