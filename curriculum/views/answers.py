"""What readers do on a lesson: answer a check, mark it complete, look at what they completed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from people.requests import PersonRequest
from publishing.models import Edition

from ..addresses import address_of
from ..forms import CheckForm
from ..models import LessonCompletion, LessonPage, ModulePage
from ..progress import progress_of
from ..reading import read_edition
from ..showing import CheckShown, LessonShown, Link
from ..workflow import ChecksOpen, answer_check, complete_lesson
from .lessons import following, lesson_detail


def find_edition(request: PersonRequest, edition_id: UUID) -> tuple[Edition, LessonPage]:
    """An edition of a lesson that this person may read today, else 404."""
    edition = get_object_or_404(Edition.objects.light(), public_id=edition_id)
    lessons = LessonPage.objects.visible_to(request.user).select_related("locale")
    return edition, get_object_or_404(lessons, pk=edition.page_id)


@require_POST
def check(request: PersonRequest, edition_id: UUID, block_id: UUID) -> HttpResponse:
    """Mark the answer to one check and show what is said about it."""
    edition, lesson = find_edition(request, edition_id)
    asked = read_edition(edition).check(str(block_id))
    if asked is None:
        raise Http404
    form = CheckForm(request.POST, check=asked)
    if not form.is_valid():
        errors = {asked.id: form.sentence}
        return lesson_detail(request, lesson, errors=errors, status=422)
    answer_check(
        request.user, edition, asked, chosen=form.cleaned_data["answer"], at=timezone.now()
    )
    return redirect(f"{address_of(lesson)}#check-{asked.id}")


@require_POST
def complete(request: PersonRequest, edition_id: UUID) -> HttpResponse:
    """Mark the lesson complete and lead to the next one."""
    edition, lesson = find_edition(request, edition_id)
    try:
        complete_lesson(request.user, lesson, edition, at=timezone.now())
    except ChecksOpen as still:
        sentence = ngettext(
            "%(n)s question is still open. When it is right, you can mark the lesson complete.",
            "%(n)s questions are still open. When they are right, you can mark it complete.",
            len(still.checks),
        )
        messages.error(request, sentence % {"n": len(still.checks)})
        return lesson_detail(request, lesson, status=422)
    return go_on(request, lesson)


def go_on(request: PersonRequest, lesson: LessonPage) -> HttpResponse:
    """To the next lesson, or back to the module when there is none."""
    module = ModulePage.objects.parent_of(lesson).get()
    progress = progress_of(request.user, [module], on=timezone.now().date())[0]
    standing = next((line for line in progress.lessons if line.page.pk == lesson.pk), None)
    if standing is not None and standing.is_asked:
        messages.warning(
            request, _("Kept. The lesson changed while you read it; its checks are asked again.")
        )
        return redirect(address_of(lesson))
    after = following(progress, standing) if standing else None
    messages.success(request, _("Complete. %(words)s.") % {"words": progress.words})
    return redirect(after.url if after else address_of(module))


@require_safe
def edition(request: PersonRequest, edition_id: UUID) -> HttpResponse:
    """The text as this person completed it. Nobody else's, and nothing that changed since."""
    mine = LessonCompletion.objects.visible_to(request.user).with_edition()
    completion = mine.filter(edition__public_id=edition_id).last()
    if completion is None:
        raise Http404
    kept = completion.edition
    lesson = read_edition(kept)
    page = LessonPage.objects.get(pk=kept.page_id)
    module = ModulePage.objects.parent_of(page).get()
    readable = page.live and module.live
    shown = LessonShown(
        lesson=lesson,
        number=f"{module.number}.{page.number}",
        module=Link(module.title, address_of(module)),
        checks=[CheckShown(asked, asked.right_ids, shows_all=True) for asked in lesson.checks],
        minutes=kept.minutes,
        kilobytes=kept.kilobytes,
        edition_number=kept.number,
        published_at=kept.published_at,
        completed_on=completion.at,
        current=Link(page.title, address_of(page)) if readable else None,
    )
    return render(request, "curriculum/lesson.html", {"page": shown})
