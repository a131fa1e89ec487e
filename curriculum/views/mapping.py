"""The competency map."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.requests import PersonRequest

from ..mapping import draw_map


@require_safe
def competency_map(request: PersonRequest) -> HttpResponse:
    """Modules against themes and frameworks, gaps in words."""
    return render(request, "curriculum/map.html", {"page": draw_map(request.user)})
