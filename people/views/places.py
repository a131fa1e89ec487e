"""The own institution: its facts, programmes and cohorts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import workflow
from ..forms.places import CohortForm, FactsForm, ProgrammeForm
from ..models import Institution, Programme
from ..requests import PersonRequest, posted


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme with its cohorts and the forms that change it."""

    programme: Programme
    name_form: ProgrammeForm
    cohort_form: CohortForm


@dataclass(frozen=True)
class PlacePage:
    """An institution as its coordinators see it."""

    place: Institution
    facts_form: FactsForm
    programme_form: ProgrammeForm
    programmes: list[ProgrammeRow]


def find_place(request: PersonRequest, slug: str) -> Institution:
    """An institution that the person coordinates, else 404."""
    return get_object_or_404(Institution.objects.coordinated_by(request.user), slug=slug)


def find_programme(request: PersonRequest, slug: str, public_id: UUID) -> Programme:
    """One of its programmes, else 404."""
    place = find_place(request, slug)
    return get_object_or_404(place.programmes.select_related("institution"), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: PersonRequest) -> HttpResponse:
    """The first institution of an empty installation."""
    if not workflow.may_found(request.user):
        raise PermissionDenied
    form = FactsForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "people/place_new.html", {"form": form}, status=status)
    place = workflow.found_institution(form.facts(), by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is here. Now its programmes.") % {"name": place.name})
    return redirect("people:place_detail", place.slug)


@require_safe
def place_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """Facts, programmes, cohorts."""
    return show_place(request, find_place(request, slug))


def show_place(
    request: PersonRequest,
    place: Institution,
    facts: FactsForm | None = None,
    programme: ProgrammeForm | None = None,
    refused: tuple[Programme, ProgrammeForm | CohortForm] | None = None,
) -> HttpResponse:
    """The page, with a form that was refused in the place of a fresh one."""
    programmes = list(place.programmes.prefetch_related("cohorts"))
    page = PlacePage(
        place=place,
        facts_form=facts or FactsForm(institution=place),
        programme_form=programme or ProgrammeForm(prefix="new"),
        programmes=[programme_row(row, refused) for row in programmes],
    )
    status = 422 if facts or programme or refused else 200
    return render(request, "people/place_detail.html", {"page": page}, status=status)


def programme_row(
    programme: Programme, refused: tuple[Programme, ProgrammeForm | CohortForm] | None
) -> ProgrammeRow:
    """The two small forms of one programme."""
    form = refused[1] if refused and refused[0] == programme else None
    return ProgrammeRow(
        programme,
        form
        if isinstance(form, ProgrammeForm)
        else ProgrammeForm(initial={"name": programme.name}, prefix=f"p{programme.pk}"),
        form if isinstance(form, CohortForm) else CohortForm(prefix=f"c{programme.pk}"),
    )


@require_POST
def place_change(request: PersonRequest, slug: str) -> HttpResponse:
    """New facts."""
    place = find_place(request, slug)
    form = FactsForm(request.POST, institution=place)
    if not form.is_valid():
        return show_place(request, place, facts=form)
    workflow.change_institution(place, form.facts(), by=request.user, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("people:place_detail", slug)


@require_POST
def programme_add(request: PersonRequest, slug: str) -> HttpResponse:
    """One more programme."""
    place = find_place(request, slug)
    form = ProgrammeForm(request.POST, prefix="new")
    if not form.is_valid():
        return show_place(request, place, programme=form)
    name = form.cleaned_data["name"]
    workflow.add_programme(place, name, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is in the list.") % {"name": name})
    return redirect("people:place_detail", slug)


@require_POST
def programme_rename(request: PersonRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Another name for a programme."""
    programme = find_programme(request, slug, public_id)
    form = ProgrammeForm(request.POST, prefix=f"p{programme.pk}")
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            workflow.rename_programme(programme, name, by=request.user, at=timezone.now())
        except workflow.NotPossible as reason:
            form.add_error("name", str(reason))
    if form.errors:
        return show_place(request, programme.institution, refused=(programme, form))
    messages.success(request, _("Saved."))
    return redirect("people:place_detail", slug)


@require_POST
def cohort_add(request: PersonRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One more year."""
    programme = find_programme(request, slug, public_id)
    form = CohortForm(request.POST, prefix=f"c{programme.pk}")
    if not form.is_valid():
        return show_place(request, programme.institution, refused=(programme, form))
    year = form.cleaned_data["year"]
    workflow.add_cohort(programme, year, by=request.user, at=timezone.now())
    messages.success(
        request, _("%(name)s, %(year)s is in the list.") % {"name": programme.name, "year": year}
    )
    return redirect("people:place_detail", slug)
