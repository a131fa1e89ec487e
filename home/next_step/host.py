"""What is next for a host supervisor: who comes, what they wrote for the host, what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .step import Rule, Step, Thing, apply


@dataclass(frozen=True)
class HostFacts:
    """What is known about the visits somebody receives."""

    on: date
    arriving: Thing | None = None
    arrives_on: date | None = None
    here: list[Thing] = field(default_factory=list)
    shared: int = 0
    oldest_shared: Thing | None = None
    replies: list[Thing] = field(default_factory=list)
    drafts: list[Thing] = field(default_factory=list)
    past: int = 0


def finish_draft(facts: HostFacts) -> Step | None:
    """An answer that was begun."""
    if not facts.drafts:
        return None
    draft = facts.drafts[0]
    return Step(
        "finish-review",
        _("Finish your answer to “%(title)s”") % {"title": draft.title},
        _("It is saved. The author sees it only when you release it."),
        draft.url,
        _("Go on writing"),
    )


def shared(facts: HostFacts) -> Step | None:
    """Entries that visitors chose to show to their hosts."""
    if not facts.shared or facts.oldest_shared is None:
        return None
    return Step(
        "shared",
        _("Read “%(title)s”") % {"title": facts.oldest_shared.title},
        ngettext(
            "A visitor chose you as a reader of %(n)s entry.",
            "Visitors chose you as a reader of %(n)s entries.",
            facts.shared,
        )
        % {"n": facts.shared},
        facts.oldest_shared.url,
        _("Open it"),
        minutes=4,
    )


def replies(facts: HostFacts) -> Step | None:
    """Visitors who wrote back."""
    if not facts.replies:
        return None
    entry = facts.replies[0]
    return Step(
        "reply",
        _("Read the reply on “%(title)s”") % {"title": entry.title},
        _("A visitor answered you."),
        entry.url,
        _("Read the reply"),
    )


def arriving(facts: HostFacts) -> Step | None:
    """The next visit, with its day."""
    if facts.arriving is None or facts.arrives_on is None:
        return None
    days = (facts.arrives_on - facts.on).days
    return Step(
        "arriving",
        _("Look who comes: %(title)s") % {"title": facts.arriving.title},
        ngettext("The visit begins in %(days)s day.", "The visit begins in %(days)s days.", days)
        % {"days": days},
        facts.arriving.url,
        _("Open the visit"),
        due=facts.arrives_on,
    )


def here(facts: HostFacts) -> Step | None:
    """Visitors who are here now."""
    if not facts.here:
        return None
    visit = facts.here[0]
    return Step(
        "here",
        _("Your visitors are here: %(title)s") % {"title": visit.title},
        _("The page of the visit says who they are and until when."),
        visit.url,
        _("Open the visit"),
    )


RULES: list[Rule[HostFacts]] = [finish_draft, shared, replies, here, arriving]


def host_steps(facts: HostFacts) -> list[Step]:
    """Everything that is next for a host."""
    return apply(RULES, facts)
