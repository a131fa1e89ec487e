"""What is next for somebody who reads and answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .step import Rule, Step, Thing, apply

DESK = "/reviews/"


@dataclass(frozen=True)
class ReviewerFacts:
    """What is known about a reviewer's desk today."""

    waiting: int = 0
    oldest_days: int = 0
    oldest: Thing | None = None
    drafts: list[Thing] = field(default_factory=list)
    replies: list[Thing] = field(default_factory=list)
    resubmitted: list[Thing] = field(default_factory=list)
    learners: int = 0
    most_counted: int | None = None  # set where more wait than were counted


def finish_draft(facts: ReviewerFacts) -> Step | None:
    """An answer that was begun and reaches nobody yet."""
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


def resubmitted(facts: ReviewerFacts) -> Step | None:
    """An entry that came back after another look."""
    if not facts.resubmitted:
        return None
    entry = facts.resubmitted[0]
    return Step(
        "resubmitted",
        _("See how “%(title)s” changed") % {"title": entry.title},
        _("Its author looked again, as you asked."),
        entry.url,
        _("Open it"),
    )


def oldest(facts: ReviewerFacts) -> Step | None:
    """The entry that has waited longest."""
    if not facts.waiting or facts.oldest is None:
        return None
    return Step(
        "read",
        _("Read “%(title)s”") % {"title": facts.oldest.title},
        waiting_words(facts.waiting, facts.oldest_days, facts.most_counted),
        facts.oldest.url,
        _("Open it"),
        minutes=4,
    )


def waiting_words(waiting: int, days: int, most_counted: int | None = None) -> str:
    """How many entries wait, and for how long. With `most_counted` there are more than that."""
    time = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if most_counted is not None:
        words = _("More than %(n)s entries wait for you, the oldest for %(time)s.")
        return words % {"n": most_counted, "time": time}
    if days < 1:
        words = ngettext(
            "%(n)s entry waits for you; it came today.",
            "%(n)s entries wait for you; all of them came today.",
            waiting,
        )
        return words % {"n": waiting}
    words = ngettext(
        "%(n)s entry waits for you, for %(time)s now.",
        "%(n)s entries wait for you, the oldest for %(time)s.",
        waiting,
    )
    return words % {"n": waiting, "time": time}


def replies(facts: ReviewerFacts) -> Step | None:
    """Authors who wrote back."""
    if not facts.replies:
        return None
    entry = facts.replies[0]
    return Step(
        "reply",
        _("Read the reply to your answer on “%(title)s”") % {"title": entry.title},
        _("There is no need to answer, and no harm in it."),
        entry.url,
        _("Read the reply"),
    )


def nobody_yet(facts: ReviewerFacts) -> Step | None:
    """A reviewer without learners waits for a coordinator."""
    if facts.learners or facts.waiting or facts.drafts or facts.replies or facts.resubmitted:
        return None
    return Step(
        "no-learners",
        _("Nobody is assigned to you yet"),
        _("A coordinator names who you supervise. Until then you can read the modules."),
        "/curriculum/",
        _("Read a module"),
    )


RULES: list[Rule[ReviewerFacts]] = [finish_draft, resubmitted, oldest, replies, nobody_yet]


def reviewer_steps(facts: ReviewerFacts) -> list[Step]:
    """Everything that is next at the desk. Empty: all entries are answered."""
    return apply(RULES, facts)
