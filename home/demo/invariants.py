"""What must hold between the rows of the demo, whatever was written into its files.

`faults()` says in sentences what does not. An empty list is a sound demo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from curriculum.models import LessonCompletion, LessonReport, ModuleCompletion
from curriculum.reporting import marks_in
from partnerships.models import TripMember
from pathways.models import Certificate
from people.models import Acceptance, Notice, Role, User
from people.workflow import EDITORS
from publishing.models import Edition
from reflections.findings import open_findings
from reflections.models import Assessment, Entry, EntryVersion, Reading, Remark, Review
from reflections.models import ReviewRequest as Request
from reflections.waves import window

HANDFUL = 5  # mails
WAITING = [Entry.Status.SUBMITTED, Entry.Status.IN_REVIEW]


def faults(at: datetime) -> list[str]:
    """Every sentence of every rule."""
    return [sentence for rule in RULES for sentence in rule(at)]


def reviews_have_words(at: datetime) -> Iterator[str]:
    """Nobody is told of an answer that is not there."""
    for row in Review.objects.filter(status__in=Review.HANDED_OVER):
        if not row.feedback.strip():
            yield f"Review {row.public_id} was handed over without words."
        if row.released_at is None or row.released_at > at:
            yield f"Review {row.public_id} was handed over in the future."


def versions_belong_together(at: datetime) -> Iterator[str]:
    """Requests, reviews and readings are about the entry that they hang on."""
    for request in Request.objects.exclude(version__entry=F("entry")):
        yield f"Request {request.public_id} asks for the version of another entry."
    for review in Review.objects.exclude(version__entry=F("request__entry")):
        yield f"Review {review.public_id} answers the version of another entry."
    asked = set(Request.objects.values_list("entry", "reviewer"))
    for reading in Reading.objects.select_related("version"):
        if (reading.version.entry_id, reading.reader_id) not in asked:
            yield f"Reading {reading.pk} is by somebody who was not asked."


def statuses_agree(at: datetime) -> Iterator[str]:
    """What an entry says of itself is what its requests and reviews say."""
    for entry in Entry.objects.prefetch_related("requests"):
        states = {request.state for request in entry.requests.all()}
        name = f"Entry {entry.public_id}"
        if entry.status in WAITING and Request.State.OPEN not in states:
            yield f"{name} waits, and nobody is asked."
        if entry.status == Entry.Status.RELEASED and Request.State.ANSWERED not in states:
            yield f"{name} counts as answered, and nobody has answered."
        if entry.status == Entry.Status.RETURNED and Request.State.RETURNED not in states:
            yield f"{name} counts as returned, and nobody has returned it."
        if entry.status == Entry.Status.KEPT and (states or not entry.is_private):
            yield f"{name} is kept for its author, and somebody was asked."
    for review in Review.objects.filter(status=Review.Status.DRAFT).select_related("request"):
        if review.request.state != Request.State.OPEN:
            yield f"Review {review.public_id} is a draft to a request that is closed."


def readers_were_chosen(at: datetime) -> Iterator[str]:
    """Everybody who is asked belongs to the author's side or to the visit."""
    for request in Request.objects.select_related("entry__trip_member__trip__partnership"):
        member = request.entry.trip_member
        if member is None:
            continue
        sides = [place.pk for place in member.trip.partnership.sides]
        held = request.reviewer.memberships.filter(institution__in=sides)
        if not held.exists() or request.reviewer_id == request.entry.author_id:
            yield f"Request {request.public_id} crosses to somebody outside of the partnership."


def answers_lie_in_their_windows(at: datetime) -> Iterator[str]:
    """Before: until the departure. After: from the return on."""
    for row in Assessment.objects.select_related("trip_member__user", "instrument"):
        member, submitted = row.trip_member, row.submitted_at
        days = window(member, row.wave)
        for hour in [row.started_at, *([submitted] if submitted else [])]:
            day = member.local_day(hour)
            if day > days.closes or (days.opens and day < days.opens) or hour > at:
                yield f"Answers {row.public_id} were given outside of their window."
        if submitted and len(row.answers) != row.instrument.items.count():
            yield f"Answers {row.public_id} were handed in unfinished."
        if row.started_at < row.instrument.published_at:
            yield f"Answers {row.public_id} are older than their questions."


def parts_are_worn_rightly(at: datetime) -> Iterator[str]:
    """Visitors come from the visiting side, hosts from the host; both were members then."""
    for member in TripMember.objects.with_trip().select_related("membership"):
        trip, worn = member.trip, member.membership
        home = trip.host if member.is_host else trip.visiting
        if worn.institution_id != home.pk or worn.user_id != member.user_id:
            yield f"{member} wears a membership of somewhere else."
        if worn.since > member.departs:
            yield f"{member} came to {home} after the visit had begun."


