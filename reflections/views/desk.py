"""The review desk: the queue, one entry with its rubric beside it, and handing the answer over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from people.models import Role
from people.requests import PersonRequest, roles_of
from writing.limits import MAX_ENTRY, clean_text

from ..desk import MOST_COUNTED, Place, QueuePage, answered_by, count_waiting, queue_page
from ..forms import RemarkForm
from ..models import EntryVersion, Remark, Review, ReviewRequest, RubricVersion
from ..shipped import default_rubric
from ..workflow import reviews as acts
from ..workflow.entries import NotWritable, TooLong
from .journal import is_seen, show_entry
from .writing import number, posted_save

LAST_ANSWERED = 20
BESIDE = 12  # lines of the queue beside an entry
ANSWERED = ["public_id", "state", "since", "entry__title", "entry__author__display_name"]
STARTERS = [
    gettext_lazy("I noticed that you …"),
    gettext_lazy("You wrote “…”, and I stopped there, because …"),
    gettext_lazy("Who else in the room …"),
    gettext_lazy("What would change if …"),
    gettext_lazy("At home, on Monday …"),
]


@dataclass(frozen=True)
class Choice:
    """One level of a criterion, and whether it was chosen."""

    number: int
    title: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """One criterion with its levels."""

    key: str
    title: str
    choices: list[Choice]


@dataclass(frozen=True)
class Typed:
    """An answer that could not be saved, to be given back."""

    feedback: str
    ratings: dict[str, str]


@dataclass(frozen=True)
class DeskPage:
    """One entry on the desk."""

    request: ReviewRequest
    body: str
    version: EntryVersion
    review: Review | None
    feedback: str
    questions: list[Question]
    rubric: RubricVersion | None
    queue: QueuePage
    waiting: int
    earlier: list[Review]
    remarks: list[Remark]
    remark_form: RemarkForm
    may_answer: bool
    may_undo: bool
    typed: str
    is_unsaved: bool
    has_two: bool = False
    problem: str = ""


@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """What waits, oldest first."""
    is_reader = Role.REVIEWER in roles_of(request)
    if not is_reader and not ReviewRequest.objects.for_reader(request.user).exists():
        raise PermissionDenied
    after = Place.read(request.GET.get("after", ""))
    queue = queue_page(request.user, after)
    answered = answered_by(request.user).select_related("entry__author")
    context = {
        "queue": queue,
        "waiting": 0 if after else count_waiting(request.user, queue),
        "most": MOST_COUNTED,
        "is_later": after is not None,
        "answered": list(answered.only(*ANSWERED)[:LAST_ANSWERED]),
        "now": timezone.now(),
    }
    return render(request, "reflections/desk.html", context)


def find(request: PersonRequest, public_id: UUID) -> ReviewRequest:
    """A request to this reviewer, or 404: while the right to the text stands, or once answered."""
    found = ReviewRequest.objects.for_reader(request.user).with_entry().with_news()
    return get_object_or_404(found.with_right(request.user), public_id=public_id)


def find_open(request: PersonRequest, public_id: UUID) -> ReviewRequest:
    """The same, for acts upon the text: 403 where the right to it has ended."""
    row = find(request, public_id)
    if not row.may_read:
        raise PermissionDenied
    return row


@require_safe
def desk_entry(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Read one entry. The first opening is written into the ledger that its author sees."""
    row = find(request, public_id)
    if is_seen(request):
        now = timezone.now()
        if row.may_read and not row.version.readings.filter(reader=request.user).exists():
            acts.note_reading(row, at=now)
        if row.has_news:
            acts.read_remarks(row, request.user, at=now)
    return show(request, row)


