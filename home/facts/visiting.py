"""What is known about somebody who visits."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from partnerships.models import TripMember
from pathways.standing import VisitStanding, standing_of
from people.models import User
from reflections.journal import journal_of
from reflections.models import Entry

from ..next_step import ResidentFacts, VisitFacts
from ..next_step.step import Thing


def parts_of(user: User) -> list[TripMember]:
    """The person's parts in visits that stand, as visitor or as host."""
    return list(TripMember.objects.for_user(user).standing().with_trip().order_by("trip__starts"))


def visits_of(parts: list[TripMember], *, at: datetime) -> list[VisitStanding]:
    """Where the person stands on each visit they take part in as a visitor."""
    return standing_of(parts, at=at)


def resident_facts(user: User, visits: list[VisitStanding], *, on: date) -> ResidentFacts:
    """Facts from the visits and from the journal. One query."""
    entries = list(
        journal_of(user)
        .filter(Q(has_feedback=True) | Q(has_two=True) | Q(status__in=Entry.WRITABLE))
        .order_by("saved_at")[:40]
    )
    modules = visits[0].modules if visits else []
    upcoming = next((m.next_lesson for m in modules if m.next_lesson), None)
    write = reverse("reflections:new_entry")
    return ResidentFacts(
        on=on,
        visits=[visit_facts(visit) for visit in visits],
        two_versions=[thing(e) for e in entries if e.has_two],  # type: ignore[attr-defined]
        returned=[answered(e) for e in entries if e.status == Entry.Status.RETURNED],
        feedback=[
            answered(e)
            for e in entries
            if e.has_feedback and e.status != Entry.Status.RETURNED  # type: ignore[attr-defined]
        ],
        drafts=[thing(e) for e in entries if e.status == Entry.Status.DRAFT],
        lessons_left=sum(m.total - m.done for m in modules),
        minutes_left=sum(m.minutes_left for m in modules),
        next_lesson=Thing(upcoming.title, upcoming.url, upcoming.minutes) if upcoming else None,
        changed_lessons=[
            Thing(lesson.title, lesson.url, lesson.minutes)
            for module in modules
            for lesson in module.changed
            if lesson.is_done
        ],
        before_url=f"{write}?prompt=before-i-go",
        week_url=write,
        after_url=f"{write}?prompt=first-answer-again",
    )


def thing(entry: Entry) -> Thing:
    """An entry where it is written."""
    return Thing(entry.title, reverse("reflections:write", args=[entry.public_id]))


def answered(entry: Entry) -> Thing:
    """An entry where the answer to it is read."""
    return Thing(entry.title, reverse("reflections:entry", args=[entry.public_id]))


def visit_facts(visit: VisitStanding) -> VisitFacts:
    """One visit as the rules want it."""
    member = visit.member
    return VisitFacts(
        title=member.trip.host.short_name,
        phase=visit.phase,
        departs=member.departs,
        returns=member.returns,
        pre=visit.pre.state if visit.pre else "later",
        post=visit.post.state if visit.post else "later",
        pre_url=reverse("reflections:assessment", args=[member.public_id, "pre"]),
        post_url=reverse("reflections:assessment", args=[member.public_id, "post"]),
        post_closes=visit.post.window.closes if visit.post else None,
        wrote_before=visit.has_written("before-i-go"),
        wrote_this_week=visit.wrote_this_week,
        wrote_after=visit.has_written("first-answer-again"),
    )
