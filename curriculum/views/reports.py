"""“Something wrong on this lesson?”: what a reader sends, and what editors answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from people.models import Role
from people.requests import PersonRequest, posted, roles_of
from publishing.models import Edition
from writing.guard import DISCLAIMER, Finding

from ..addresses import address_of
from ..languages import name_of
from ..models import LessonPage, LessonReport, ModulePage
from ..report_forms import ReportForm, SettleForm
from ..reporting import (
    AlreadySettled,
    TooMany,
    editors_of,
    latest_since,
    marks_in,
    send_report,
    settle_report,
    take_back_report,
)
from ..showing import Link, ReportInvite, report_invite
from .answers import find_edition

PER_PAGE = 50
ALL_OF_ONE = 100


@dataclass(frozen=True)
class WritePage:
    """The form on a page of its own, with what needs another look."""

    invite: ReportInvite
    lesson: Link
    edition: Edition
    language: str
    marks: Sequence[Finding] = ()
    problem: str = ""

    @property
    def disclaimer(self) -> str:
        """What the guard cannot do."""
        return str(DISCLAIMER)


@dataclass(frozen=True)
class ReportsPage:
    """What waits for this person's answer, what was answered, and what they sent."""

    is_editor: bool
    open: Any
    settled: list[LessonReport]
    own: list[LessonReport]


@dataclass(frozen=True)
class ReportPage:
    """One report: what was said about what, and what became of it."""

    report: LessonReport
    module: Link
    language: str
    is_own: bool
    lesson: Link | None
    form: SettleForm | None
    newer: Edition | None
    edit_url: str = ""
    problem: str = ""
    typed: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PersonRequest, edition_id: UUID) -> HttpResponse:
    """Say what is wrong. Words that could point to a patient are shown once before they go."""
    edition, lesson = find_edition(request, edition_id)
    form = ReportForm(posted(request))
    if not form.is_bound:
        return write(request, edition, lesson, form)
    if not form.is_valid():
        return write(request, edition, lesson, form.again(), status=422)
    said = form.said()
    marks = marks_in(edition, said.words, said.passage)
    if form.unseen(marks):
        return write(request, edition, lesson, form.again(marks), marks=marks, status=422)
    try:
        sent = send_report(request.user, edition, said, at=timezone.now())
    except TooMany:
        sentence = _("You have reported a lot today. Keep these words, and send them tomorrow.")
        return write(request, edition, lesson, form.again(), problem=sentence, status=429)
    if editors_of(sent, at=timezone.now()):
        messages.success(request, _("Sent. You will be told when the editors have answered."))
    else:
        messages.warning(
            request,
            _("Kept. Nobody edits this module at the moment; whoever comes next will find it."),
        )
    return redirect(address_of(lesson))


def write(
    request: PersonRequest,
    edition: Edition,
    lesson: LessonPage,
    form: ReportForm,
    *,
    marks: Sequence[Finding] = (),
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form, with the words as they were typed."""
    module = ModulePage.objects.parent_of(lesson).for_page().get()
    page = WritePage(
        invite=report_invite(edition, module, form),
        lesson=Link(edition.title, address_of(lesson)),
        edition=edition,
        language=lesson.locale.language_code,
        marks=marks,
        problem=problem,
    )
    return render(request, "curriculum/report.html", {"page": page}, status=status)


@require_safe
def reports(request: PersonRequest) -> HttpResponse:
    """To editors what waits, the oldest first; to everybody what they reported."""
    is_editor = Role.EDITOR in roles_of(request)
    mine = LessonReport.objects.sent_by(request.user).with_lesson().order_by("-at")
    theirs = LessonReport.objects.to_answer(request.user).with_lesson()
    pages = Paginator(theirs.open(), PER_PAGE)
    page = ReportsPage(
        is_editor=is_editor,
        open=pages.get_page(request.GET.get("page")) if is_editor else None,
        settled=list(theirs.settled().order_by("-settled_at")[:PER_PAGE]) if is_editor else [],
        own=list(mine[:ALL_OF_ONE]),
    )
    return render(request, "curriculum/reports.html", {"page": page})


def find_report(request: PersonRequest, public_id: UUID) -> LessonReport:
    """A report that this person sent or may answer, else 404."""
    found = LessonReport.objects.visible_to(request.user).with_lesson()
    return get_object_or_404(found, public_id=public_id)


def may_answer(request: PersonRequest, report: LessonReport) -> bool:
    """Whether this person edits the module, or reviews it for a partner."""
    return LessonReport.objects.to_answer(request.user).filter(pk=report.pk).exists()


@require_safe
def report_detail(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One report."""
    return show(request, find_report(request, public_id))


def show(
    request: PersonRequest,
    report: LessonReport,
    *,
    form: SettleForm | None = None,
    problem: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    """The report with its answer, or with the form for one. `typed` gives back a late answer."""
    answers = may_answer(request, report)
    newer = latest_since(report)
    lesson = report.edition.page
    module = ModulePage.objects.parent_of(lesson).get()
    page = ReportPage(
        report=report,
        module=Link(f"{module.number} {module.title}", address_of(module)),
        language=name_of(report.edition.locale.language_code, get_language() or ""),
        is_own=report.is_from(request.user),
        lesson=Link(report.edition.title, address_of(lesson)) if lesson.live else None,
        form=(form or SettleForm(later=newer)) if answers and report.is_open else None,
        newer=newer,
        edit_url=edit_url(request, lesson) if answers else "",
        problem=problem,
        typed=typed,
    )
    return render(request, "curriculum/report_detail.html", {"page": page}, status=status)


def edit_url(request: PersonRequest, lesson: Page) -> str:
    """Where the lesson is mended, if this person may."""
    page = Page.objects.get(pk=lesson.pk)
    may = page.permissions_for_user(request.user).can_edit()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""


@require_POST
def report_settle(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Answer it and close it."""
    report = find_report(request, public_id)
    if not may_answer(request, report):
        raise PermissionDenied  # whoever sent it: knows it, and does not answer it
    form = SettleForm(request.POST, later=latest_since(report))
    if not form.is_valid():
        return show(request, report, form=form, status=422)
    data = form.cleaned_data
    try:
        settle_report(
            report,
            by=request.user,
            state=data["state"],
            answer=data["answer"],
            at=timezone.now(),
        )
    except AlreadySettled:
        sentence = _("Somebody has answered this already. What you typed is below; it is not sent.")
        return show(
            request,
            find_report(request, public_id),
            problem=sentence,
            typed=data["answer"],
            status=409,
        )
    messages.success(request, _("Answered. The reader is told."))
    return redirect("curriculum:report_detail", public_id)


@require_POST
def report_take_back(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The reader takes back what nobody has answered."""
    report = find_report(request, public_id)
    if not report.is_from(request.user):
        raise PermissionDenied
    try:
        take_back_report(report, at=timezone.now())
    except AlreadySettled:
        messages.warning(request, _("It was answered in the meantime, and stays with its answer."))
        return redirect("curriculum:report_detail", public_id)
    messages.success(request, _("Taken back. Nobody sees it any more."))
    return redirect("curriculum:reports")