def lessons_were_there(at: datetime) -> Iterator[str]:
    """A lesson is completed after it was published, before the visit, and not in the future."""
    for row in LessonCompletion.objects.select_related("edition"):
        if not row.edition.published_at <= row.at <= at:
            yield f"Lesson completion {row.pk} lies outside of its edition's life."
    if ModuleCompletion.objects.filter(at__gt=at).exists():
        yield "A module is completed in the future."
    if Edition.objects.filter(published_at__gt=at).exists():
        yield "An edition is published in the future."


def reports_run_forward(at: datetime) -> Iterator[str]:
    """A lesson is published, reported on and answered in this order; nobody is pointed at."""
    for row in LessonReport.objects.select_related("edition"):
        hours = [row.edition.published_at, row.at, row.settled_at or row.at]
        if hours != sorted(hours) or hours[-1] > at:
            yield f"Report {row.public_id} runs backward."
        if row.settled_by_id == row.reporter_id:
            yield f"Report {row.public_id} was answered by its reader."
        for finding in marks_in(row.edition, row.words, row.passage):
            yield f"Report {row.public_id}: the guard marks “{finding.text}”."


def completions_are_certified(at: datetime) -> Iterator[str]:
    """Every completed module has one certificate, of its day."""
    for row in ModuleCompletion.objects.annotate(n=Count("certificates")).exclude(n=1):
        yield f"Module completion {row.pk} has {row.n} certificates."
    for certificate in Certificate.objects.filter(issued_at__gt=at):
        yield f"Certificate {certificate} is given in the future."


def texts_were_accepted_first(at: datetime) -> Iterator[str]:
    """Nobody wrote before the terms, and nobody accepted what was not published."""
    if Acceptance.objects.filter(accepted_at__lt=F("policy__published_at")).exists():
        yield "A policy was accepted before it was published."
    for entry in Entry.objects.exclude(
        pk__in=Entry.objects.filter(author__acceptances__accepted_at__lt=F("started_at"))
    ):
        yield f"Entry {entry.public_id} was begun before its author accepted anything."


def hours_run_forward(at: datetime) -> Iterator[str]:
    """Begun, saved, sent, read, answered, opened, talked about: in this order and until now."""
    for entry in Entry.objects.filter(Q(saved_at__gt=at) | Q(started_at__gt=F("saved_at"))):
        yield f"Entry {entry.public_id} runs backward."
    for version in EntryVersion.objects.filter(made_at__lt=F("entry__started_at")):
        yield f"Version {version} is older than its entry."
    for review in Review.objects.filter(
        Q(saved_at__lt=F("version__made_at"))
        | Q(opened_at__lt=F("released_at"))
        | Q(released_at__lt=F("saved_at"))
    ):
        yield f"Review {review.public_id} runs backward."
    for remark in Remark.objects.filter(Q(at__gt=at) | Q(at__lt=F("request__version__made_at"))):
        yield f"Remark {remark} runs backward."


def nothing_points_to_somebody(at: datetime) -> Iterator[str]:
    """What the guard marks is explained, in entries for nobody else too."""
    for entry in Entry.objects.select_related("trip_member__trip__host"):
        for finding in open_findings(entry):
            yield f"Entry {entry.public_id}: the guard marks “{finding.text}”."


def old_news_is_read(at: datetime) -> Iterator[str]:
    """A fresh demo mails a handful at most."""
    due = Notice.objects.filter(mailed_at=None, read_at=None, withdrawn_at=None)
    if due.exclude(mail_at=None).count() > HANDFUL:
        yield "More than a handful of mails would go out."
    if due.filter(created_at__lt=at - timedelta(days=2)).exists():
        yield "Old news has not been read."
    old = at - timedelta(days=2)
    if Remark.objects.filter(read_at=None, at__lt=old).exists():
        yield "Something was said long ago, and the other side has not read it."
    if Review.objects.filter(opened_at=None, released_at__lt=old).exists():
        yield "An old answer was never opened."


def editors_have_their_group(at: datetime) -> Iterator[str]:
    """Wagtail's groups follow the roles."""
    editors = User.objects.filter(memberships__role=Role.EDITOR)
    for user in editors.exclude(groups__name__startswith=EDITORS):
        yield f"{user} edits, and is in no group of editors."


RULES: list[Callable[[datetime], Iterator[str]]] = [
    reviews_have_words,
    versions_belong_together,
    statuses_agree,
    readers_were_chosen,
    answers_lie_in_their_windows,
    parts_are_worn_rightly,
    lessons_were_there,
    reports_run_forward,
    completions_are_certified,
    texts_were_accepted_first,
    hours_run_forward,
    nothing_points_to_somebody,
    old_news_is_read,
    editors_have_their_group,
]
