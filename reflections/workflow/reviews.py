"""Reading and answering: opened, drafted, released, returned, undone, talked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.notices import MAIL_WAITS, notify, withdraw
from writing.limits import clean_text, is_too_long

from ..events import review_released
from ..models import Entry, Reading, Remark, Review, ReviewRequest, RubricVersion
from ..shipped import default_rubric
from .entries import NotWritable, TooLong


class Blank(Exception):
    """There is no feedback to hand over."""


class AlreadyOpened(Exception):
    """The author has opened the answer; it can no longer be undone."""


@dataclass(frozen=True)
class SavedReview:
    """What a save of a review did. With `is_stale` nothing was changed; `review` is the newer."""

    review: Review
    is_stale: bool = False


@transaction.atomic
def note_reading(request: ReviewRequest, *, at: datetime) -> bool:
    """Write into the ledger that the reviewer opened this version; True the first time.

    From then on the author cannot take the entry back.
    """
    made = Reading.objects.get_or_create(
        version=request.version,
        reader=request.reviewer,
        defaults={"right": request.right, "at": at},
    )[1]
    if made:
        Entry.objects.filter(pk=request.entry_id, status=Entry.Status.SUBMITTED).update(
            status=Entry.Status.IN_REVIEW
        )
    return made


def valid_ratings(rubric: RubricVersion | None, raw: dict[str, str]) -> dict[str, int]:
    """Known criteria with known levels; anything else is left out."""
    if rubric is None:
        return {}
    levels = {
        criterion.key: {str(level.number) for level in criterion.levels.all()}
        for criterion in rubric.criteria.prefetch_related("levels")
    }
    return {key: int(value) for key, value in raw.items() if value in levels.get(key, set())}


@transaction.atomic
def save_review(
    request: ReviewRequest,
    *,
    feedback: str,
    ratings: dict[str, str],
    base: int,
    at: datetime,
) -> SavedReview:
    """Keep a draft written upon revision `base` (0: none yet). A stale save changes nothing.

    Neither do the same words again, also after they were handed over.
    """
    if is_too_long(feedback):
        raise TooLong
    row = ReviewRequest.objects.select_for_update().get(pk=request.pk)
    text = clean_text(feedback)
    review = Review.objects.filter(request=row, version=row.version).first()
    kept = valid_ratings(review.rubric, ratings) if review else {}
    if review and (review.feedback, review.ratings) == (text, kept):
        return SavedReview(review)
    if row.state != ReviewRequest.State.OPEN:
        raise NotWritable
    if review is None:
        return SavedReview(first_draft(row, text, ratings, at))
    if base != review.revision:
        return SavedReview(review, is_stale=True)
    review.feedback, review.ratings = text, kept
    review.revision += 1
    review.saved_at = at
    review.save(update_fields=["feedback", "ratings", "revision", "saved_at"])
    return SavedReview(review)


def first_draft(request: ReviewRequest, text: str, ratings: dict[str, str], at: datetime) -> Review:
    """The first words about this version, with the rubric of today."""
    rubric = default_rubric(request.reviewer.language) if request.has_rubric else None
    return Review.objects.create(
        request=request,
        version=request.version,
        rubric=rubric,
        feedback=text,
        ratings=valid_ratings(rubric, ratings),
        saved_at=at,
    )


@transaction.atomic
def release_review(review: Review, *, at: datetime) -> Review:
    """Hand the answer to the author, who is told once, after ten minutes. Twice releases once."""
    return hand_over(review, Review.Status.RELEASED, at)


@transaction.atomic
def return_review(review: Review, *, at: datetime) -> Review:
    """Ask the author for another look; the words say why."""
    return hand_over(review, Review.Status.RETURNED, at)


def hand_over(review: Review, status: str, at: datetime) -> Review:
    """Draft to released or returned, with request and entry in step."""
    row = Review.objects.select_for_update().get(pk=review.pk)
    if row.status != Review.Status.DRAFT:
        return row
    if not row.feedback.strip():
        raise Blank
    row.status, row.released_at = status, at
    row.save(update_fields=["status", "released_at"])
    released = status == Review.Status.RELEASED
    request = row.request
    request.state = ReviewRequest.State.ANSWERED if released else ReviewRequest.State.RETURNED
    request.save(update_fields=["state"])
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=request.entry_id)
    entry.status = Entry.Status.RELEASED if released else Entry.Status.RETURNED
    entry.save(update_fields=["status"])
    tell_author(row, entry, released, at)
    review_released.send(sender=Review, review=row, at=at)
    return row


def tell_author(review: Review, entry: Entry, released: bool, at: datetime) -> None:
    """One notice; the mail waits ten minutes, so that an undo is not news."""
    notify(
        entry.author,
        "feedback",
        notice_key(review),
        _("Your feedback is ready") if released else _("Your reader asks for another look"),
        _("Ten quiet minutes will do, and there is no deadline. Write back, or let it rest."),
        reverse("reflections:entry", args=[entry.public_id]),
        at,
        at + MAIL_WAITS,
    )


def notice_key(review: Review) -> str:
    """One answer, one notice."""
    return f"feedback:{review.public_id}"


@transaction.atomic
def undo_release(review: Review, *, at: datetime) -> Review:
    """Make it a draft again while the author has not opened it. AlreadyOpened if they have."""
    row = Review.objects.select_for_update().get(pk=review.pk)
    if row.status == Review.Status.DRAFT:
        return row
    if row.opened_at is not None:
        raise AlreadyOpened
    row.status, row.released_at = Review.Status.DRAFT, None
    row.save(update_fields=["status", "released_at"])
    request = row.request
    request.state = ReviewRequest.State.OPEN
    request.save(update_fields=["state"])
    others = Review.objects.filter(
        request__entry=request.entry_id, status=Review.Status.RELEASED
    ).exists()
    Entry.objects.filter(pk=request.entry_id).update(
        status=Entry.Status.RELEASED if others else Entry.Status.IN_REVIEW
    )
    withdraw(notice_key(row), at=at)
    return row


@transaction.atomic
def open_feedback(entry: Entry, *, at: datetime) -> None:
    """The author opened the page: every answer and reply on it counts as read from now on."""
    Review.objects.filter(
        request__entry=entry, status__in=Review.HANDED_OVER, opened_at=None
    ).update(opened_at=at)
    Remark.objects.filter(request__entry=entry, read_at=None).exclude(
        author=entry.author_id
    ).update(read_at=at)


@transaction.atomic
def add_remark(
    request: ReviewRequest, author: User, *, token: UUID, body: str, at: datetime
) -> Remark:
    """One turn of the talk. The same token again finds the first. Blank if there are no words."""
    if is_too_long(body):
        raise TooLong
    text = clean_text(body).strip()
    if not text:
        raise Blank
    remark, made = Remark.objects.get_or_create(
        token=token, defaults={"request": request, "author": author, "body": text, "at": at}
    )
    if not made and remark.author_id != author.pk:
        raise Remark.DoesNotExist
    if made:
        tell_other(request, author, remark, at)
    return remark


def tell_other(request: ReviewRequest, author: User, remark: Remark, at: datetime) -> None:
    """Who did not write is told."""
    to_reviewer = author.pk == request.entry.author_id
    notify(
        request.reviewer if to_reviewer else request.entry.author,
        "reply",
        f"reply:{remark.token}",
        _("There is a reply to an entry you are talking about"),
        _("There is no need to answer, and no harm in it."),
        reverse("reflections:desk_entry", args=[request.public_id])
        if to_reviewer
        else reverse("reflections:entry", args=[request.entry.public_id]),
        at,
        at + MAIL_WAITS,
    )


@transaction.atomic
def read_remarks(request: ReviewRequest, reader: User, *, at: datetime) -> None:
    """What the other side wrote counts as read."""
    request.remarks.filter(read_at=None).exclude(author=reader).update(read_at=at)
