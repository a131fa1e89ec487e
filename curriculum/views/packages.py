"""Modules as packages, in the CMS: take one away, send one in, look, and read it."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from people.models import User
from people.requests import PersonRequest, posted

from ..forms import HowForm, PackageForm
from ..loading.faults import FilesRefused
from ..loading.previewing import Change, State, preview
from ..loading.writing import How, write_files
from ..models import ModulePage
from ..packing import waiting
from ..packing.faults import Unfit
from ..packing.packages import opened, write_package
from ..tree import ensure_tree

MOST_SENTENCES = 20


@dataclass(frozen=True)
class UploadPage:
    """The form, with what is wrong with the package that was sent."""

    form: PackageForm
    sentences: list[str]
    more: int = 0


@dataclass(frozen=True)
class PreviewPage:
    """What reading a package would change, and the two forms: look again, and do it."""

    token: UUID
    title: str
    changes: list[Change]
    form: HowForm
    publishes: bool
    does_something: bool
    has_left: bool


@require_safe
def export(request: PersonRequest, page_id: int) -> HttpResponseBase:
    """A module as a zip, for whoever may edit it."""
    module = get_object_or_404(ModulePage, pk=page_id)
    if not module.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    target = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response
    try:
        write_package(module, target)
    except Unfit as unfit:
        target.close()
        messages.error(request, str(unfit))
        return redirect("wagtailadmin_pages:edit", module.pk)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{module.slug}.zip")


def upload(request: PersonRequest) -> HttpResponse:
    """Send a package. Nothing is changed yet; what would be comes next."""
    if not ensure_tree().permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = PackageForm(posted(request), request.FILES or None)
    if request.method != "POST":
        return show_upload(request, UploadPage(form, []))
    if not form.is_valid():
        return show_upload(request, UploadPage(form, []), status=422)
    package = form.cleaned_data["package"]
    try:
        with opened(package) as (files, _manifest):
            preview(files, How(user=request.user, draft=True))
    except FilesRefused as refused:
        sentences = [str(fault) for fault in refused.faults]
        page = UploadPage(form, sentences[:MOST_SENTENCES], len(sentences[MOST_SENTENCES:]))
        return show_upload(request, page, status=422)
    except (Unfit, PermissionDenied) as refusal:
        return show_upload(request, UploadPage(form, [str(refusal)]), status=422)
    return redirect("curriculum_package", waiting.keep(request.user, package))


def show_upload(request: PersonRequest, page: UploadPage, status: int = 200) -> HttpResponse:
    """The form to send a package."""
    return render(request, "curriculum/package_upload.html", {"page": page}, status=status)


@require_safe
def package(request: PersonRequest, token: UUID) -> HttpResponse:
    """What would change, as drafts or published; other people's packages do not exist."""
    form = HowForm(request.GET or None)
    how = how_of(request.user, form)
    found = waiting.find(request.user, token)
    if found is None:
        raise Http404
    try:
        with found, opened(found) as (files, manifest):
            changes = preview(files, how)
    except (FilesRefused, Unfit, PermissionDenied) as refusal:
        return turned_away(request, refusal)
    states = {change.state for change in changes}
    page = PreviewPage(
        token=token,
        title=str(manifest["title"]),
        changes=changes,
        form=form if form.is_bound else HowForm(initial={"what": "draft"}),
        publishes=not how.draft,
        does_something=bool(states & {State.NEW, State.CHANGED}),
        has_left=State.LEFT in states,
    )
    return render(request, "curriculum/package_preview.html", {"page": page})


@require_POST
def read(request: PersonRequest, token: UUID) -> HttpResponse:
    """Do it: everything in the package or nothing."""
    how = how_of(request.user, HowForm(request.POST))
    found = waiting.find(request.user, token)
    if found is None:
        raise Http404
    try:
        with found, opened(found) as (files, _manifest):
            changes = preview(files, how)
            write_files(files, how)
    except (FilesRefused, Unfit, PermissionDenied) as refusal:
        return turned_away(request, refusal)
    waiting.drop(request.user, token)
    tell(request, changes, how)
    slug, language = files.modules[0].slug, files.modules[0].language
    module = ModulePage.objects.filter(slug=slug, locale__language_code=language).first()
    return redirect("wagtailadmin_explore", module.pk if module else ensure_tree().pk)


def how_of(user: User, form: HowForm) -> How:
    """As drafts, unless somebody asked for more."""
    if not form.is_valid():
        return How(user=user, draft=True)
    chosen = form.cleaned_data
    return How(user=user, draft=chosen["what"] != "publish", overwrite=chosen["overwrite"])


def turned_away(request: PersonRequest, refusal: Exception) -> HttpResponse:
    """Back to the form, with the reason; nothing was changed."""
    messages.error(request, str(refusal) or _("Nothing was changed."))
    return redirect("curriculum_package_upload")


def tell(request: PersonRequest, changes: list[Change], how: How) -> None:
    """What became of the pages, counted."""
    counts = Counter(change.state for change in changes)
    said = {
        "done": counts[State.NEW] + counts[State.CHANGED],
        "same": counts[State.SAME],
        "left": counts[State.LEFT],
    }
    words = (
        _("Saved as drafts: %(done)s. The same as before: %(same)s. Left alone: %(left)s.")
        if how.draft
        else _("Published: %(done)s. The same as before: %(same)s. Left alone: %(left)s.")
    )
    messages.success(request, words % said)
