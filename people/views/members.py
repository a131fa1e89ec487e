"""The people of the institutions that one coordinates, and one person’s page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from .. import workflow
from ..fields import LineField
from ..forms.members import GroupForm, MentorForm, RoleForm
from ..models import Institution, Membership, Programme, Role, Supervision, User
from ..requests import PersonRequest, coordinated, must_coordinate

PER_PAGE = 50


class FilterForm(forms.Form):
    """What narrows the list. A filter that makes no sense is left out."""

    role = forms.ChoiceField(
        choices=[("", gettext_lazy("Everybody")), *Role.choices], required=False
    )
    programme = forms.UUIDField(required=False)
    q = LineField(max_length=80, required=False, label=gettext_lazy("Name or address"))
    past = forms.BooleanField(
        required=False, label=gettext_lazy("Also people whose role has ended")
    )


@dataclass(frozen=True)
class PeoplePage:
    """The list, with what narrows it."""

    places: list[Institution]
    people: Page[User]
    roles: list[tuple[str, str]]
    programmes: list[Programme]
    chosen: dict[str, str]
    query: str
    all_query: str
    is_narrowed: bool


@require_safe
def people_list(request: PersonRequest) -> HttpResponse:
    """Everybody of the institutions one coordinates, each person once."""
    places = coordinated(request)
    if not places and workflow.may_found(request.user):
        return redirect("people:place_new")
    places = must_coordinate(request)
    form = FilterForm(request.GET)
    form.is_valid()
    today = timezone.now().date()
    rows = narrowed(Membership.objects.filter(institution__in=places), form.cleaned_data, today)
    people = with_details(User.objects.filter(memberships__in=rows).distinct(), places, today)
    chosen = {key: str(value) for key, value in form.cleaned_data.items() if value}
    page = PeoplePage(
        places=places,
        people=Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
        roles=[(str(value), str(label)) for value, label in form.fields["role"].choices],  # type: ignore[attr-defined]
        programmes=list(Programme.objects.filter(institution__in=places)),
        chosen=chosen,
        query=urlencode({key: value for key, value in chosen.items() if key != "role"}),
        all_query=urlencode(chosen),
        is_narrowed=bool(chosen),
    )
    return render(request, "people/people_list.html", {"page": page})


def narrowed(rows: QuerySet[Membership], chosen: dict[str, Any], on: date) -> QuerySet[Membership]:
    """The memberships that the filters leave."""
    if not chosen.get("past"):
        rows = rows.filter(Q(until=None) | Q(until__gte=on))
    if chosen.get("role"):
        rows = rows.filter(role=chosen["role"])
    if chosen.get("programme"):
        rows = rows.filter(programme__public_id=chosen["programme"])
    if chosen.get("q"):
        words = chosen["q"]
        rows = rows.filter(Q(user__display_name__icontains=words) | Q(user__email__icontains=words))
    return rows


def with_details(people: QuerySet[User], places: list[Institution], on: date) -> QuerySet[User]:
    """People with their roles here and their mentors, in two queries for any number."""
    here = Membership.objects.filter(institution__in=places).with_places()
    mentors = Supervision.objects.valid(on).select_related("supervisor")
    return people.order_by("display_name", "pk").prefetch_related(
        Prefetch("memberships", queryset=here, to_attr="roles_here"),
        Prefetch("supervised_by", queryset=mentors, to_attr="mentors_today"),
    )


@dataclass(frozen=True)
class RoleRow:
    """One membership on a person's page."""

    membership: Membership
    is_over: bool
    group_form: GroupForm | None


@dataclass(frozen=True)
class MemberPage:
    """One person as the coordinators of their institution see them."""

    person: User
    roles: list[RoleRow]
    is_learner: bool
    mentors: list[Supervision]
    learners: list[Supervision]
    role_form: RoleForm | None
    mentor_form: MentorForm | None


def find_person(request: PersonRequest, public_id: UUID) -> tuple[User, list[Membership]]:
    """Somebody of the own institutions with their roles there, newest first; else 404."""
    places = coordinated(request)
    rows = Membership.objects.filter(institution__in=places).with_places()
    person = get_object_or_404(
        User.objects.filter(memberships__in=rows).distinct(), public_id=public_id
    )
    return person, list(rows.filter(user=person).order_by("-since", "role"))


def find_role(request: PersonRequest, public_id: UUID, row_id: UUID) -> Membership:
    """One role of such a person, else 404."""
    _person, rows = find_person(request, public_id)
    found = next((row for row in rows if row.public_id == row_id), None)
    if found is None:
        raise Http404
    return found


