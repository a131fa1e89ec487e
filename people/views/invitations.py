"""Invite somebody, a partner's coordinator, and see which invitations are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import workflow
from ..forms.members import InviteForm
from ..forms.places import PartnerForm
from ..models import Institution, Invitation
from ..requests import PersonRequest, must_coordinate, posted

PER_PAGE = 50


def chosen_place(request: PersonRequest, places: list[Institution]) -> Institution:
    """The institution named in the address, where somebody coordinates several."""
    wanted = request.GET.get("place", "")
    return next((place for place in places if place.slug == wanted), places[0])


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest) -> HttpResponse:
    """Offer a role to one person."""
    places = must_coordinate(request)
    place = chosen_place(request, places)
    form = InviteForm(posted(request), institution=place)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "place": place, "places": places}
        return render(request, "people/invite.html", context, status=status)
    data = form.cleaned_data
    wanted = workflow.Wanted(
        data["email"], data["display_name"], place, data["role"], **form.place()
    )
    made = workflow.invite(wanted, by=request.user, at=timezone.now())
    if made is None:
        messages.warning(request, _("This person holds that role already. Nothing was sent."))
    else:
        messages.success(
            request,
            _("%(email)s is invited. The link works until %(day)s.")
            % {"email": made.email, "day": date_format(made.expires_at, _("j F Y"))},
        )
    return redirect("people:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
def partner_new(request: PersonRequest) -> HttpResponse:
    """Add a partner institution by inviting its coordinator."""
    must_coordinate(request)
    form = PartnerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            workflow.invite_partner(
                form.facts(),
                email=form.cleaned_data["email"],
                display_name=form.cleaned_data["display_name"],
                by=request.user,
                at=timezone.now(),
            )
        except workflow.NotPossible as reason:
            form.add_error("name", str(reason))
        else:
            messages.success(
                request,
                _("Invited. You can propose a partnership now; both sides agree to it."),
            )
            return redirect("people:invitations")
    status = 422 if form.errors else 200
    return render(request, "people/partner_new.html", {"form": form}, status=status)


@dataclass(frozen=True)
class Row:
    """One invitation, and what can be done with it."""

    invitation: Invitation
    state: str
    may_resend: bool
    may_withdraw: bool


@dataclass(frozen=True)
class InvitationsPage:
    """All invitations that one coordinator sees, newest first."""

    rows: list[Row]
    pages: Page[Invitation]


@require_safe
def invitations(request: PersonRequest) -> HttpResponse:
    """Which are open, which are answered."""
    must_coordinate(request)
    seen = (
        Invitation.objects.visible_to(request.user)
        .select_related("institution", "programme", "cohort", "invited_by", "accepted_by")
        .order_by("-invited_at", "-pk")
    )
    pages = Paginator(seen, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [row_of(invitation, invitation.state(now)) for invitation in pages]
    page = InvitationsPage(rows, pages)
    return render(request, "people/invitations.html", {"page": page})


def row_of(invitation: Invitation, state: str) -> Row:
    """What stands in the list."""
    return Row(invitation, state, state in {"open", "run_out"}, state in {"open", "run_out"})


def step(
    act: Callable[..., None], done: str | Promise
) -> Callable[[PersonRequest, UUID], HttpResponse]:
    """A button of the list: one workflow function and the sentence afterwards."""

    @require_POST
    def view(request: PersonRequest, public_id: UUID) -> HttpResponse:
        invitation = get_object_or_404(
            Invitation.objects.visible_to(request.user), public_id=public_id
        )
        must_coordinate(request)
        try:
            act(invitation, by=request.user, at=timezone.now())
        except workflow.NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, str(done))
        return redirect("people:invitations")

    return view
