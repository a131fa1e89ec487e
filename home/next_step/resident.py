"""What is next for somebody who visits, from either side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .step import Rule, Step, Thing, apply


@dataclass(frozen=True)
class VisitFacts:
    """One visit of the person. `phase`: before, away or back, by the person's own dates."""

    title: str
    phase: str
    departs: date
    returns: date
    pre: str = "answered"  # later | open | begun | answered | missed
    post: str = "later"
    pre_url: str = ""
    post_url: str = ""
    post_closes: date | None = None
    wrote_before: bool = True
    wrote_this_week: bool = True
    wrote_after: bool = True


@dataclass(frozen=True)
class ResidentFacts:
    """What is known about a learner today."""

    on: date
    visits: list[VisitFacts] = field(default_factory=list)
    two_versions: list[Thing] = field(default_factory=list)
    returned: list[Thing] = field(default_factory=list)
    feedback: list[Thing] = field(default_factory=list)
    drafts: list[Thing] = field(default_factory=list)
    lessons_left: int = 0
    minutes_left: int = 0
    next_lesson: Thing | None = None
    changed_lessons: list[Thing] = field(default_factory=list)
    before_url: str = "/journal/new/"
    week_url: str = "/journal/new/"
    after_url: str = "/journal/new/"

    def first(self, phase: str) -> VisitFacts | None:
        """The next visit in a phase, soonest departure first."""
        return min((v for v in self.visits if v.phase == phase), key=by_departure, default=None)


def by_departure(visit: VisitFacts) -> date:
    """Sort key."""
    return visit.departs


def two_versions(facts: ResidentFacts) -> Step | None:
    """Words that exist twice come first: nothing may be lost."""
    if not facts.two_versions:
        return None
    entry = facts.two_versions[0]
    return Step(
        "two-versions",
        _("Choose between two versions"),
        _("“%(title)s” was written in two places. Nothing was overwritten.")
        % {"title": entry.title},
        entry.url,
        _("Look at both"),
    )


def returned(facts: ResidentFacts) -> Step | None:
    """A reviewer asked for another look."""
    if not facts.returned:
        return None
    entry = facts.returned[0]
    return Step(
        "returned",
        _("Look again at “%(title)s”") % {"title": entry.title},
        _("Your reader sent it back with a question."),
        entry.url,
        _("Open the entry"),
    )


def feedback(facts: ResidentFacts) -> Step | None:
    """Feedback that has not been opened."""
    if not facts.feedback:
        return None
    entry = facts.feedback[0]
    return Step(
        "feedback",
        _("Read what your reader wrote"),
        _("There is an answer to “%(title)s”. Ten quiet minutes will do.") % {"title": entry.title},
        entry.url,
        _("Read the answer"),
    )


def before_questions(facts: ResidentFacts) -> Step | None:
    """The self-assessment before the visit, while it can be answered."""
    visit = next(
        (
            v
            for v in sorted(facts.visits, key=by_departure)
            if v.phase == "before" and v.pre in {"open", "begun"}
        ),
        None,
    )
    if visit is None:
        return None
    return Step(
        "pre",
        _("Answer 21 sentences about how you work now"),
        _("The same sentences come back after the visit, so you can see your own change."),
        visit.pre_url,
        _("Go on answering") if visit.pre == "begun" else pgettext("button", "Answer"),
        due=visit.departs,
        minutes=3,
    )


def lessons(facts: ResidentFacts) -> Step | None:
    """Required lessons, while a visit lies ahead or is under way."""
    visit = facts.first("before") or facts.first("away")
    if visit is None or not facts.lessons_left or facts.next_lesson is None:
        return None
    return Step(
        "lesson",
        _("Read “%(title)s”") % {"title": facts.next_lesson.title},
        ngettext(
            "%(n)s required lesson is left, about %(minutes)s minutes.",
            "%(n)s required lessons are left, about %(minutes)s minutes in all.",
            facts.lessons_left,
        )
        % {"n": facts.lessons_left, "minutes": facts.minutes_left},
        facts.next_lesson.url,
        _("Read the lesson"),
        due=visit.departs if visit.phase == "before" else None,
        minutes=facts.next_lesson.minutes,
    )


def write_before(facts: ResidentFacts) -> Step | None:
    """The first entry, before leaving."""
    visit = facts.first("before")
    if visit is None or visit.wrote_before or facts.drafts:
        return None
    return Step(
        "write-before",
        _("Write “Before I go”"),
        _("What you expect to give, to receive, and who told you it was wanted."),
        facts.before_url,
        _("Start writing"),
        due=visit.departs,
        minutes=10,
    )


def finish_draft(facts: ResidentFacts) -> Step | None:
    """Words that were begun."""
    if not facts.drafts:
        return None
    draft = facts.drafts[0]
    return Step(
        "draft",
        _("Finish “%(title)s”") % {"title": draft.title},
        _("Your draft is saved. Nobody reads it before you send it."),
        draft.url,
        _("Continue your draft"),
    )


def write_this_week(facts: ResidentFacts) -> Step | None:
    """One short entry a week while away."""
    visit = facts.first("away")
    if visit is None or visit.wrote_this_week or facts.drafts:
        return None
    return Step(
        "write-week",
        _("Write this week’s entry"),
        _("Five minutes, one prompt. It also works without a network."),
        facts.week_url,
        _("Start writing"),
        minutes=5,
    )


def after_questions(facts: ResidentFacts) -> Step | None:
    """The self-assessment after the return."""
    visit = next(
        (v for v in facts.visits if v.phase == "back" and v.post in {"open", "begun"}), None
    )
    if visit is None:
        return None
    return Step(
        "post",
        _("Answer the 21 sentences again"),
        _("They are the ones from before the visit. Answer as you work today."),
        visit.post_url,
        _("Go on answering") if visit.post == "begun" else pgettext("button", "Answer"),
        due=visit.post_closes,
        minutes=3,
    )


def write_after(facts: ResidentFacts) -> Step | None:
    """The entry that looks back at the first one."""
    visit = next(
        (v for v in facts.visits if v.phase == "back" and not v.wrote_after and v.post != "missed"),
        None,
    )
    if visit is None or facts.drafts:
        return None
    return Step(
        "write-after",
        _("Write what you now think of your first answer"),
        _("You will see “Before I go” next to it."),
        facts.after_url,
        _("Start writing"),
        minutes=10,
    )


def changed_lessons(facts: ResidentFacts) -> Step | None:
    """Lessons that changed since they were completed; what was earned stands."""
    if not facts.changed_lessons:
        return None
    lesson = facts.changed_lessons[0]
    return Step(
        "changed-lesson",
        _("See what changed in “%(title)s”") % {"title": lesson.title},
        _("What you completed stands. Reading it again is suggested."),
        lesson.url,
        _("Open the lesson"),
        minutes=lesson.minutes,
    )


RULES: list[Rule[ResidentFacts]] = [
    two_versions,
    returned,
    feedback,
    before_questions,
    lessons,
    write_before,
    finish_draft,
    write_this_week,
    after_questions,
    write_after,
    changed_lessons,
]


def resident_steps(facts: ResidentFacts) -> list[Step]:
    """Everything that is next, most urgent first. Empty: nothing waits."""
    return apply(RULES, facts)
