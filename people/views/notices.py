"""News for the person who is signed in."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ..models import Notice
from ..notices import mark_all_read, mark_read
from ..requests import PersonRequest, way_back

PER_PAGE = 50


@require_safe
def notices(request: PersonRequest) -> HttpResponse:
    """Unread news first."""
    shown = Notice.objects.shown_to(request.user)
    pages = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/notices.html", {"pages": pages})


@require_POST
def notice_open(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Mark one as read and go where it points."""
    notice = get_object_or_404(Notice.objects.shown_to(request.user), public_id=public_id)
    mark_read(notice, at=timezone.now())
    return redirect(way_back(request, notice.url) or "people:notices")


@require_POST
def notices_read(request: PersonRequest) -> HttpResponse:
    """All of them are read."""
    mark_all_read(request.user, at=timezone.now())
    return redirect("people:notices")
