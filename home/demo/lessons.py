"""The modules, and who completed which lesson: checks answered, then marked complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from curriculum.loading.writing import load
from curriculum.management.commands.load_curriculum import CONTENT
from curriculum.models import LessonPage, ModulePage
from curriculum.reading import read_edition
from curriculum.rendering import Check
from curriculum.workflow import answer_check, complete_lesson
from partnerships.models import TripMember
from publishing.editions import latest_edition
from publishing.models import Edition

from .stage import Stage, read
from .when import at

NUMBERS = (3, 7)  # the modules that everybody has read of whom the files say no more
FIRST_DAY = timedelta(days=24)  # before departure, when people begin to read
DAYS, EVENINGS = 22, 11  # within so many days, and over no more evenings if few lessons are read
SLIPS = 0.2  # how often a first answer is a wrong one
ALL = 99
DRAFT = "briefing-debriefing-teach-back"
ADDED = "Two minutes in all."
PRICES = "cost-conscious-care"


@dataclass(frozen=True)
class Reading:
    """One lesson as published."""

    module: int
    page: LessonPage
    edition: Edition


def publish() -> None:
    """All modules that come with Bothways, with their invented authors and reviewers."""
    load([CONTENT], demo=True, overwrite=False)


def begin_draft(stage: Stage) -> None:
    """The editor has begun to change a lesson; readers see nothing of it yet."""
    lesson = LessonPage.objects.get(slug=DRAFT, locale__language_code="en")
    lesson.summary = f"{lesson.summary} {ADDED}"
    lesson.change, lesson.change_note = (
        Edition.Change.WORDING,
        "The summary says how long it takes.",
    )
    lesson.save_revision(user=stage.people["leila"], log_action=True)


def set_a_day(stage: Stage) -> None:
    """Prices change: in two weeks somebody looks at the facts of that module again."""
    module = ModulePage.objects.get(slug=PRICES, locale__language_code="en")
    module.facts_due = stage.calendar.now.date() + timedelta(weeks=2)
    module.save_revision().publish()


def published() -> list[Reading]:
    """Every lesson, in order."""
    found = []
    for module in ModulePage.objects.live().in_order():
        for page in LessonPage.objects.in_modules([module]):
            edition = latest_edition(page)
            if edition:
                found.append(Reading(module.number, page, edition))
    return found


def complete_all(stage: Stage) -> None:
    """Everybody who visits reads as far as the file says."""
    lessons = published()
    for trip in read("trips.yaml"):
        for line in trip["visitors"]:
            member = stage.members[trip["key"], line["who"]]
            first = min(member.departs, stage.calendar.now.date()) - FIRST_DAY
            read_lessons(member, chosen(lessons, line.get("lessons", ALL)), first)


def chosen(lessons: list[Reading], wanted: int | dict[int, int]) -> list[Reading]:
    """The first so many lessons of each module."""
    most: dict[int, Any] = wanted if isinstance(wanted, dict) else dict.fromkeys(NUMBERS, wanted)
    kept: list[Reading] = []
    for lesson in lessons:
        if sum(other.module == lesson.module for other in kept) < most.get(lesson.module, 0):
            kept.append(lesson)
    return kept


def read_lessons(member: TripMember, lessons: list[Reading], first: date) -> None:
    """One lesson every second evening, or more if there is much to read."""
    user = member.user
    random = Random(f"lessons {user.email} {member.departs}")  # noqa: S311
    for number, lesson in enumerate(lessons):
        day = first + timedelta(days=DAYS * number // max(len(lessons), EVENINGS))
        begun = at(day, "19:30", user.time_zone) + timedelta(minutes=random.randrange(120))
        end = begun
        for check, answer, hour in answers(lesson.edition, begun, random):
            answer_check(user, lesson.edition, check, chosen=answer, at=hour)
            end = hour
        complete_lesson(user, lesson.page, lesson.edition, at=end + timedelta(minutes=1))


def answers(
    edition: Edition, begun: datetime, random: Random
) -> Iterator[tuple[Check, frozenset[str], datetime]]:
    """To each check the right answer, now and then after a wrong one."""
    hour = begun + timedelta(minutes=6)
    for check in read_edition(edition).checks:
        wrong = [choice.id for choice in check.choices if not choice.right]
        if wrong and random.random() < SLIPS:
            yield check, frozenset([random.choice(wrong)]), hour
            hour += timedelta(seconds=50)
        yield check, check.right_ids, hour
        hour += timedelta(seconds=70)
