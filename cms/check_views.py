"""How the checks of a module are answered, for those who may edit it. No person is shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from curriculum.check_words import (
    CheckLine,
    consistency_sentence,
    flags_of,
    lines_of,
    people_words,
)
from curriculum.first_answers import (
    Place,
    Tally,
    first_answers,
    people_in,
    rows_over,
    tallies,
)
from curriculum.models import LessonPage, ModulePage
from curriculum.rendering import Check, checks_in
from measures.consistency import consistency
from people.requests import PersonRequest
from publishing.models import Edition


@dataclass(frozen=True)
class EditionLine:
    """An edition of a lesson, and how many people answered its checks first."""

    edition: Edition
    people: str


@dataclass(frozen=True)
class LessonLine:
    """A lesson: what readers see now, what is doubtful about it, and what they saw before."""

    title: str
    now: EditionLine
    flags: list[str]
    earlier: list[EditionLine]


@dataclass(frozen=True)
class AnswersPage:
    """A module with its lessons, and how well all their checks hang together."""

    module: ModulePage
    lessons: list[LessonLine]
    together: str


@dataclass(frozen=True)
class EditionPage:
    """One edition with all its checks."""

    module: ModulePage
    edition: Edition
    people: str
    checks: list[CheckLine]
    together: str
    others: list[Edition]


def may_edit_or_403(request: PersonRequest, module: ModulePage) -> ModulePage:
    """The module, if this person may edit it; that it exists is no secret."""
    if not module.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return module


def crumbs(module: ModulePage, *more: str) -> list[dict[str, Any]]:
    """The way back."""
    found = [{"url": reverse("wagtailadmin_explore", args=[module.pk]), "label": module.title}]
    return found + [{"url": url, "label": _("Answers to its checks")} for url in more]


@require_safe
def module(request: PersonRequest, module_pk: int) -> HttpResponse:
    """Every lesson of a module, with what is doubtful in its current edition."""
    found = may_edit_or_403(request, get_object_or_404(ModulePage, pk=module_pk))
    context = {
        "page": module_page(found),
        "header_title": _("Answers to the checks of “%(title)s”") % {"title": found.title},
        "header_icon": "help",
        "breadcrumbs_items": [*crumbs(found), {"url": "", "label": _("Answers to its checks")}],
    }
    return render(request, "cms/checks_module.html", context)


def module_page(module: ModulePage) -> AnswersPage:
    """Lessons in the order of reading. Six queries for any number of lessons and editions."""
    pages = list(LessonPage.objects.child_of(module).order_by("path").values_list("pk", flat=True))
    editions = Edition.objects.filter(page__in=pages)
    light = list(editions.light().order_by("page", "-number"))
    lines = {pk: list(group) for pk, group in groupby(light, key=lambda one: one.page_id)}
    shown = [lines[pk] for pk in pages if pk in lines]
    contents = dict(
        Edition.objects.filter(pk__in=[one[0].pk for one in shown]).values_list("pk", "content")
    )
    asked = {one[0].pk: checks_in(contents[one[0].pk]) for one in shown}
    questions = [
        (one[0].page_id, check.id, check.hash) for one in shown for check in asked[one[0].pk]
    ]
    rows = rows_over(editions, questions)
    return AnswersPage(
        module=module,
        lessons=lesson_lines(editions, shown, asked),
        together=consistency_sentence(consistency(rows, len(questions))),
    )


def lesson_lines(
    editions: QuerySet[Edition],
    shown: list[list[Edition]],
    asked: dict[int, tuple[Check, ...]],
) -> list[LessonLine]:
    """A line for each lesson; its editions come newest first."""
    people, counts = people_in(editions), tallies(editions)
    found = []
    for lesson in shown:
        now, *earlier = (EditionLine(one, people_words(people.get(one.pk, 0))) for one in lesson)
        flags = flags_in(now.edition, asked[now.edition.pk], counts)
        found.append(LessonLine(now.edition.title, now, flags, earlier))
    return found


def flags_in(edition: Edition, checks: tuple[Check, ...], counts: dict[Place, Tally]) -> list[str]:
    """What is doubtful, with the number of the check before it."""
    return [
        _("Check %(number)s: %(flag)s") % {"number": number, "flag": flag}
        for number, check in enumerate(checks, 1)
        for flag in flags_of(check, counts.get((edition.pk, check.id), Tally()))
    ]


@require_safe
def edition(request: PersonRequest, edition_id: UUID) -> HttpResponse:
    """One edition: each check with its answers and how often they are taken."""
    found = get_object_or_404(Edition.objects.select_related("page"), public_id=edition_id)
    module = may_edit_or_403(request, module_of(found.page))
    checks = checks_in(found.read())
    answers = first_answers(found, [check.id for check in checks])
    page = EditionPage(
        module=module,
        edition=found,
        people=people_words(answers.people),
        checks=lines_of(checks, answers),
        together=consistency_sentence(consistency(answers.rows, len(checks))),
        others=list(Edition.objects.filter(page=found.page).exclude(pk=found.pk).light()),
    )
    here = {"url": "", "label": _("Edition %(n)s") % {"n": found.number}}
    context = {
        "page": page,
        "header_title": found.title,
        "header_icon": "help",
        "breadcrumbs_items": [
            *crumbs(module, reverse("cms_checks", args=[module.pk])),
            here,
        ],
    }
    return render(request, "cms/checks_edition.html", context)


def module_of(page: Page) -> ModulePage:
    """The module of a lesson, else 404: only lessons have checks."""
    return get_object_or_404(ModulePage.objects.parent_of(page))
