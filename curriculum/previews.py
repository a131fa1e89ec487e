"""A draft in the page that readers see, for its editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .addresses import address_of
from .glossary import show_glossary
from .rendering import draw, introduction, measure
from .showing import CheckShown, LessonShown, Link, ModuleShown, readings_of
from .standing import Record, Tree, standing

if TYPE_CHECKING:
    from .models import GlossaryPage, LessonPage, ModulePage


def preview_lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """The draft drawn as its edition will be, with every explanation open."""
    content = page.frozen_content(keep=False)
    lesson = draw(content)
    minutes, weight = measure(content)
    module = page.get_parent()
    shown = LessonShown(
        lesson=lesson,
        number=str(page.number),
        module=Link(module.title, address_of(module)),
        checks=[CheckShown(check, check.right_ids, shows_all=True) for check in lesson.checks],
        minutes=minutes,
        kilobytes=-(-weight // 1024),
        is_preview=True,
    )
    return render(request, "curriculum/lesson.html", {"page": shown})


def preview_module(request: HttpRequest, page: ModulePage, tree: Tree) -> HttpResponse:
    """The draft, with the lessons that are published."""
    progress = standing(tree, Record(), timezone.now().date())[0]
    shown = ModuleShown(
        page, progress, introduction(page.intro), is_preview=True, readings=readings_of(page)
    )
    return render(request, "curriculum/module.html", {"page": shown})


def preview_glossary(request: HttpRequest, page: GlossaryPage) -> HttpResponse:
    """The draft in the page that readers see."""
    shown = show_glossary(page, {}, is_preview=True)
    return render(request, "curriculum/glossary.html", {"page": shown})
