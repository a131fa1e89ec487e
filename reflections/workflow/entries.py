"""An entry's way: begun, saved, sent, taken back, kept, thrown away. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.models import TripMember
from people.models import User
from people.notices import MAIL_WAITS, notify, withdraw
from writing.limits import clean_text, is_too_long
from writing.markdown import count_words

from ..events import entry_submitted
from ..findings import open_findings
from ..models import Entry, EntryVersion, Phase, Prompt, ReviewRequest
from ..readers import readers_of


class TooLong(Exception):
    """More than an entry may hold."""


class NotWritable(Exception):
    """The entry is with its readers, or answered."""


class StillMarked(Exception):
    """Words that could point to somebody are neither made general nor kept with a reason."""


class NobodyReads(Exception):
    """The chosen readers are nobody today."""


class Empty(Exception):
    """There are no words to send."""


@dataclass(frozen=True)
class Readers:
    """Who may read: any of the three; none means only the author."""

    mentor: bool = False
    reviewers: bool = False
    hosts: bool = False


@dataclass(frozen=True)
class Saved:
    """What a save did. `other` holds the text that met a newer one; nothing was overwritten."""

    entry: Entry
    other: EntryVersion | None = None


def locked(entry: Entry) -> Entry:
    """The row, held until the transaction ends."""
    return Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


@transaction.atomic
def start_entry(
    author: User,
    *,
    public_id: UUID,
    member: TripMember | None,
    prompt: Prompt | None,
    phase: str,
    readers: Readers,
    title: str,
    at: datetime,
) -> Entry:
    """Open a draft that keeps the question as it reads today. The same id again finds it.

    Another person's id is refused: Entry.DoesNotExist.
    """
    entry, _made = Entry.objects.get_or_create(
        public_id=public_id,
        defaults={
            "author": author,
            "trip_member": member,
            "prompt": prompt,
            "prompt_text": prompt.text if prompt else "",
            "title": title,
            "phase": phase if phase in Phase.values else Phase.DURING,
            "for_mentor": readers.mentor,
            "for_reviewers": readers.reviewers,
            "for_hosts": readers.hosts,
            "started_at": at,
            "saved_at": at,
        },
    )
    if entry.author_id != author.pk:
        raise Entry.DoesNotExist
    return entry


@transaction.atomic
def save_entry(entry: Entry, *, body: str, base: int, at: datetime) -> Saved:
    """Keep a text that was written upon version `base`.

    The same text again changes nothing, also after it was sent. A text written upon an older
    version does not overwrite: it is kept as the second of two versions. TooLong and NotWritable
    leave everything as it was.
    """
    if is_too_long(body):
        raise TooLong
    text = clean_text(body)
    row = locked(entry)
    if text == row.body:
        return Saved(row)
    if not row.may_write:
        raise NotWritable
    if base != row.version:
        return Saved(row, keep_other(row, text, at))
    row.body, row.words = text, count_words(text)
    row.version += 1
    row.saved_at = at
    row.save(update_fields=["body", "words", "version", "saved_at"])
    return Saved(row)


def keep_other(row: Entry, text: str, at: datetime) -> EntryVersion:
    """The second version; the same text twice is one."""
    found = row.versions.filter(kind=EntryVersion.Kind.OTHER, settled_at=None, body=text).first()
    return found or add_version(row, EntryVersion.Kind.OTHER, text, at)


def add_version(row: Entry, kind: str, text: str, at: datetime) -> EntryVersion:
    """A kept copy with the next number."""
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    return row.versions.create(kind=kind, number=last + 1, body=text, made_at=at)


@transaction.atomic
def settle_versions(
    entry: Entry, other: EntryVersion, *, keep: str, body: str = "", at: datetime
) -> Entry:
    """The author chooses: `mine` (the other text), `theirs` (what stands), `both` or `merged`.

    What is not kept stays in the history. Settling twice changes nothing. NotWritable once the
    entry is with its readers: what they read is what was sent.
    """
    row = locked(entry)
    found = row.versions.select_for_update().get(pk=other.pk)
    if found.settled_at:
        return row
    if not row.may_write:
        raise NotWritable
    texts = {
        "mine": found.body,
        "theirs": row.body,
        "both": f"{row.body}\n\n{found.body}",
        "merged": clean_text(body),
    }
    if is_too_long(texts[keep]):
        raise TooLong
    if texts[keep] != row.body:
        add_version(row, EntryVersion.Kind.REPLACED, row.body, at)
        row.body, row.words = texts[keep], count_words(texts[keep])
        row.version += 1
        row.saved_at = at
        row.save(update_fields=["body", "words", "version", "saved_at"])
    found.settled_at = at
    found.save(update_fields=["settled_at"])
    return row


@transaction.atomic
def keep_finding(entry: Entry, fingerprint: str, reason: str) -> None:
    """The author keeps a marked word and says why."""
    row = locked(entry)
    row.kept_findings = row.kept_findings | {fingerprint: reason[:250]}
    row.save(update_fields=["kept_findings"])


@transaction.atomic
def submit_entry(entry: Entry, *, at: datetime) -> Entry:
    """Hand the text to its readers, or keep it if there are none. Twice sends once."""
    row = locked(entry)
    if not row.may_write:
        return row
    if not row.body.strip():
        raise Empty
    if row.is_private:
        row.status = Entry.Status.KEPT
        row.save(update_fields=["status"])
        return row
    if open_findings(row):
        raise StillMarked
    readers = readers_of(row, at.date())
    if not readers:
        raise NobodyReads
    version = add_version(row, EntryVersion.Kind.SUBMISSION, row.body, at)
    row.status, row.sent_at = Entry.Status.SUBMITTED, at
    row.save(update_fields=["status", "sent_at"])
    for reader in readers:
        ask(row, version, reader.user, reader.right, at)
    entry_submitted.send(sender=Entry, entry=row, at=at)
    return row


def ask(row: Entry, version: EntryVersion, reviewer: User, right: str, at: datetime) -> None:
    """Open a request, or open the old one again for the new version, and tell the reviewer."""
    request, made = ReviewRequest.objects.select_for_update().get_or_create(
        entry=row,
        reviewer=reviewer,
        defaults={"version": version, "right": right, "since": at},
    )
    if not made:
        again = request.state == ReviewRequest.State.RETURNED
        request.version, request.right, request.since = version, right, at
        request.state = ReviewRequest.State.OPEN
        request.rounds += again
        request.save(update_fields=["version", "right", "since", "state", "rounds"])
    notify(
        reviewer,
        "entry-waits",
        f"entry-waits:{request.public_id}:{version.number}",
        _("An entry waits for you"),
        _("Its author chose you as a reader. Four minutes are enough for a good answer."),
        reverse("reflections:desk_entry", args=[request.public_id]),
        at,
        at + MAIL_WAITS,
    )


@transaction.atomic
def take_back(entry: Entry, *, at: datetime) -> bool:
    """Make it a draft again while nobody has opened it; False where somebody has."""
    row = locked(entry)
    if row.status == Entry.Status.DRAFT:
        return True
    if row.status != Entry.Status.SUBMITTED:
        return False
    for request in row.requests.select_for_update():
        if request.version.readings.filter(reader=request.reviewer_id).exists():
            return False
    for request in row.requests.all():
        withdraw(f"entry-waits:{request.public_id}:{request.version.number}", at=at)
    row.requests.update(state=ReviewRequest.State.WITHDRAWN)
    row.status = Entry.Status.DRAFT
    row.save(update_fields=["status"])
    return True


@transaction.atomic
def reopen_entry(entry: Entry) -> None:
    """Write on in an entry that was kept for oneself."""
    row = locked(entry)
    if row.status == Entry.Status.KEPT:
        row.status = Entry.Status.DRAFT
        row.save(update_fields=["status"])


@transaction.atomic
def change_readers(entry: Entry, readers: Readers, *, at: datetime) -> Entry:
    """The author adds or removes readers. Removing ends access; a released answer stays.

    Without readers an unanswered entry becomes the author's own again.
    """
    row = locked(entry)
    row.for_mentor, row.for_reviewers, row.for_hosts = (
        readers.mentor,
        readers.reviewers,
        readers.hosts,
    )
    still = {reader.user.pk for reader in readers_of(row, at.date())}
    gone = row.requests.exclude(reviewer__in=still).filter(state=ReviewRequest.State.OPEN)
    for request in gone.select_related("version"):
        withdraw(f"entry-waits:{request.public_id}:{request.version.number}", at=at)
    gone.update(state=ReviewRequest.State.WITHDRAWN)
    if row.status in {Entry.Status.SUBMITTED, Entry.Status.IN_REVIEW}:
        ask_new_readers(row, at)
        if not row.requests.exclude(state=ReviewRequest.State.WITHDRAWN).exists():
            row.status = Entry.Status.KEPT if row.is_private else Entry.Status.DRAFT
    row.save(update_fields=["for_mentor", "for_reviewers", "for_hosts", "status"])
    return row


def ask_new_readers(row: Entry, at: datetime) -> None:
    """Readers who were added after the entry was sent get what was sent last."""
    version = row.versions.filter(kind=EntryVersion.Kind.SUBMISSION).order_by("-number").first()
    known = set(
        row.requests.exclude(state=ReviewRequest.State.WITHDRAWN).values_list(
            "reviewer_id", flat=True
        )
    )
    for reader in readers_of(row, at.date()):
        if version and reader.user.pk not in known:
            ask(row, version, reader.user, reader.right, at)


@transaction.atomic
def discard_entry(entry: Entry) -> bool:
    """Delete a draft that nobody was ever asked to read; False for anything else."""
    row = locked(entry)
    if row.status not in {Entry.Status.DRAFT, Entry.Status.KEPT} or row.requests.exists():
        return False
    row.delete()
    return True
