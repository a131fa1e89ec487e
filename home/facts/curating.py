"""What is known about the curriculum and one editor's part in it."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from wagtail.models import Page, TaskState

from curriculum.models import CurriculumIndexPage, LessonPage, LessonReport, ModulePage
from curriculum.reporting import address_of_report
from people.models import User

from ..next_step import EditorFacts
from ..next_step.step import Thing

MOST_COUNTED = 99


def editor_facts(user: User, *, on: date) -> EditorFacts:
    """Drafts, pages and reports that wait for this editor, modules without lessons or partner."""
    modules = list(ModulePage.objects.live().in_order())
    with_lessons = {
        path[: -Page.steplen] for path in LessonPage.objects.live().values_list("path", flat=True)
    }
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user).order_by(
        "-latest_revision_created_at"
    )[:5]
    waiting = TaskState.objects.reviewable_by(user).select_related("revision")[:5]
    reports = LessonReport.objects.to_answer(user).open().with_lesson()[:MOST_COUNTED]
    index = CurriculumIndexPage.objects.first()
    return EditorFacts(
        on=on,
        modules=len(modules),
        for_me=[Thing(str(state.revision), reverse("wagtailadmin_home")) for state in waiting],
        reports=[Thing(row.edition.title, address_of_report(row)) for row in reports],
        my_drafts=[edit(page) for page in drafts],
        without_partner=[edit(m) for m in modules if m.reviewing_institution_id is None],
        empty_modules=[edit(m) for m in modules if m.path not in with_lessons],
        reports_url=reverse("curriculum:reports"),
        add_url=reverse("wagtailadmin_explore", args=[index.pk]) if index else "/cms/",
    )


def edit(page: Page) -> Thing:
    """A page where it is edited."""
    return Thing(page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk]))
