"""A lesson as one person reads it: the latest edition, their answers, and the way on."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from publishing.models import Edition

from ..addresses import address_of
from ..answers import NOTHING, Answers, answers_to
from ..models import GlossaryPage, LessonCompletion, LessonPage, ModulePage
from ..progress import LessonProgress, ModuleProgress, State, progress_of
from ..reading import read_edition
from ..rendering import Lesson
from ..report_forms import ReportForm
from ..showing import LessonShown, Link, WithdrawnShown, report_invite, show_checks
from ..workflow import start_of_term


def lesson_detail(
    request: HttpRequest,
    lesson: LessonPage,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The lesson, or where to sign in, or that it was withdrawn."""
    module = ModulePage.objects.parent_of(lesson).for_lesson().get()
    user = request.user if isinstance(request.user, User) else None
    if not (lesson.live and module.live):
        return withdrawn(request, lesson, module)
    if user is None and not module.open_to_visitors:
        return redirect_to_login(request.get_full_path())
    progress = progress_of(user, [module], on=timezone.now().date())[0]
    standing = next((line for line in progress.lessons if line.page.pk == lesson.pk), None)
    if standing is None:
        raise Http404
    shown = show_lesson(user, progress, standing, errors or {})
    return render(request, "curriculum/lesson.html", {"page": shown}, status=status)


def withdrawn(request: HttpRequest, lesson: LessonPage, module: ModulePage) -> HttpResponse:
    """To those who completed it: that it is gone, and where their text is. To others: 404."""
    mine = list(
        LessonCompletion.objects.visible_to(request.user)
        .of_lessons([lesson.translation_key])
        .with_edition()
    )
    if not mine:
        raise Http404
    shown = WithdrawnShown(mine[-1].edition.title, Link(module.title, address_of(module)), mine)
    return render(request, "curriculum/withdrawn.html", {"page": shown}, status=410)


def show_lesson(
    user: User | None, progress: ModuleProgress, standing: LessonProgress, errors: dict[str, str]
) -> LessonShown:
    """Everything the lesson's template needs."""
    edition = standing.edition
    lesson = read_edition(edition)
    answers = answers_of(user, progress, standing, lesson)
    after = following(progress, standing)
    asks = user is not None and standing.state != State.COMPLETE
    return LessonShown(
        lesson=lesson,
        number=standing.number,
        module=Link(
            f"{progress.module.number} {progress.module.title}", address_of(progress.module)
        ),
        checks=show_checks(
            lesson, answers, actions=actions_of(lesson, edition) if user else {}, errors=errors
        ),
        minutes=edition.minutes,
        kilobytes=edition.kilobytes,
        place=(progress.lessons.index(standing) + 1, progress.total),
        edition_number=edition.number,
        published_at=edition.published_at,
        standing=standing,
        is_visitor=user is None,
        checks_open=len(answers.open_in(lesson)),
        complete_action=reverse("curriculum:complete", args=[edition.public_id]) if asks else "",
        complete_words=words_for(standing, after),
        next=link_to(after),
        has_glossary=user is not None and GlossaryPage.objects.visible_to(user).exists(),
        report=report_invite(edition, progress.module, ReportForm()) if user else None,
    )


def answers_of(
    user: User | None, progress: ModuleProgress, standing: LessonProgress, lesson: Lesson
) -> Answers:
    """What this person answered so far, where it still counts."""
    if user is None or not lesson.checks:
        return NOTHING
    return answers_to(
        lesson,
        standing.edition,
        user,
        floor=standing.floor,
        since=start_of_term(progress.earned, timezone.now()),
    )


def actions_of(lesson: Lesson, edition: Edition) -> dict[str, str]:
    """Where each check is answered."""
    return {
        check.id: reverse("curriculum:check", args=[edition.public_id, check.id])
        for check in lesson.checks
    }


def following(progress: ModuleProgress, standing: LessonProgress) -> LessonProgress | None:
    """The next lesson that is still asked: after this one, else the first."""
    place = progress.lessons.index(standing)
    order = progress.lessons[place + 1 :] + progress.lessons[:place]
    return next((lesson for lesson in order if lesson.is_asked), None)


def link_to(lesson: LessonProgress | None) -> Link | None:
    """The way on, in words."""
    if lesson is None:
        return None
    return Link(_("Go to lesson %(number)s") % {"number": lesson.number}, lesson.url)


def words_for(standing: LessonProgress, after: LessonProgress | None) -> str:
    """What the button says, and where it leads."""
    if standing.state == State.REREAD:
        return _("I have read it again")
    if after is None:
        return _("Mark complete")
    return _("Mark complete, go to lesson %(number)s") % {"number": after.number}
