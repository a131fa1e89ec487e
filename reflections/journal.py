"""The journal as its author sees it: by phase, with states in words, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from people.models import User

from .models import Entry, EntryVersion, Phase, Review

PER_PAGE = 50

FILTERS = {
    "all": _("All"),
    "drafts": _("Drafts"),
    "reader": _("With a reader"),
    "feedback": _("Feedback to read"),
    "me": _("Only me"),
}

WITH_READER = [Entry.Status.SUBMITTED, Entry.Status.IN_REVIEW]


def unread_feedback() -> Exists:
    """Whether an answer was handed over that the author has not opened."""
    return Exists(
        Review.objects.filter(
            request__entry=OuterRef("pk"), status__in=Review.HANDED_OVER, opened_at=None
        )
    )


def two_versions() -> Exists:
    """Whether a second version waits for the author's choice."""
    return Exists(
        EntryVersion.objects.filter(
            entry=OuterRef("pk"), kind=EntryVersion.Kind.OTHER, settled_at=None
        )
    )


def journal_of(user: User) -> QuerySet[Entry]:
    """The person's entries that have words, newest first, with what the list shows.

    Bodies are cut by the database to what an excerpt needs.
    """
    return (
        Entry.objects.for_author(user)
        .filter(Q(words__gt=0) | ~Q(status=Entry.Status.DRAFT))
        .annotate(has_feedback=unread_feedback(), has_two=two_versions(), opening=Left("body", 400))
        .defer("body")
        .with_visit()
        .order_by("-saved_at", "-pk")
    )


def only(entries: QuerySet[Entry], name: str) -> QuerySet[Entry]:
    """The entries of one tab."""
    if name == "drafts":
        return entries.filter(status__in=Entry.WRITABLE)
    if name == "reader":
        return entries.filter(status__in=WITH_READER)
    if name == "feedback":
        return entries.filter(unread_feedback())
    if name == "me":
        return entries.filter(for_mentor=False, for_reviewers=False, for_hosts=False)
    return entries


def counts(user: User) -> dict[str, int]:
    """How many entries each tab holds, in one query."""
    private = Q(for_mentor=False, for_reviewers=False, for_hosts=False)
    return (
        Entry.objects.for_author(user)
        .filter(Q(words__gt=0) | ~Q(status=Entry.Status.DRAFT))
        .annotate(has_feedback=unread_feedback())
        .aggregate(
            all=Count("pk"),
            drafts=Count("pk", filter=Q(status__in=Entry.WRITABLE)),
            reader=Count("pk", filter=Q(status__in=WITH_READER)),
            feedback=Count("pk", filter=Q(has_feedback=True)),
            me=Count("pk", filter=private),
        )
    )


@dataclass(frozen=True)
class PhaseGroup:
    """The entries of one phase."""

    phase: Phase
    entries: list[Entry]


def by_phase(entries: list[Entry]) -> list[PhaseGroup]:
    """Groups in the order of a visit; empty ones are left out."""
    groups = [PhaseGroup(phase, [e for e in entries if e.phase == phase]) for phase in Phase]
    return [group for group in groups if group.entries]


FIRST_ANSWER, SECOND_THOUGHTS = "before-i-go", "first-answer-again"  # the second looks back


def first_answer(entry: Entry) -> Entry | None:
    """What the author wrote under “Before I go” of this visit, for the entry that looks back."""
    if entry.trip_member_id is None or entry.prompt is None or entry.prompt.key != SECOND_THOUGHTS:
        return None
    words = own_words(entry.author, [entry.trip_member_id])
    return words.get((entry.trip_member_id, FIRST_ANSWER))


def own_words(user: User, members: Iterable[int]) -> dict[tuple[int, str], Entry]:
    """By part in a visit and prompt: the newest answer with words to those two. One query."""
    entries = (
        Entry.objects.for_author(user)
        .filter(trip_member__in=members, words__gt=0)
        .filter(prompt__key__in=[FIRST_ANSWER, SECOND_THOUGHTS])
        .select_related("prompt")
        .order_by("saved_at", "pk")
    )
    return {(entry.trip_member_id, entry.prompt.key): entry for entry in entries}  # type: ignore[misc, union-attr]