def show(
    request: PersonRequest,
    row: ReviewRequest,
    *,
    typed: Typed | None = None,
    problem: str = "",
    remark_form: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The desk. `typed` gives back an answer that could not be saved, `remark_form` a reply."""
    reviews = list(
        Review.objects.filter(request=row)
        .select_related("version", "rubric")
        .order_by("version__number")
    )
    review = next((r for r in reviews if r.version_id == row.version_id), None)
    rubric = (
        (review.rubric if review else default_rubric(request.user.language))
        if row.has_rubric
        else None
    )
    is_open = row.may_read and row.state == ReviewRequest.State.OPEN
    queue = queue_page(request.user, size=BESIDE)
    page = DeskPage(
        request=row,
        body=row.version.body if row.may_read else "",
        version=row.version,
        review=review,
        feedback=review.feedback if review else "",
        questions=questions(rubric, ratings_shown(review, typed)),
        rubric=rubric,
        queue=queue,
        waiting=count_waiting(request.user, queue),
        earlier=[r for r in reviews if r is not review],
        remarks=list(row.remarks.select_related("author")),
        remark_form=remark_form or RemarkForm(initial={"token": uuid4()}),
        may_answer=is_open,
        may_undo=bool(
            row.may_read
            and review
            and review.status != Review.Status.DRAFT
            and not review.opened_at
        ),
        typed=typed.feedback if typed else (review.feedback if review else ""),
        is_unsaved=typed is not None,
        has_two=typed is not None and status == 409,
        problem=problem,
    )
    context = {"page": page, "starters": STARTERS, "most": MOST_COUNTED, "now": timezone.now()}
    return render(request, "reflections/desk_entry.html", context, status=status)


def ratings_shown(review: Review | None, typed: Typed | None) -> dict[str, str]:
    """The levels to tick: those just posted, else those that are saved."""
    if typed:
        return typed.ratings
    return {key: str(level) for key, level in review.ratings.items()} if review else {}


def questions(rubric: RubricVersion | None, ratings: dict[str, str]) -> list[Question]:
    """The rubric with what was chosen. Two queries."""
    if rubric is None:
        return []
    return [
        Question(
            criterion.key,
            criterion.title,
            [
                Choice(
                    level.number,
                    level.title,
                    level.text,
                    ratings.get(criterion.key) == str(level.number),
                )
                for level in criterion.levels.all()
            ],
        )
        for criterion in rubric.criteria.prefetch_related("levels")
    ]


def ratings_in(data: Mapping[str, object]) -> dict[str, str]:
    """The chosen levels among posted fields."""
    mark = "level-"
    return {k.removeprefix(mark): str(v) for k, v in data.items() if k.startswith(mark)}


@require_POST
def save(request: PersonRequest, public_id: UUID) -> JsonResponse:
    """The automatic save of an answer. 409 where a newer draft stands."""
    row = find_open(request, public_id)
    try:
        fields, base = posted_save(request)
        feedback = fields.get("feedback", "")
        if not isinstance(feedback, str):
            raise ValueError("no text")
    except ValueError:
        return JsonResponse({"reason": "unreadable"}, status=400)
    try:
        saved = acts.save_review(
            row, feedback=feedback, ratings=ratings_in(fields), base=base, at=timezone.now()
        )
    except TooLong:
        return JsonResponse({"reason": "too-long", "most": MAX_ENTRY}, status=422)
    except NotWritable:
        return JsonResponse({"reason": "sent"}, status=423)
    if saved.is_stale:
        return JsonResponse(
            {"reason": "two-versions", "version": saved.review.revision}, status=409
        )
    return JsonResponse({"version": saved.review.revision})


@require_POST
def save_form(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The same by a plain form; the button says what happens then."""
    row = find_open(request, public_id)
    typed = Typed(request.POST.get("feedback", ""), ratings_in(request.POST.dict()))
    try:
        saved = acts.save_review(
            row,
            feedback=typed.feedback,
            ratings=typed.ratings,
            base=number(request.POST.get("base")),
            at=timezone.now(),
        )
    except TooLong:
        sentence = _("This is longer than 60,000 characters. Your text is below.")
        return show(request, row, typed=typed, problem=sentence, status=422)
    except NotWritable:
        held = Review.objects.filter(request=row, version=row.version).first()
        if clean_text(typed.feedback) == (held.feedback if held else ""):
            return redirect("reflections:desk_entry", public_id)  # the button was pressed twice
        sentence = _("This entry no longer waits for an answer. What you typed is below.")
        return show(request, row, typed=typed, problem=sentence, status=409)
    if saved.is_stale:
        sentence = _("A newer draft was saved in another window. Both are below.")
        return show(request, row, typed=typed, problem=sentence, status=409)
    for button, act, done in HAND_OVER:
        if button in request.POST:
            return hand_over(request, row, saved.review, act, str(done))
    messages.success(request, _("Saved. Only you can see it."))
    return redirect("reflections:desk_entry", public_id)


HAND_OVER: list[tuple[str, Callable[..., Review], Promise]] = [
    (
        "release",
        acts.release_review,
        gettext_lazy(
            "Released. The mail waits ten minutes; you can undo until the author opens it."
        ),
    ),
    ("return", acts.return_review, gettext_lazy("Sent back for another look.")),
]


def hand_over(
    request: PersonRequest,
    row: ReviewRequest,
    review: Review,
    act: Callable[..., Review],
    done: str,
) -> HttpResponse:
    """Release or return what was just saved."""
    try:
        act(review, at=timezone.now())
    except acts.Blank:
        sentence = _("Write at least one sentence to the author first. Levels alone say little.")
        return show(request, row, problem=sentence, status=422)
    messages.success(request, done)
    return redirect("reflections:desk_entry", row.public_id)


@require_POST
def undo(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take an answer back that the author has not opened."""
    row = find_open(request, public_id)
    review = get_object_or_404(Review, request=row, version=row.version)
    try:
        acts.undo_release(review, at=timezone.now())
    except acts.AlreadyOpened:
        messages.error(request, _("The author has opened it, so it stands."))
    else:
        messages.success(request, _("Undone. It is a draft again, and nobody is told."))
    return redirect("reflections:desk_entry", public_id)


@require_POST
def remark(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """A turn of the talk, by the reviewer or by the author."""
    talks = ReviewRequest.objects.talks_of(request.user).with_entry().with_news()
    row = get_object_or_404(talks.with_right(request.user), public_id=public_id)
    is_author = row.entry.author_id == request.user.pk
    is_heard = ReviewRequest.objects.for_reader(row.reviewer).filter(pk=row.pk).exists()
    if not (is_heard if is_author else row.may_read):
        raise PermissionDenied
    form = RemarkForm(request.POST)
    if not form.is_valid():
        if is_author:
            return show_entry(request, row.entry, refused=(row.pk, form.again()), status=422)
        return show(request, row, remark_form=form.again(), status=422)
    try:
        acts.add_remark(row, request.user, **form.cleaned_data, at=timezone.now())
    except Remark.DoesNotExist as taken:
        raise Http404 from taken
    messages.success(request, _("Sent."))
    if is_author:
        return redirect("reflections:entry", row.entry.public_id)
    return redirect("reflections:desk_entry", public_id)
