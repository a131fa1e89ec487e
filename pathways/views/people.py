"""The certificates of somebody of the own institution, for its coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.models import Membership, User
from people.requests import PersonRequest, coordinated

from ..models import Certificate
from ..rows import Row, rows_of

PER_PAGE = 50


@dataclass(frozen=True)
class PersonPage:
    """One person's certificates."""

    person: User
    certificates: Page[Any]
    rows: list[Row]


@require_safe
def person_certificates(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Each with the page on which it is checked, and revoked if need be."""
    here = Membership.objects.filter(institution__in=coordinated(request)).values("user")
    person = get_object_or_404(User.objects.filter(pk__in=here), public_id=public_id)
    rows = Certificate.objects.in_care_of(request.user).filter(user=person).newest_first()
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page = PersonPage(person, found, rows_of(found))
    return render(request, "pathways/person_certificates.html", {"page": page})
