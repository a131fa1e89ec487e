"""What holds of all rows, however they were made: no workflow function could break it.

Each check is a set of rows that must be empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from partnerships.models import TripMember
from reflections.models import Assessment, Entry, EntryVersion, Item, Review, ReviewRequest
from reflections.workflow.assessments import sums
from writing.markdown import count_words

WAITING = [Entry.Status.SUBMITTED, Entry.Status.IN_REVIEW]
State = ReviewRequest.State


def requests_of_entry() -> QuerySet[ReviewRequest]:
    """Requests of the entry of the outer query that stand."""
    return ReviewRequest.objects.filter(entry=OuterRef("pk")).exclude(state=State.WITHDRAWN)


def answer_of(status: str) -> Exists:
    """Whether the version that the outer request is about has an answer of this status."""
    found = Review.objects.filter(request=OuterRef("pk"), version=OuterRef("version"))
    return Exists(found.filter(status=status))


def broken_sets() -> Iterator[tuple[str, QuerySet]]:
    """The sets that must be empty, each with the sentence that its rows break."""
    sent = EntryVersion.objects.filter(
        entry=OuterRef("pk"), kind=EntryVersion.Kind.SUBMISSION, body=OuterRef("body")
    )
    entries, requests = Entry.objects.order_by(), ReviewRequest.objects.order_by()
    yield (
        "A sent entry has a reader.",
        entries.filter(status__in=WAITING).exclude(Exists(requests_of_entry())),
    )
    yield (
        "What was sent is kept word for word.",
        entries.filter(status__in=WAITING).exclude(Exists(sent)),
    )
    yield (
        "Nobody is asked to read a kept entry.",
        entries.filter(status=Entry.Status.KEPT).filter(Exists(requests_of_entry())),
    )
    yield (
        "Nobody waits for a draft.",
        requests.filter(
            state=State.OPEN, entry__status__in=[Entry.Status.DRAFT, Entry.Status.KEPT]
        ),
    )
    yield (
        "A request is about a version of its own entry.",
        requests.exclude(version__entry=F("entry")),
    )
    yield (
        "An answer is about the entry it was asked for.",
        Review.objects.exclude(version__entry=F("request__entry")),
    )
    yield (
        "What is answered has an answer.",
        requests.filter(state=State.ANSWERED).exclude(answer_of(Review.Status.RELEASED)),
    )
    yield (
        "What is with the author was returned.",
        requests.filter(state=State.RETURNED).exclude(answer_of(Review.Status.RETURNED)),
    )
    yield (
        "What waits has no answer.",
        requests.filter(state=State.OPEN).filter(
            Q(answer_of(Review.Status.RELEASED)) | Q(answer_of(Review.Status.RETURNED))
        ),
    )
    yield "Nobody reads their own entry.", requests.filter(reviewer=F("entry__author"))
    yield (
        "An entry belongs to a visit of its author.",
        entries.exclude(trip_member=None).exclude(trip_member__user=F("author")),
    )
    yield (
        "A part is worn with a membership of one's own.",
        TripMember.objects.exclude(membership__user=F("user")),
    )


def miscounted_entries() -> Iterator[int]:
    """Entries whose number of words is not that of their text. Each text is counted once."""
    for body, words in Entry.objects.order_by().values_list("body", "words").distinct():
        if count_words(body) != words:
            yield words


def wrong_sums() -> Iterator[int]:
    """Assessments that were handed in with sums that do not follow from their answers."""
    items: dict[int, list[Item]] = {}
    for item in Item.objects.all():
        items.setdefault(item.instrument_id, []).append(item)
    rows = Assessment.objects.submitted().only("instrument", "answers", "scales")
    for row in rows.iterator(chunk_size=1000):
        asked = items[row.instrument_id]
        if set(row.answers) != {i.key for i in asked} or row.scales != sums(asked, row.answers):
            yield row.pk


def faults() -> list[str]:
    """The sentences that some rows break."""
    found = [sentence for sentence, rows in broken_sets() if rows.exists()]
    if any(miscounted_entries()):
        found.append("The words of an entry are counted.")
    if next(wrong_sums(), None) is not None:
        found.append("The sums of an assessment follow from its answers.")
    return found
