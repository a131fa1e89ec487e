"""One's own certificates: the list, the sheet, the name that others see, the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.defer import defer
from people.requests import PersonRequest

from .. import papers
from ..certifying import choose_name
from ..codes import read_code
from ..forms import NameForm
from ..libraries import can_make_pdf
from ..models import Certificate
from ..names import public_name
from ..rows import Row, rows_of
from ..showing import Sheet, sheet_of
from ..tasks import make_paper

PER_PAGE = 50
LOOK_AGAIN = 2  # seconds


@dataclass(frozen=True)
class MinePage:
    """Everything that one earned."""

    certificates: Page[Any]
    rows: list[Row]


@dataclass(frozen=True)
class SheetPage:
    """One's certificate, and what one can do with it."""

    sheet: Sheet
    form: NameForm
    public_name: str
    makes_pdf: bool
    sizes: list[tuple[str, str]]


def find(request: PersonRequest, code: str) -> Certificate:
    """One's own certificate by its code, however it is typed; else 404."""
    own = Certificate.objects.visible_to(request.user).select_related("user")
    return get_object_or_404(own, code=read_code(code))


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """All certificates of the person, newest first."""
    own = Certificate.objects.visible_to(request.user).newest_first()
    found = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    page = MinePage(found, rows_of(found))
    return render(request, "pathways/certificates.html", {"page": page})


@require_safe
def of_completion(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """From a completed module to its certificate, the newest if it was given again."""
    own = Certificate.objects.visible_to(request.user).newest_first()
    found = own.filter(completion__public_id=public_id).first()
    if found is None:
        raise Http404
    return redirect("pathways:certificate", found.printed_code)


@never_cache
@require_safe
def certificate(request: PersonRequest, code: str) -> HttpResponse:
    """The sheet as it is printed."""
    found = find(request, code)
    return show(request, found, NameForm(certificate=found))


def show(
    request: PersonRequest, found: Certificate, form: NameForm, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused in the place of a fresh one."""
    page = SheetPage(
        sheet=sheet_of(found),
        form=form,
        public_name=public_name(found),
        makes_pdf=can_make_pdf(),
        sizes=[("a4", "A4"), ("letter", _("Letter"))],
    )
    return render(request, "pathways/certificate.html", {"page": page}, status=status)


@require_POST
def name(request: PersonRequest, code: str) -> HttpResponse:
    """Choose what others see of the name."""
    found = find(request, code)
    form = NameForm(request.POST, certificate=found)
    if not form.is_valid():
        return show(request, found, form, status=422)
    data = form.cleaned_data
    choose_name(found, shown=data["shown"], renew=data.get("renew", False))
    messages.success(request, _("Saved. Whoever checks it from now on sees this."))
    return redirect("pathways:certificate", found.printed_code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: PersonRequest, code: str, size: str) -> HttpResponseBase:
    """The file, if it is there; a POST has it made."""
    found = find(request, code)
    if size not in papers.SIZES:
        raise Http404
    language = get_language() or "en"
    file = papers.file_name(found, size, language)
    if request.method == "POST":
        return order(found, size, language, file)
    if papers.store().exists(file):
        return hand_over(found, size, file)
    state = papers.state_of(file)
    if state != papers.ASKED:
        if state == papers.FAILED or not can_make_pdf():
            messages.error(request, _("The PDF could not be made. Print this page instead."))
        return redirect("pathways:certificate", found.printed_code)
    response = render(request, "pathways/certificate_wait.html", {"certificate": found})
    response["Refresh"] = str(LOOK_AGAIN)
    return response


def order(found: Certificate, size: str, language: str, file: str) -> HttpResponse:
    """Ask the worker for it, once, and lead to where it will be."""
    waits = papers.state_of(file) == papers.ASKED
    if not waits and not papers.store().exists(file):
        papers.note(file, papers.ASKED)
        defer(make_paper, found.code, size, language)
    address = reverse("pathways:certificate_pdf", args=[found.printed_code, size])
    return redirect(f"{address}?lang={language}")  # the language of the page, whatever the setting


def hand_over(found: Certificate, size: str, file: str) -> FileResponse:
    """As a download; nobody on the way keeps a copy."""
    response = FileResponse(
        papers.store().open(file),
        as_attachment=True,
        filename=f"bothways-{found.printed_code}-{size}.pdf",
        content_type="application/pdf",
    )
    patch_cache_control(response, private=True, no_store=True)
    return response
