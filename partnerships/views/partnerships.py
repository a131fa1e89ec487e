"""Partnerships: the list, one of them, and how one begins."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import Institution, Role
from people.requests import PersonRequest, places_with

from ..forms import PartnershipForm
from ..models import Partnership, Trip
from ..news import News
from ..workflow import agree_partnership, propose_partnership


@dataclass(frozen=True)
class PartnershipPage:
    """Both sides, the trips of each direction, and what this person may do."""

    partnership: Partnership
    directions: list[tuple[Institution, list[Trip]]]
    may_agree: bool
    may_propose_trip: bool


@require_safe
def partnership_list(request: PersonRequest) -> HttpResponse:
    """The partnerships of the person's institutions."""
    rows = Partnership.objects.visible_to(request.user).with_places()
    page = {"partnerships": list(rows), "may_start": bool(places_with(request, Role.COORDINATOR))}
    return render(request, "partnerships/partnership_list.html", {"page": page})


@require_safe
def partnership_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """One partnership, the same from either side."""
    found = Partnership.objects.visible_to(request.user).with_places()
    partnership = get_object_or_404(found, slug=slug)
    trips = list(partnership.trips.with_places())
    mine = places_with(request, Role.COORDINATOR)
    page = PartnershipPage(
        partnership=partnership,
        directions=[(place, [t for t in trips if t.host == place]) for place in partnership.sides],
        may_agree=may_agree(partnership, mine),
        may_propose_trip=bool(mine & {p.pk for p in partnership.sides})
        and partnership.agreed_on is not None,
    )
    return render(request, "partnerships/partnership_detail.html", {"page": page})


def may_agree(partnership: Partnership, coordinated: set[int]) -> bool:
    """Only the side that was asked says yes."""
    if partnership.agreed_on or partnership.proposed_by is None:
        return False
    return partnership.other(partnership.proposed_by).pk in coordinated


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_new(request: PersonRequest) -> HttpResponse:
    """Propose a partnership to another institution."""
    mine = places_with(request, Role.COORDINATOR)
    if not mine:
        raise PermissionDenied
    form = PartnershipForm(request.POST or None, own=mine)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "partnerships/partnership_new.html", {"form": form}, status=status)
    data = form.cleaned_data
    partnership = propose_partnership(
        data["own"],
        data["partner"],
        since=data["since"],
        agreement=data["agreement"],
        news=News(request.user, timezone.now()),
    )
    messages.success(
        request,
        _("Proposed to %(name)s. It begins when they agree.") % {"name": data["partner"].name},
    )
    return redirect("partnerships:partnership_detail", partnership.slug)


@require_POST
def partnership_agree(request: PersonRequest, slug: str) -> HttpResponse:
    """The side that was asked says yes."""
    found = Partnership.objects.visible_to(request.user).with_places()
    partnership = get_object_or_404(found, slug=slug)
    mine = places_with(request, Role.COORDINATOR)
    if not mine & {place.pk for place in partnership.sides}:
        raise PermissionDenied
    if partnership.agreed_on is None:
        if not may_agree(partnership, mine):
            raise PermissionDenied
        news = News(request.user, timezone.now())
        agree_partnership(partnership, on=timezone.localdate(), news=news)
    messages.success(request, _("The partnership is agreed. Either side can propose a visit."))
    return redirect("partnerships:partnership_detail", slug)
