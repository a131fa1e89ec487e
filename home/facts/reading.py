"""What is known about somebody who reads and answers, and about somebody who receives visitors."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from partnerships.models import Trip, TripMember
from people.models import Supervision, User
from reflections.desk import MOST_COUNTED, answered_by, count_waiting, queue_page
from reflections.models import Review, ReviewRequest

from ..next_step import HostFacts, ReviewerFacts
from ..next_step.step import Thing


def asked(request: ReviewRequest) -> Thing:
    """An entry on the desk."""
    return Thing(request.entry.title, reverse("reflections:desk_entry", args=[request.public_id]))


def reviewer_facts(user: User, *, at: datetime) -> ReviewerFacts:
    """The desk in five queries, none of which reads more of the queue than its first page."""
    queue = queue_page(user)
    waiting = list(queue.requests)
    begun = set(
        Review.objects.filter(
            request__in=[request.pk for request in waiting], status=Review.Status.DRAFT
        )
        .exclude(feedback="")
        .values_list("request", flat=True)
    )
    replied = answered_by(user).news().select_related("entry").only("public_id", "entry__title")
    number = count_waiting(user, queue)
    fresh = [r for r in waiting if r.rounds == 1 and r.pk not in begun]
    return ReviewerFacts(
        waiting=number,
        most_counted=MOST_COUNTED if number > MOST_COUNTED else None,
        oldest_days=(at - waiting[0].since).days if waiting else 0,
        oldest=asked(fresh[0]) if fresh else None,
        drafts=[asked(r) for r in waiting if r.pk in begun],
        replies=[asked(r) for r in replied[:5]],
        resubmitted=[asked(r) for r in waiting if r.rounds > 1 and r.pk not in begun],
        learners=Supervision.objects.filter(supervisor=user).valid(at.date()).count(),
    )


def host_facts(user: User, parts: list[TripMember], *, at: datetime, has_desk: bool) -> HostFacts:
    """The visits somebody receives; entries shared with them unless the desk tells of these."""
    trips = [part.trip for part in parts if part.is_host]
    coming = next((t for t in trips if t.phase(at) == "before"), None)
    desk = ReviewerFacts() if has_desk else reviewer_facts(user, at=at)
    return HostFacts(
        on=coming.host_day(at) if coming else timezone.localdate(),
        arriving=visit(coming) if coming else None,
        arrives_on=coming.starts if coming else None,
        here=[visit(t) for t in trips if t.phase(at) == "under_way"],
        shared=desk.waiting,
        oldest_shared=desk.oldest,
        replies=desk.replies,
        drafts=desk.drafts,
        past=sum(t.phase(at) == "over" for t in trips),
    )


def visit(trip: Trip) -> Thing:
    """A trip by its purpose."""
    return Thing(trip.purpose, reverse("partnerships:trip_detail", args=[trip.public_id]))
