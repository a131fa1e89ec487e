"""Writing an entry: the page, the automatic save, the guard, two versions, sending."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.requests import PersonRequest
from writing.diff import render_diff
from writing.guard import DISCLAIMER, apply
from writing.limits import MAX_ENTRY, clean_text

from ..findings import Marked, findings_in, marked
from ..forms import ReadersForm, ReasonForm, names
from ..journal import first_answer
from ..models import Entry, EntryVersion, Reading, Review
from ..readers import named
from ..workflow import entries as acts
from ..workflow.reviews import open_feedback
from .journal import is_seen


@dataclass(frozen=True)
class OtherVersion:
    """The second of two versions, with the difference marked."""

    version: EntryVersion
    difference: SafeString


@dataclass(frozen=True)
class WritePage:
    """The writing surface of one draft."""

    entry: Entry
    body: str
    readers: str
    button: str
    marks: list[Marked]
    open_marks: int
    others: list[OtherVersion]
    asked: list[Review]
    first_answer: Entry | None
    problem: str = ""

    @property
    def is_unsaved(self) -> bool:
        """Whether the field holds something that the server does not have."""
        return self.body != self.entry.body

    @property
    def disclaimer(self) -> str:
        """What the guard cannot do."""
        return str(DISCLAIMER)


def own(request: PersonRequest, public_id: UUID) -> Entry:
    """The author's own entry, or 404."""
    return get_object_or_404(
        Entry.objects.for_author(request.user).with_visit(), public_id=public_id
    )


