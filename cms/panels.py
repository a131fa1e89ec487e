"""The editors' home: what Wagtail's own panels do not know.

Wagtail shows what waits in a workflow, one's latest edits and locks. These add what readers
report, which modules are due and which checks perform badly. None of it quotes a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from wagtail.admin.ui.components import Component

from curriculum.addresses import address_of
from curriculum.doubts import Doubt, doubts_in
from curriculum.due import Due, modules_due
from curriculum.editors import leads
from curriculum.models import LessonReport, ModulePage
from people.models import User
from people.workflow import EDITORS

SHOWN = 10


class ReportsPanel(Component):  # type: ignore[misc]
    """What readers report and nobody has answered, the oldest first."""

    name = "reader_reports"
    template_name = "cms/reports_panel.html"
    order = 200

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The first few; the others are one click away."""
        waiting = LessonReport.objects.to_answer(parent_context["request"].user).open()
        return {"rows": list(waiting.with_lesson()[:SHOWN])}


@dataclass(frozen=True)
class DueRow:
    """A module that is due, and where to act on it."""

    due: Due
    url: str
    language: str


class DuePanel(Component):  # type: ignore[misc]
    """Modules whose partner's review or whose facts are due."""

    name = "modules_due"
    template_name = "cms/due_panel.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Every module that is due; there are few."""
        user = parent_context["request"].user
        due = modules_due(user, on=timezone.localdate())
        places = places_edited_by(user) if due else set()
        return {"rows": [row_of(line, user, places) for line in due]}


def places_edited_by(user: User) -> set[str]:
    """The institutions for which the person's groups may write, by slug."""
    names = user.groups.filter(name__startswith=EDITORS).values_list("name", flat=True)
    return {name.removeprefix(EDITORS) for name in names}


def row_of(due: Due, user: User, places: set[str]) -> DueRow:
    """To editors of the module its form; to the partner's, the page that readers see."""
    module = due.module
    may_edit = user.is_superuser or any(leads(slug, module) for slug in places)
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    language = get_language_info(module.locale.language_code)["name_translated"]
    return DueRow(due, edit if may_edit else address_of(module), language)


class DoubtsPanel(Component):  # type: ignore[misc]
    """Checks that most people get wrong, or everybody right; the worst first."""

    name = "doubtful_checks"
    template_name = "cms/doubts_panel.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The first few of the modules that the person may edit."""
        user = parent_context["request"].user
        rows: list[Doubt] = doubts_in(modules_to_edit(user), most=SHOWN)
        return {"rows": rows}


def modules_to_edit(user: User) -> list[ModulePage]:
    """The published modules whose form the person may open. Two queries."""
    live = ModulePage.objects.live().in_order().for_page()
    if user.is_superuser:
        return list(live)
    places = places_edited_by(user)
    return [module for module in live if any(leads(slug, module) for slug in places)]
