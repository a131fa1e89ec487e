"""Parts in a trip. Each coordinator names the people of her own institution."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.models import Role
from people.requests import PersonRequest, places_with

from .. import workflow
from ..forms import PartForm
from ..models import Trip, TripMember
from ..news import News
from .trips import find_trip, side_in


@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Name somebody of one's own institution."""
    trip = find_trip(request, public_id)
    side = side_in(request, trip)
    form = PartForm(request.POST or None, trip=trip, side=side, on=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "trip": trip, "side": side}
        return render(request, "partnerships/member_form.html", context, status=status)
    membership = form.people[form.cleaned_data["person"]]
    workflow.join_trip(trip, membership, form.part_wanted(), news=news(request))
    messages.success(request, _("%(name)s takes part.") % {"name": membership.user.display_name})
    return redirect("partnerships:trip_detail", public_id)


def news(request: PersonRequest) -> News:
    """Whoever is concerned is told of what this person does now."""
    return News(request.user, timezone.now())


def find_member(request: PersonRequest, public_id: UUID, member_id: UUID) -> TripMember:
    """The part, if this person may see the trip (404) and coordinates the member's side (403)."""
    trip = find_trip(request, public_id)
    member = get_object_or_404(
        trip.members.filter(withdrawn_on=None).select_related("user", "membership__institution"),
        public_id=member_id,
    )
    if member.membership.institution_id not in places_with(request, Role.COORDINATOR):
        raise PermissionDenied
    return member


@require_http_methods(["GET", "HEAD", "POST"])
def member_change(request: PersonRequest, public_id: UUID, member_id: UUID) -> HttpResponse:
    """Another part or other days for somebody who is in."""
    member = find_member(request, public_id, member_id)
    trip: Trip = find_trip(request, public_id)
    initial = {
        name: getattr(member, name)
        for name in ("part", "departs", "returns", "specialty", "training_year")
    }
    form = PartForm(
        request.POST or None,
        initial=initial,
        trip=trip,
        side=member.membership.institution,
        on=timezone.localdate(),
    )
    del form.fields["person"]
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "trip": trip, "member": member}
        return render(request, "partnerships/member_form.html", context, status=status)
    workflow.change_part(member, form.part_wanted(), news=news(request))
    messages.success(request, _("The dates of %(name)s are kept.") % {"name": member.user})
    return redirect("partnerships:trip_detail", public_id)


@require_POST
def member_withdraw(request: PersonRequest, public_id: UUID, member_id: UUID) -> HttpResponse:
    """The person does not take part after all."""
    member = find_member(request, public_id, member_id)
    workflow.withdraw_from_trip(member, on=timezone.localdate(), news=news(request))
    messages.success(
        request,
        _("%(name)s no longer takes part. What they wrote stays theirs.") % {"name": member.user},
    )
    return redirect("partnerships:trip_detail", public_id)