@require_safe
def member_detail(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Roles, mentors, and what can be changed."""
    person, rows = find_person(request, public_id)
    return show_member(request, person, rows)


def reviewers_of(places: list[Institution], on: date, without: User) -> list[User]:
    """Who reviews at these institutions today, by name."""
    rows = Membership.objects.valid(on).filter(institution__in=places, role=Role.REVIEWER)
    people = User.objects.filter(memberships__in=rows, is_active=True).exclude(pk=without.pk)
    return list(people.distinct().order_by("display_name"))


def own_place(rows: list[Membership], on: date) -> Institution | None:
    """The institution, of those I coordinate, to which the person belongs today."""
    return next((r.institution for r in rows if r.until is None or r.until >= on), None)


def show_member(
    request: PersonRequest,
    person: User,
    rows: list[Membership],
    role_form: RoleForm | None = None,
    mentor_form: MentorForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused in the place of a fresh one."""
    today = timezone.now().date()
    place = own_place(rows, today)
    pairs = list(
        Supervision.objects.valid(today)
        .visible_to(request.user)
        .filter(Q(learner=person) | Q(supervisor=person))
        .select_related("learner", "supervisor")
        .distinct()
    )
    current = [row for row in rows if row.until is None or row.until >= today]
    is_learner = any(row.role == Role.LEARNER for row in current)
    if place and role_form is None:
        role_form = RoleForm(institution=place, prefix="role")
    if is_learner and mentor_form is None:
        reviewers = reviewers_of(coordinated(request), today, person)
        mentor_form = MentorForm(reviewers=reviewers, on=today, prefix="mentor")
    page = MemberPage(
        person=person,
        roles=[role_row(row, today) for row in rows],
        is_learner=is_learner,
        mentors=[pair for pair in pairs if pair.learner_id == person.pk],
        learners=[pair for pair in pairs if pair.supervisor_id == person.pk],
        role_form=role_form,
        mentor_form=mentor_form,
    )
    is_refused = any(form and form.is_bound for form in (role_form, mentor_form))
    status = 422 if is_refused else 200
    return render(request, "people/member_detail.html", {"page": page}, status=status)


def role_row(row: Membership, on: date) -> RoleRow:
    """A role, with the form that moves it to another programme while it lasts."""
    is_over = row.until is not None and row.until < on
    if is_over:
        return RoleRow(row, True, None)
    key = f"c:{row.cohort.public_id}" if row.cohort else ""
    if not key and row.programme:
        key = f"p:{row.programme.public_id}"
    form = GroupForm(institution=row.institution, initial={"group": key}, prefix=f"g{row.pk}")
    return RoleRow(row, False, form)


@require_POST
def role_give(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Another role for somebody who belongs here."""
    person, rows = find_person(request, public_id)
    now = timezone.now()
    place = own_place(rows, now.date())
    if place is None:
        raise PermissionDenied  # whose roles have all ended is invited again
    form = RoleForm(request.POST, institution=place, prefix="role")
    if not form.is_valid():
        return show_member(request, person, rows, role_form=form)
    role = form.cleaned_data["role"]
    workflow.grant(person, place, role, at=now, by=request.user, **form.place())
    messages.success(
        request,
        _("%(name)s is %(role)s at %(place)s.")
        % {"name": person, "role": Role(role).label, "place": place.short_name},
    )
    return redirect("people:member_detail", person.public_id)


@require_POST
def role_end(request: PersonRequest, public_id: UUID, row_id: UUID) -> HttpResponse:
    """End one role today."""
    row = find_role(request, public_id, row_id)
    try:
        workflow.revoke(row, at=timezone.now(), by=request.user)
    except workflow.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The role has ended. What was written stays."))
    return redirect("people:member_detail", public_id)


@require_POST
def role_move(request: PersonRequest, public_id: UUID, row_id: UUID) -> HttpResponse:
    """Another programme or cohort."""
    row = find_role(request, public_id, row_id)
    form = GroupForm(request.POST, institution=row.institution, prefix=f"g{row.pk}")
    if form.is_valid():
        workflow.change_cohort(row, at=timezone.now(), by=request.user, **form.place())
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose a programme of the list."))
    return redirect("people:member_detail", public_id)


@require_POST
def mentor_add(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Name a mentor for a learner of the own institution."""
    person, rows = find_person(request, public_id)
    now = timezone.now()
    if not any(r.role == Role.LEARNER and (not r.until or r.until >= now.date()) for r in rows):
        raise PermissionDenied
    reviewers = reviewers_of(coordinated(request), now.date(), person)
    form = MentorForm(request.POST, reviewers=reviewers, on=now.date(), prefix="mentor")
    if form.is_valid():
        try:
            workflow.supervise(form.cleaned_data["person"], person, at=now, by=request.user)
        except workflow.NotPossible as reason:
            form.add_error("email", str(reason))
    if form.errors:
        return show_member(request, person, rows, mentor_form=form)
    messages.success(request, _("Both of them are told."))
    return redirect("people:member_detail", public_id)


@require_POST
def mentor_end(request: PersonRequest, public_id: UUID, row_id: UUID) -> HttpResponse:
    """End a supervision that concerns somebody of the own institution."""
    person, _rows = find_person(request, public_id)
    pair = get_object_or_404(
        Supervision.objects.visible_to(request.user).filter(
            Q(learner=person) | Q(supervisor=person)
        ),
        public_id=row_id,
    )
    workflow.end_supervision(pair, at=timezone.now(), by=request.user)
    messages.success(request, _("The supervision has ended."))
    return redirect("people:member_detail", public_id)
