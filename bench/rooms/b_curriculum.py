"""The shipped modules, read by a resident who has completed the first lesson."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

import curriculum
from bench.cases import Case, Size
from curriculum.addresses import address_of
from curriculum.loading.writing import load
from curriculum.models import LessonPage, ModulePage
from curriculum.reading import read_edition
from curriculum.workflow import answer_check, complete_lesson
from publishing.editions import latest_edition

from .a_people import person


def lessons() -> list[LessonPage]:
    """The lessons of the first module."""
    return list(LessonPage.objects.in_modules([module()]))


def module() -> ModulePage:
    """The first module."""
    return ModulePage.objects.live().in_order().first()


def build(size: Size) -> None:
    """Load what ships; the resident completes one lesson and begins the next."""
    load([Path(str(curriculum.__file__)).parent / "content" / "en"])
    resident, at = person("resident"), timezone.now()
    first, second, *_rest = lessons()
    for lesson in (first, second):
        edition = latest_edition(lesson)
        assert edition is not None
        for check in read_edition(edition).checks:
            answer_check(resident, edition, check, chosen=check.right_ids, at=at)
        if lesson == first:
            complete_lesson(resident, lesson, edition, at=at)


CASES = [
    Case(
        "module, signed in, warm",
        lambda: address_of(module()),
        lambda: person("resident"),
        queries=12,
        ratio=6,
    ),
    Case(
        "lesson, signed in, warm",
        lambda: address_of(lessons()[1]),
        lambda: person("resident"),
        queries=12,
        ratio=6,
    ),
    Case(
        "lesson, completed, warm",
        lambda: address_of(lessons()[0]),
        lambda: person("resident"),
        queries=12,
        ratio=6,
    ),
]
