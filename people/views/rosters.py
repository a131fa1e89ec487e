"""Invite a whole list: upload, look at what would happen, confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import rosters
from ..models import Institution
from ..requests import PersonRequest, coordinated, must_coordinate, posted
from ..roster_files import LARGEST, Unreadable, read
from .invitations import chosen_place


class RosterForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 500 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> list[tuple[int, dict[str, str]]]:
        """The rows of the file."""
        upload = self.cleaned_data["file"]
        content = upload.read(LARGEST + 1)
        try:
            return read(upload.name, content)
        except Unreadable as reason:
            raise forms.ValidationError(str(reason)) from reason


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: PersonRequest) -> HttpResponse:
    """Choose the file."""
    places = must_coordinate(request)
    place = chosen_place(request, places)
    form = RosterForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        key = rosters.keep(form.cleaned_data["file"], place, request.user)
        return redirect("people:roster_preview", key)
    context = {"form": form, "place": place, "places": places}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/roster.html", context, status=status)


@dataclass(frozen=True)
class RosterPage:
    """What the list would do."""

    key: str
    place: Institution
    lines: list[rosters.Line]
    to_invite: int
    known: int
    wrong: list[rosters.Line]


def find_list(request: PersonRequest, key: str) -> tuple[dict[str, Any], Institution]:
    """The own list and the institution it is for, else 404."""
    content = rosters.find(key, request.user)
    places = {place.pk: place for place in coordinated(request)}
    if content is None or content["place"] not in places:
        raise Http404
    return content, places[content["place"]]


@require_safe
def roster_preview(request: PersonRequest, key: str) -> HttpResponse:
    """Row by row: who will be invited, who is here already, what needs another look."""
    content, place = find_list(request, key)
    if content.get("done"):
        return redirect("people:invitations")
    lines = rosters.preview(content["rows"], place, at=timezone.now())
    page = RosterPage(
        key=key,
        place=place,
        lines=lines,
        to_invite=sum(line.outcome == rosters.INVITE for line in lines),
        known=sum(line.outcome in {rosters.HERE, rosters.ASKED} for line in lines),
        wrong=[line for line in lines if line.outcome == rosters.WRONG],
    )
    return render(request, "people/roster_preview.html", {"page": page})


@require_POST
def roster_confirm(request: PersonRequest, key: str) -> HttpResponse:
    """Do it. The rows are compared with the world once more."""
    content, place = find_list(request, key)
    if content.get("done"):
        messages.warning(request, _("This list has been sent already. Nothing was done twice."))
        return redirect("people:invitations")
    now = timezone.now()
    lines = rosters.preview(content["rows"], place, at=now)
    made = rosters.invite_all(lines, place, by=request.user, at=now)
    rosters.mark_done(key, content)
    words = ngettext(
        "%(n)s person is invited. The letter goes out in the next minutes.",
        "%(n)s people are invited. The letters go out in the next minutes.",
        len(made),
    )
    messages.success(request, words % {"n": len(made)})
    return redirect("people:invitations")
