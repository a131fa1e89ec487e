"""What readers report on a lesson: sent, taken back, settled. The only writer of these rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.notices import MAIL_WAITS, notify, withdraw
from publishing.models import Edition
from writing.guard import Finding, check

from .editors import editors_behind
from .models import LessonReport, ModulePage
from .reading import read_edition

State = LessonReport.State

LONGEST_PASSAGE = 1_000
LONGEST_WORDS = 4_000
MOST_A_DAY = 20
DAY = timedelta(days=1)


class TooMany(Exception):
    """This person has reported enough for one day."""


class AlreadySettled(Exception):
    """Somebody has answered it; what they wrote stands."""


class NotMended(Exception):
    """No edition was published since the one that was read."""


@dataclass(frozen=True)
class Said:
    """What the reader's form says."""

    token: UUID
    kind: str
    words: str
    passage: str = ""


@transaction.atomic
def send_report(user: User, edition: Edition, said: Said, *, at: datetime) -> LessonReport:
    """Keep a report and tell those who can answer it. The same token again finds the first.

    TooMany after MOST_A_DAY; nothing is kept then.
    """
    User.objects.select_for_update().get(pk=user.pk)
    found = LessonReport.objects.filter(token=said.token).first()
    if found and found.is_from(user):
        return found
    if LessonReport.objects.sent_by(user).filter(at__gt=at - DAY).count() >= MOST_A_DAY:
        raise TooMany
    report = LessonReport.objects.create(
        token=uuid4() if found else said.token,
        reporter=user,
        edition=edition,
        kind=said.kind,
        passage=said.passage,
        words=said.words,
        at=at,
    )
    for editor in editors_of(report, at=at):
        notify(
            editor,
            "report",
            key_for(report, editor),
            format_lazy(_("A reader reports something on “{title}”"), title=edition.title),
            _("Read it, and answer in words. The reader is told when you do."),
            address_of_report(report),
            at,
            at + MAIL_WAITS,
        )
    return report


def editors_of(report: LessonReport, *, at: datetime) -> list[User]:
    """Who can answer it today, without whoever sent it."""
    module = ModulePage.objects.parent_of(report.edition.page).get()
    return list(editors_behind(module, on=at.date()).exclude(pk=report.reporter_id))


def address_of_report(report: LessonReport) -> str:
    """Where it is read and answered."""
    return reverse("curriculum:report_detail", args=[report.public_id])


def key_for(report: LessonReport, editor: User) -> str:
    """One report, one notice to each."""
    return f"report:{report.public_id}:{editor.pk}"


@transaction.atomic
def take_back_report(report: LessonReport, *, at: datetime) -> None:
    """The reader thinks better of it: row and unread notices go. AlreadySettled if answered."""
    row = LessonReport.objects.select_for_update().get(pk=report.pk)
    if not row.is_open:
        raise AlreadySettled
    withdraw_notices(row, at)
    row.delete()


def withdraw_notices(report: LessonReport, at: datetime) -> None:
    """Nobody needs to answer it any more."""
    for editor in editors_of(report, at=at):
        withdraw(key_for(report, editor), at=at)


@transaction.atomic
def settle_report(
    report: LessonReport, *, by: User, state: str, answer: str, at: datetime
) -> LessonReport:
    """Answer in words and close it; the reader is told once. The same answer again changes nothing.

    AlreadySettled if another answer stands, NotMended if no later edition is there to point at.
    """
    row = LessonReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not row.is_open:
        if (row.state, row.answer, row.settled_by_id) == (state, answer, by.pk):
            return row
        raise AlreadySettled
    row.mended_in = latest_since(row) if state == State.MENDED else None
    if state == State.MENDED and row.mended_in is None:
        raise NotMended
    row.state, row.answer, row.settled_by, row.settled_at = state, answer, by, at
    row.save(update_fields=["state", "answer", "mended_in", "settled_by", "settled_at"])
    withdraw_notices(row, at)
    if row.reporter_id != by.pk:
        tell_reporter(row, at)
    return row


def latest_since(report: LessonReport) -> Edition | None:
    """The newest edition of the page, if it is later than the one that was read."""
    later = Edition.objects.filter(page_id=report.edition.page_id, number__gt=report.edition.number)
    return later.light().order_by("-number").first()


def tell_reporter(report: LessonReport, at: datetime) -> None:
    """One notice; it quotes neither the report nor the answer."""
    notify(
        report.reporter,
        "report-settled",
        f"report-settled:{report.public_id}",
        format_lazy(_("What you reported on “{title}” is answered"), title=report.edition.title),
        _("Read what became of it."),
        address_of_report(report),
        at,
        at + MAIL_WAITS,
    )


def marks_in(edition: Edition, *texts: str) -> list[Finding]:
    """What could point to a patient. Names that stand in the lesson itself are not marked."""
    lesson = unescape(strip_tags(read_edition(edition).body))
    found = [finding for text in texts for finding in check(text)]
    unlike = {finding.fingerprint: finding for finding in found if finding.text not in lesson}
    return list(unlike.values())