@require_safe
def write(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The page to write on. What was sent is read on its own page."""
    entry = own(request, public_id)
    if not entry.may_write:
        return redirect("reflections:entry", public_id)
    response = show(request, entry)
    if entry.status == Entry.Status.RETURNED and is_seen(request):
        open_feedback(entry, at=timezone.now())
    return response


def show(
    request: PersonRequest,
    entry: Entry,
    body: str | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The writing page; `body` gives back what was typed where it could not be saved."""
    people = named(entry.author, entry.trip_member, timezone.localdate())
    chosen = [
        user
        for right, is_chosen in (
            (Reading.Right.REVIEWER, entry.for_reviewers),
            (Reading.Right.HOST, entry.for_hosts),
            (Reading.Right.MENTOR, entry.for_mentor),
        )
        if is_chosen
        for user in people[right]
    ]
    readers = names(list(dict.fromkeys(chosen)))
    marks = marked(entry)
    page = WritePage(
        entry=entry,
        body=entry.body if body is None else body,
        readers=readers,
        button=_("Send to %(names)s") % {"names": readers} if readers else _("Keep for myself"),
        marks=marks,
        open_marks=sum(mark.is_open for mark in marks),
        others=[
            OtherVersion(version, render_diff(entry.body, version.body))
            for version in entry.versions.filter(
                kind=EntryVersion.Kind.OTHER, settled_at=None
            ).order_by("number")
        ],
        asked=questions_to(entry),
        first_answer=first_answer(entry),
        problem=problem,
    )
    return render(request, "reflections/write.html", {"page": page}, status=status)


def questions_to(entry: Entry) -> list[Review]:
    """What readers said who sent the entry back."""
    if entry.status != Entry.Status.RETURNED:
        return []
    returned = Review.objects.filter(request__entry=entry, status=Review.Status.RETURNED)
    return list(returned.select_related("request__reviewer").order_by("-released_at"))


def number(value: Any) -> int:
    """A version number as it was posted; nonsense is a version that never was."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return -1


def posted_save(request: PersonRequest) -> tuple[dict[str, Any], int]:
    """The fields of an automatic save, and the version they were written upon.

    ValueError for anything that our own script would not send.
    """
    try:
        data = json.loads(request.body)
        fields, base = data["fields"], number(data["base"])
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a save") from error
    if not isinstance(fields, dict):
        raise ValueError("fields are not by name")
    return fields, base


@require_POST
def save(request: PersonRequest, public_id: UUID) -> JsonResponse:
    """The automatic save. JSON in, JSON out; 409 where a newer text stands."""
    entry = own(request, public_id)
    try:
        fields, base = posted_save(request)
        body = fields.get("body")
        if not isinstance(body, str):
            raise ValueError("no text")
    except ValueError:
        return JsonResponse({"reason": "unreadable"}, status=400)
    try:
        saved = acts.save_entry(entry, body=body, base=base, at=timezone.now())
    except acts.TooLong:
        return JsonResponse({"reason": "too-long", "most": MAX_ENTRY}, status=422)
    except acts.NotWritable:
        return JsonResponse({"reason": "sent"}, status=423)
    if saved.other:
        return JsonResponse({"reason": "two-versions", "version": saved.entry.version}, status=409)
    entry.body, entry.version = saved.entry.body, saved.entry.version
    found = findings_in(entry)
    return JsonResponse(
        {
            "version": entry.version,
            "words": saved.entry.words,
            "marks": len([f for f in found if f.fingerprint not in entry.kept_findings]),
        }
    )


@require_POST
def save_form(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The same by a plain form; the button says what happens then."""
    entry = own(request, public_id)
    body = request.POST.get("body", "")
    base = number(request.POST.get("base"))
    try:
        saved = acts.save_entry(entry, body=body, base=base, at=timezone.now())
    except acts.TooLong:
        sentence = _(
            "This is longer than an entry can be: at most 60,000 characters. "
            "Your text is below; nothing was changed."
        )
        return show(request, entry, body, sentence, status=422)
    except acts.NotWritable:
        if clean_text(body) == entry.body:
            return redirect("reflections:entry", public_id)  # the button was pressed twice
        sentence = _(
            "This entry was sent; it can no longer be changed. What you typed is below: "
            "copy what you want to keep."
        )
        return show(request, entry, body, sentence, status=409)
    fresh = own(request, public_id)
    if saved.other:
        return show(request, fresh, status=409)
    if "send" in request.POST:
        return send(request, fresh)
    messages.success(request, _("Saved."))
    return redirect("reflections:write", public_id)


def send(request: PersonRequest, entry: Entry) -> HttpResponse:
    """Submit what was just saved, or say what is in the way."""
    try:
        sent = acts.submit_entry(entry, at=timezone.now())
    except acts.StillMarked:
        sentence = _("Look at the marked words first: make each general, or say why it can stay.")
        return show(request, entry, problem=sentence, status=422)
    except acts.NobodyReads:
        sentence = _("None of the readers you chose is here today. Choose others below.")
        return show(request, entry, problem=sentence, status=422)
    except acts.Empty:
        sentence = _("There are no words yet. Your draft is kept.")
        return show(request, entry, problem=sentence, status=422)
    if sent.status == Entry.Status.KEPT:
        messages.success(request, _("Kept. Only you can read it."))
    else:
        messages.success(request, _("Sent. You can take it back until somebody has opened it."))
    return redirect("reflections:entry", sent.public_id)


@require_POST
def settle(request: PersonRequest, public_id: UUID, version_id: UUID) -> HttpResponse:
    """Choose between two versions, or keep both."""
    entry = own(request, public_id)
    other = get_object_or_404(
        entry.versions.filter(kind=EntryVersion.Kind.OTHER), public_id=version_id
    )
    keep = request.POST.get("keep", "")
    if keep not in {"mine", "theirs", "both"}:
        return show(request, entry, problem=_("Choose one of the versions."), status=422)
    try:
        acts.settle_versions(entry, other, keep=keep, at=timezone.now())
    except acts.TooLong:
        sentence = _("Both together are longer than an entry can be. Keep one of them.")
        return show(request, entry, problem=sentence, status=422)
    except acts.NotWritable:
        messages.error(request, _("This entry was sent; both versions stay as they are."))
        return redirect("reflections:entry", public_id)
    messages.success(request, _("Done. The other version stays in the history."))
    return redirect("reflections:write", public_id)


@require_POST
def mark(request: PersonRequest, public_id: UUID, fingerprint: str) -> HttpResponse:
    """Make a marked word general, or keep it with a reason."""
    entry = own(request, public_id)
    found = [f for f in findings_in(entry) if f.fingerprint == fingerprint]
    if not entry.may_write or not found:
        messages.info(request, _("That word is no longer there."))
        return redirect("reflections:write", public_id)
    if "general" in request.POST:
        text = entry.body
        for finding in reversed(found):
            text = apply(text, finding)
        try:
            acts.save_entry(entry, body=text, base=entry.version, at=timezone.now())
        except acts.TooLong:
            sentence = _("With that the entry is longer than it can be. Shorten it first.")
            return show(request, entry, problem=sentence, status=422)
        return redirect("reflections:write", public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        sentence = _("Say in a few words why nobody can be recognised by it.")
        return show(request, entry, problem=sentence, status=422)
    acts.keep_finding(entry, fingerprint, form.cleaned_data["reason"])
    return redirect("reflections:write", public_id)


@require_POST
def take_back(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Back to a draft, while nobody has opened it."""
    entry = own(request, public_id)
    if acts.take_back(entry, at=timezone.now()):
        messages.success(request, _("It is a draft again. Nobody has read it."))
        return redirect("reflections:write", public_id)
    messages.error(request, _("Somebody has opened it, so it cannot be taken back."))
    return redirect("reflections:entry", public_id)


@require_POST
def reopen(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Write on in an entry kept for oneself."""
    acts.reopen_entry(own(request, public_id))
    return redirect("reflections:write", public_id)


@require_POST
def discard(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Delete a draft for good."""
    if acts.discard_entry(own(request, public_id)):
        messages.success(request, _("The draft is deleted."))
        return redirect("reflections:journal")
    messages.error(request, _("Somebody was asked to read this, so it cannot be deleted here."))
    return redirect("reflections:entry", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Add or remove readers; only the author can."""
    entry = own(request, public_id)
    people = named(request.user, entry.trip_member, timezone.localdate())
    ticked = [
        right
        for right, is_chosen in (
            (Reading.Right.MENTOR, entry.for_mentor),
            (Reading.Right.REVIEWER, entry.for_reviewers),
            (Reading.Right.HOST, entry.for_hosts),
        )
        if is_chosen
    ]
    form = ReadersForm(request.POST or None, people=people, initial={"readers": ticked})
    if request.method == "POST":
        form = ReadersForm(request.POST, people=people)
        if form.is_valid():
            acts.change_readers(entry, form.chosen(), at=timezone.now())
            messages.success(request, _("The readers are changed."))
            return redirect("reflections:entry", public_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "entry": entry}
    return render(request, "reflections/readers.html", context, status=status)
