"""The glossary, for people who are signed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page

from people.models import User

from ..addresses import address_of
from ..finding import in_reader_language
from ..glossary import show_glossary
from ..models import GlossaryPage, LessonPage, ModulePage
from ..showing import Link


def glossary_detail(request: HttpRequest, glossary: GlossaryPage) -> HttpResponse:
    """The terms in the reader's language."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    shown = show_glossary(glossary, links_of(glossary, request.user))
    return render(request, "curriculum/glossary.html", {"page": shown})


def links_of(glossary: GlossaryPage, user: User) -> dict[int, Link]:
    """By the page that a term names: the way to it, in the reader's language, if they may go."""
    ids = {block["value"]["page"] for block in glossary.terms.get_prep_value()} - {None}
    keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    ways = ways_to(user) if keys else {}
    return {pk: ways[key] for pk, key in keys.items() if key in ways}


def ways_to(user: User) -> dict[UUID, Link]:
    """Every module and lesson that the person may read, by translation key. Two queries."""
    modules = in_reader_language(list(ModulePage.objects.visible_to(user).select_related("locale")))
    lessons = in_reader_language(list(LessonPage.objects.visible_to(user).for_page()))
    numbers = {module.path: module.number for module in modules}
    ways = {}
    for module in modules:
        words = _("Module %(number)s") % {"number": module.number}
        ways[module.translation_key] = Link(words, address_of(module))
    for lesson in lessons:
        if lesson.parent_path in numbers:
            number = f"{numbers[lesson.parent_path]}.{lesson.number}"
            words = _("Lesson %(number)s") % {"number": number}
            ways[lesson.translation_key] = Link(words, address_of(lesson))
    return ways
