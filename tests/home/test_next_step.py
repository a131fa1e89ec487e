"""What each role is told to do next, in at least twenty states. Done is never asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from home.next_step import (
    AdminFacts,
    CoordinatorFacts,
    EditorFacts,
    HostFacts,
    ResidentFacts,
    ReviewerFacts,
    VisitFacts,
    Waiting,
    admin_steps,
    coordinator_steps,
    editor_steps,
    host_steps,
    resident_steps,
    reviewer_steps,
)
from home.next_step.reviewer import waiting_words
from home.next_step.step import Thing

TODAY = date(2026, 5, 18)
THING = Thing("Before I go", "/journal/1/")
LESSON = Thing("What an interpreter catches", "/curriculum/3/1/", 9)
ONE = Waiting([THING])
TWO = Waiting([THING, LESSON])


def visit(phase: str, **facts: Any) -> VisitFacts:
    """A visit with everything done that can be done in its phase, unless said otherwise."""
    days = {
        "before": (date(2026, 6, 6), date(2026, 7, 4)),
        "away": (date(2026, 5, 6), date(2026, 6, 4)),
        "back": (date(2026, 3, 1), date(2026, 4, 1)),
    }[phase]
    done = {"pre": "answered", "post": "answered" if phase == "back" else "later"}
    urls = {"pre_url": "/outcomes/1/pre/", "post_url": "/outcomes/1/post/"}
    return VisitFacts("Kilimari", phase, *days, **{**done, **urls, **facts})


def resident(*visits: VisitFacts, **facts: Any) -> ResidentFacts:
    return ResidentFacts(on=TODAY, visits=list(visits), **facts)


LEFT = {"lessons_left": 3, "minutes_left": 27, "next_lesson": LESSON}

RESIDENT = [
    ("no visit, nothing open", resident(), []),
    ("no visit, lessons left are not urged", resident(**LEFT), []),
    ("before, all done", resident(visit("before")), []),
    ("before, questions open", resident(visit("before", pre="open")), ["pre"]),
    ("before, questions begun", resident(visit("before", pre="begun")), ["pre"]),
    ("before, questions answered, lessons left", resident(visit("before"), **LEFT), ["lesson"]),
    (
        "before, everything open",
        resident(visit("before", pre="open", wrote_before=False), **LEFT),
        ["pre", "lesson", "write-before"],
    ),
    (
        "before, first entry is a draft",
        resident(visit("before", wrote_before=False), drafts=[THING]),
        ["draft"],
    ),
    ("before, wrote, no lessons", resident(visit("before", wrote_before=True)), []),
    ("away, wrote this week", resident(visit("away")), []),
    ("away, not yet this week", resident(visit("away", wrote_this_week=False)), ["write-week"]),
    ("away, missed the questions", resident(visit("away", pre="missed")), []),
    (
        "away, a draft instead of a new entry",
        resident(visit("away", wrote_this_week=False), drafts=[THING]),
        ["draft"],
    ),
    (
        "away, lessons still left",
        resident(visit("away"), **LEFT),
        ["lesson"],
    ),
    (
        "away, feedback and a returned entry",
        resident(visit("away"), feedback=[THING], returned=[LESSON]),
        ["returned", "feedback"],
    ),
    (
        "back, questions open",
        resident(visit("back", post="open", wrote_after=False)),
        ["post", "write-after"],
    ),
    ("back, questions begun", resident(visit("back", post="begun")), ["post"]),
    ("back, answered, wrote", resident(visit("back")), []),
    ("back, missed both", resident(visit("back", post="missed", wrote_after=False)), []),
    ("back, answered, not written", resident(visit("back", wrote_after=False)), ["write-after"]),
    ("back, feedback read", resident(visit("back"), feedback=[]), []),
    ("back, lessons are no longer required", resident(visit("back"), **LEFT), []),
    (
        "two versions come first",
        resident(two_versions=[THING], returned=[THING]),
        ["two-versions", "returned"],
    ),
    ("a lesson changed", resident(visit("back"), changed_lessons=[LESSON]), ["changed-lesson"]),
    (
        "one visit over, the next ahead",
        resident(visit("back", post="open"), visit("before", pre="open")),
        ["pre", "post"],
    ),
]

REVIEWER = [
    ("desk empty", ReviewerFacts(learners=2), []),
    ("nobody assigned", ReviewerFacts(), ["no-learners"]),
    ("one waits", ReviewerFacts(1, 0, THING, learners=1), ["read"]),
    ("four wait", ReviewerFacts(4, 6, THING, learners=1), ["read"]),
    ("one waits, nobody assigned any more", ReviewerFacts(1, 0, THING), ["read"]),
    ("a draft", ReviewerFacts(drafts=[THING], learners=1), ["finish-review"]),
    (
        "a draft and others",
        ReviewerFacts(2, 1, THING, [THING], learners=1),
        ["finish-review", "read"],
    ),
    ("came back", ReviewerFacts(resubmitted=[THING], learners=1), ["resubmitted"]),
    (
        "came back and others wait",
        ReviewerFacts(2, 3, THING, resubmitted=[THING], learners=1),
        ["resubmitted", "read"],
    ),
    ("a reply", ReviewerFacts(replies=[THING], learners=1), ["reply"]),
    ("a reply and one waits", ReviewerFacts(1, 0, THING, replies=[THING]), ["read", "reply"]),
    ("two replies are one step", ReviewerFacts(replies=[THING, THING], learners=1), ["reply"]),
    (
        "two drafts are one step",
        ReviewerFacts(drafts=[THING, THING], learners=1),
        ["finish-review"],
    ),
    (
        "everything at once",
        ReviewerFacts(1, 9, THING, [THING], [THING], [THING], 3),
        ["finish-review", "resubmitted", "read", "reply"],
    ),
    ("count without an entry asks nothing", ReviewerFacts(1, 0, None, learners=1), []),
    ("released", ReviewerFacts(0, 0, None, learners=1), []),
    ("draft, nobody assigned", ReviewerFacts(drafts=[THING]), ["finish-review"]),
    ("reply, nobody assigned", ReviewerFacts(replies=[THING]), ["reply"]),
    ("came back, nobody assigned", ReviewerFacts(resubmitted=[THING]), ["resubmitted"]),
    (
        "came back and draft",
        ReviewerFacts(drafts=[THING], resubmitted=[THING]),
        ["finish-review", "resubmitted"],
    ),
]


def editor(**facts: Any) -> EditorFacts:
    return EditorFacts(on=TODAY, **facts)


EDITOR = [
    ("all well", editor(), []),
    ("nothing written", editor(modules=0), ["first-module"]),
    ("a draft", editor(my_drafts=[THING]), ["draft"]),
    ("two drafts are one step", editor(my_drafts=[THING, THING]), ["draft"]),
    ("somebody waits", editor(for_me=[THING]), ["moderate"]),
    ("two wait", editor(for_me=[THING, THING]), ["moderate"]),
    (
        "somebody waits and a draft",
        editor(for_me=[THING], my_drafts=[THING]),
        ["moderate", "draft"],
    ),
    ("a reader reports", editor(reports=[THING]), ["report"]),
    ("two reports are one step", editor(reports=[THING, THING]), ["report"]),
    (
        "somebody waits, a reader reports, a draft",
        editor(for_me=[THING], reports=[THING], my_drafts=[THING]),
        ["moderate", "report", "draft"],
    ),
    ("reports answered", editor(reports=[]), []),
    ("an empty module", editor(empty_modules=[THING]), ["empty-module"]),
    ("two empty modules", editor(empty_modules=[THING, THING]), ["empty-module"]),
    ("no partner reviewed", editor(without_partner=[THING]), ["partner-review"]),
    ("three without a partner", editor(without_partner=[THING] * 3), ["partner-review"]),
    ("scheduled pages wait by themselves", editor(scheduled=[THING]), []),
    (
        "first draft of the first module",
        editor(modules=0, my_drafts=[THING]),
        ["draft", "first-module"],
    ),
    (
        "draft, empty and unreviewed",
        editor(my_drafts=[THING], empty_modules=[THING], without_partner=[THING]),
        ["draft", "empty-module", "partner-review"],
    ),
    (
        "everything at once",
        editor(for_me=[THING], my_drafts=[THING], empty_modules=[THING], without_partner=[THING]),
        ["moderate", "draft", "empty-module", "partner-review"],
    ),
    ("published", editor(my_drafts=[]), []),
    ("reviewed by a partner", editor(without_partner=[]), []),
    ("scheduled and a draft", editor(scheduled=[THING], my_drafts=[LESSON]), ["draft"]),
    ("asked for a word, then decided", editor(for_me=[]), []),
    (
        "eight modules, one unreviewed",
        editor(modules=8, without_partner=[THING]),
        ["partner-review"],
    ),
]


def coordinator(**facts: Any) -> CoordinatorFacts:
    return CoordinatorFacts(on=TODAY, **facts)


COORDINATOR = [
    ("all well", coordinator(), []),
    ("empty start", coordinator(people=0, partnerships=0, trips=0), ["people", "partner"]),
    ("people, no partner", coordinator(partnerships=0, trips=0), ["partner"]),
    ("partner, no trip", coordinator(trips=0), ["trip"]),
    ("no people, partner, no trip", coordinator(people=0, trips=0), ["people", "trip"]),
    (
        "asked for a partnership",
        coordinator(partnerships_to_agree=ONE, trips=0),
        ["agree-partnership"],
    ),
    ("asked for a visit", coordinator(trips_to_agree=ONE), ["agree-trip"]),
    ("asked for two visits", coordinator(trips_to_agree=TWO), ["agree-trip"]),
    ("we proposed: the other side's turn", coordinator(proposed_by_us=ONE), []),
    ("nobody named", coordinator(without_visitors=ONE), ["visitors"]),
    ("no host named", coordinator(without_host=ONE), ["host"]),
    ("neither named", coordinator(without_visitors=ONE, without_host=ONE), ["visitors", "host"]),
    ("no mentor", coordinator(without_mentor=ONE), ["mentor"]),
    ("two without mentor", coordinator(without_mentor=TWO), ["mentor"]),
    ("leaves without answers", coordinator(leaving_without_answers=ONE), ["answers"]),
    ("leaves with lessons left", coordinator(leaving_without_modules=ONE), ["modules"]),
    (
        "leaves with both open",
        coordinator(leaving_without_answers=ONE, leaving_without_modules=ONE),
        ["answers", "modules"],
    ),
    ("invitation ran out", coordinator(invitations_run_out=ONE), ["invitations"]),
    ("visit over", coordinator(to_close=ONE), ["close"]),
    ("closed", coordinator(to_close=Waiting()), []),
    (
        "urgent before tidy",
        coordinator(to_close=ONE, invitations_run_out=ONE, trips_to_agree=ONE, without_mentor=ONE),
        ["agree-trip", "mentor", "invitations", "close"],
    ),
]


def host(**facts: Any) -> HostFacts:
    return HostFacts(on=TODAY, **facts)


COMING = {"arriving": THING, "arrives_on": date(2026, 6, 8)}

HOST = [
    ("nobody comes", host(), []),
    ("somebody comes", host(**COMING), ["arriving"]),
    ("somebody comes today", host(arriving=THING, arrives_on=TODAY), ["arriving"]),
    ("a name without a day", host(arriving=THING), []),
    ("here now", host(here=[THING]), ["here"]),
    ("here now, others come", host(here=[THING], **COMING), ["here", "arriving"]),
    ("an entry was shared", host(shared=1, oldest_shared=THING), ["shared"]),
    ("three entries were shared", host(shared=3, oldest_shared=THING), ["shared"]),
    ("shared while here", host(shared=1, oldest_shared=THING, here=[THING]), ["shared", "here"]),
    ("count without an entry", host(shared=1), []),
    ("a draft", host(drafts=[THING]), ["finish-review"]),
    (
        "a draft and another",
        host(drafts=[THING], shared=1, oldest_shared=THING),
        ["finish-review", "shared"],
    ),
    ("a reply", host(replies=[THING]), ["reply"]),
    ("a reply after the visit", host(replies=[THING], past=1), ["reply"]),
    ("past visits ask nothing", host(past=4), []),
    ("answered and here", host(shared=0, here=[THING]), ["here"]),
    ("two here are one step", host(here=[THING, LESSON]), ["here"]),
    ("two replies are one step", host(replies=[THING, THING]), ["reply"]),
    ("two drafts are one step", host(drafts=[THING, THING]), ["finish-review"]),
    (
        "everything at once",
        host(
            drafts=[THING], shared=2, oldest_shared=THING, replies=[THING], here=[THING], **COMING
        ),
        ["finish-review", "shared", "reply", "here", "arriving"],
    ),
]

ADMIN = [
    ("all well", AdminFacts(), []),
    ("worker never seen", AdminFacts(worker_age=None), ["worker"]),
    ("worker stale", AdminFacts(worker_age=11), ["worker"]),
    ("worker a moment ago", AdminFacts(worker_age=10), []),
    ("clock never seen", AdminFacts(clock_age=None), ["clock"]),
    ("clock stale", AdminFacts(clock_age=60), ["clock"]),
    ("clock a moment ago", AdminFacts(clock_age=9.9), []),
    ("both stand still", AdminFacts(worker_age=None, clock_age=None), ["worker", "clock"]),
    ("demo accounts in the demo", AdminFacts(demo_accounts=6, is_demo=True), []),
    ("demo accounts elsewhere", AdminFacts(demo_accounts=6), ["demo-accounts"]),
    (
        "no second step where it is needed",
        AdminFacts(has_second_factor=False, must_have_second_factor=True),
        ["second-factor"],
    ),
    ("no second step where it is not needed", AdminFacts(has_second_factor=False), []),
    ("a task failed", AdminFacts(failed_tasks=1), ["failed-tasks"]),
    ("three tasks failed", AdminFacts(failed_tasks=3), ["failed-tasks"]),
    ("mails overdue", AdminFacts(waiting_mails=2), ["mails"]),
    ("questions missing", AdminFacts(questions=0), ["prepare"]),
    ("policies missing", AdminFacts(policies=0), ["prepare"]),
    ("no module", AdminFacts(modules=0), ["modules"]),
    ("nobody coordinates", AdminFacts(coordinators=0), ["coordinator"]),
    ("libraries missing", AdminFacts(makes_pdf=False), ["pdf-libraries"]),
    (
        "bare database",
        AdminFacts(None, None, coordinators=0, modules=0, questions=0, policies=0),
        ["worker", "clock", "prepare", "coordinator", "modules"],
    ),
    ("worker down, mails overdue", AdminFacts(worker_age=30, waiting_mails=5), ["worker", "mails"]),
]

TABLES = {
    "resident": (resident_steps, RESIDENT),
    "reviewer": (reviewer_steps, REVIEWER),
    "editor": (editor_steps, EDITOR),
    "coordinator": (coordinator_steps, COORDINATOR),
    "host": (host_steps, HOST),
    "admin": (admin_steps, ADMIN),
}
CASES = [
    pytest.param(steps, facts, expected, id=f"{role}: {state}")
    for role, (steps, table) in TABLES.items()
    for state, facts, expected in table
]


@pytest.mark.parametrize(("steps", "facts", "expected"), CASES)
def test_next_steps_follow_from_the_facts(steps: Any, facts: Any, expected: list[str]) -> None:
    assert [step.key for step in steps(facts)] == expected


@pytest.mark.parametrize("role", TABLES)
def test_each_role_has_twenty_states(role: str) -> None:
    assert len(TABLES[role][1]) >= 20


@pytest.mark.parametrize(("steps", "facts", "expected"), CASES)
def test_each_step_says_where_and_with_which_button(
    steps: Any, facts: Any, expected: list[str]
) -> None:
    for step in steps(facts):
        assert step.url.startswith("/")
        assert step.title
        assert step.sentence.endswith((".", "?"))
        assert step.button
        assert "%" not in step.title + step.sentence


def test_what_is_done_is_not_asked_again() -> None:
    before = resident(visit("before", pre="open", wrote_before=False), **LEFT)
    after = replace(
        before, visits=[visit("before", pre="answered", wrote_before=True)], lessons_left=0
    )

    assert resident_steps(before)
    assert resident_steps(after) == []


@pytest.mark.parametrize(
    ("waiting", "days", "words"),
    [
        (1, 0, "1 entry waits for you; it came today."),
        (2, 0, "2 entries wait for you; all of them came today."),
        (1, 1, "1 entry waits for you, for 1 day now."),
        (3, 9, "3 entries wait for you, the oldest for 9 days."),
    ],
)
def test_reviewer_is_told_how_long_entries_wait(waiting: int, days: int, words: str) -> None:
    assert waiting_words(waiting, days) == words
