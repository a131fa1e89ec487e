"""Entries, their kept versions, who opened which, who is asked to read, and their talk."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import TripMember
from people.models import Membership, Role, Supervision, User

from .prompt import Phase, Prompt


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries by who is asking. Coordinators, editors and administrators are not among them."""

    def visible_to(self, user: User) -> Self:
        """The author at any time; a reader whose request and right stand, for what was sent."""
        return self.filter(
            Q(author=user) | Q(pk__in=ReviewRequest.objects.readable_by(user).values("entry"))
        )

    def for_author(self, user: User) -> Self:
        """One person's own."""
        return self.filter(author=user)

    def with_visit(self) -> Self:
        """With the visit and the prompt fetched along."""
        return self.select_related("trip_member__trip__host", "prompt", "author")


class Entry(models.Model):
    """One text of one author. Who may read it is fixed before writing starts.

    draft -> kept                                       for only me
    draft -> submitted -> in_review -> returned | released      with readers
    returned -> submitted; submitted -> draft while nobody has opened it; kept -> draft
    (reflections.workflow is the only writer of `status`)
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        KEPT = "kept", _("Kept")
        SUBMITTED = "submitted", _("With reader")
        IN_REVIEW = "in_review", _("Being read")
        RETURNED = "returned", _("Returned for another look")
        RELEASED = "released", _("Answered")

    WRITABLE = [Status.DRAFT, Status.RETURNED]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="entries")
    trip_member = models.ForeignKey(
        TripMember, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    phase = models.CharField(max_length=8, choices=Phase)
    prompt = models.ForeignKey(
        Prompt, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    title = models.CharField(max_length=80)
    prompt_text = models.TextField(blank=True)
    for_mentor = models.BooleanField(default=False)
    for_reviewers = models.BooleanField(default=False)
    for_hosts = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    kept_findings = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            # An entry for nobody but its author has nobody to wait for.
            models.CheckConstraint(
                name="entry_sent_has_readers",
                condition=Q(status__in=["draft", "kept", "released", "returned"])
                | Q(for_mentor=True)
                | Q(for_reviewers=True)
                | Q(for_hosts=True),
            ),
            # What waits with a reader has words and a date.
            models.CheckConstraint(
                name="entry_sent_has_words_and_date",
                condition=~Q(status__in=["submitted", "in_review"])
                | (Q(sent_at__isnull=False) & ~Q(body="")),
            ),
        ]
        indexes = [
            # Reader: the journal, newest first.
            models.Index(fields=["author", "-saved_at"], name="entry_of_author"),
            # Reader: the tabs of the journal, counted without touching a text.
            models.Index(
                fields=["author", "status", "words", "for_mentor", "for_reviewers", "for_hosts"],
                name="entry_counts",
            ),
            # Reader: where visitors stand on their pathway, without touching a text.
            models.Index(
                fields=["trip_member", "prompt", "saved_at"],
                condition=~Q(status="draft"),
                name="entry_of_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"

    @property
    def is_private(self) -> bool:
        """Whether only the author reads it."""
        return not (self.for_mentor or self.for_reviewers or self.for_hosts)

    @property
    def may_write(self) -> bool:
        """Whether the author can change the text now."""
        return self.status in self.WRITABLE


class EntryVersion(models.Model):
    """A kept copy of the text: each submission, and each text that met a newer one.

    A copy of kind `other` is the second of two versions until the author has chosen.
    """

    class Kind(models.TextChoices):
        SUBMISSION = "submission", _("sent")
        OTHER = "other", _("second version")
        REPLACED = "replaced", _("replaced by choice")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    body = models.TextField()
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_number_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.number}"


class Reading(models.Model):
    """Somebody opened a version. The one write that a page view makes; never changed."""

    class Right(models.TextChoices):
        MENTOR = "mentor", _("as mentor")
        REVIEWER = "reviewer", _("as reviewer")
        HOST = "host", _("as host supervisor")

    version = models.ForeignKey(EntryVersion, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="readings"
    )
    right = models.CharField(max_length=10, choices=Right)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            # The first opening counts; reading on is not a second event.
            models.UniqueConstraint(fields=["version", "reader"], name="reading_already_noted"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d %H:%M}"


def unread_reply() -> Exists:
    """Whether the other side of a request said something that its reviewer has not opened."""
    unread = Remark.objects.filter(request=OuterRef("pk"), read_at=None)
    return Exists(unread.exclude(author=OuterRef("reviewer")))


def right_of(user: User) -> Q:
    """Whether a request rests on a right that its author grants and the person holds today.

    A role, a supervision or a part in the visit that has ended opens no entry any more.
    """
    today = timezone.now().date()
    author = OuterRef("entry__author")
    mentor = Supervision.objects.valid(today).filter(supervisor=user, learner=author)
    reviewer = (
        Membership.objects.for_user(user)
        .valid(today)
        .filter(role=Role.REVIEWER, institution__memberships__user=author)
        .filter(Q(programme=None) | Q(programme__memberships__user=author))
    )
    host = TripMember.objects.filter(
        user=user,
        part__in=TripMember.HOST_PARTS,
        withdrawn_on=None,
        trip__members=OuterRef("entry__trip_member"),
    )
    return ~Q(state=ReviewRequest.State.WITHDRAWN) & (
        Q(Exists(mentor), entry__for_mentor=True)
        | Q(Exists(reviewer), entry__for_reviewers=True)
        | Q(Exists(host), entry__for_hosts=True)
    )


class ReviewRequestQuerySet(models.QuerySet["ReviewRequest"]):
    """Requests by reviewer and state."""

    def readable_by(self, user: User) -> Self:
        """Requests that open the text to this person today."""
        return self.filter(right_of(user), reviewer=user)

    def for_reader(self, user: User) -> Self:
        """The same, and those this person has answered: one's own answer stays one's own."""
        answered = ReviewRequest.objects.filter(
            pk=OuterRef("pk"), reviews__released_at__isnull=False
        )
        return self.filter(right_of(user) | Exists(answered), reviewer=user)

    def talks_of(self, user: User) -> Self:
        """Those in which the person has a voice: as author, or as reader."""
        mine = ReviewRequest.objects.for_reader(user).values("pk")
        return self.filter(Q(entry__author=user) | Q(pk__in=mine))

    def with_right(self, user: User) -> Self:
        """Marked where the text is open to this person today."""
        return self.annotate(may_read=ExpressionWrapper(right_of(user), models.BooleanField()))

    def waiting(self) -> Self:
        """Nobody has answered them yet, and the author waits."""
        return self.filter(state=ReviewRequest.State.OPEN)

    def handled(self) -> Self:
        """The reviewer has answered them or sent them back. As the index says it, word by word."""
        return self.exclude(state=ReviewRequest.State.OPEN).exclude(
            state=ReviewRequest.State.WITHDRAWN
        )

    def with_news(self) -> Self:
        """Marked where the author has replied and the reviewer has not seen it."""
        return self.annotate(has_news=unread_reply())

    def news(self) -> Self:
        """Only those where the author has replied and the reviewer has not seen it."""
        return self.filter(unread_reply())

    def with_entry(self) -> Self:
        """With entry, author and the version to read fetched along."""
        return self.select_related("entry__author", "version", "reviewer")


class ReviewRequest(models.Model):
    """One reviewer is asked to read one entry. Resubmitting opens the same request again.

    open -> returned -> open; open -> answered -> open (undone); open -> withdrawn
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits for you")
        RETURNED = "returned", _("With the author")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="requests")
    version = models.ForeignKey(EntryVersion, models.CASCADE, related_name="requests")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_requests"
    )
    right = models.CharField(max_length=10, choices=Reading.Right)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    since = models.DateTimeField()
    rounds = models.PositiveSmallIntegerField(default=1)
    has_news: bool  # set by with_news()
    may_read: bool  # set by with_right()

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            # One reader, one request: two would count the same wait twice.
            models.UniqueConstraint(
                fields=["entry", "reviewer"], name="review_request_already_made"
            ),
        ]
        indexes = [
            # Reader: the desk's queue, oldest waiting first, page by page.
            models.Index(
                fields=["reviewer", "since", "id"],
                condition=Q(state="open"),
                name="review_request_waiting",
            ),
            # Reader: what one has answered, on the desk and where an author wrote back. The queue
            # may be long; this is the short rest of it.
            models.Index(
                fields=["reviewer", "-since"],
                condition=~Q(state="open") & ~Q(state="withdrawn"),
                name="review_request_handled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"

    @property
    def has_rubric(self) -> bool:
        """Mentors answer with words alone."""
        return self.right != Reading.Right.MENTOR


class Remark(models.Model):
    """One turn of the talk between author and reviewer. `token` makes a double send harmless."""

    token = models.UUIDField(unique=True)
    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="remarks")
    body = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            # Silence is not a turn.
            models.CheckConstraint(name="remark_has_words", condition=~Q(body="")),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.at:%Y-%m-%d %H:%M}"
