"""News for a person: told once, shown in the product, mailed when its hour comes."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise

from .models import Notice, User

Words = str | Promise

# News older than this is not mailed any more: an outage must not end in a flood of old mails,
# and an address that refuses mail is not tried for ever.
STALE = timedelta(days=3)
AT_ONCE = 200
MAIL_WAITS = timedelta(minutes=10)  # so that what is undone at once is no news

log = logging.getLogger(__name__)


@transaction.atomic
def notify(
    user: User,
    kind: str,
    key: str,
    subject: Words,
    body: Words,
    url: str,
    at: datetime,
    mail_at: datetime | None = None,
) -> Notice:
    """Tell a person one thing once. The same `key` again changes nothing.

    `subject` and `body` may be lazy: they are put into the reader's language here. They never
    quote an entry or feedback: mail is read over shoulders. `url` is a path of ours. Without
    `mail_at` nothing is mailed. A notice that was withdrawn before it was read comes back.
    """
    with translation.override(user.language):
        words = {"subject": str(subject)[:160], "body": str(body)}
    notice, made = Notice.objects.select_for_update().get_or_create(
        key=key,
        defaults={
            "user": user,
            "kind": kind,
            "url": url,
            "created_at": at,
            "mail_at": mail_at,
            **words,
        },
    )
    if not made and notice.withdrawn_at and notice.read_at is None:
        notice.withdrawn_at, notice.created_at, notice.mail_at = None, at, mail_at
        notice.save(update_fields=["withdrawn_at", "created_at", "mail_at"])
    return notice


def withdraw(key: str, *, at: datetime | None = None) -> None:
    """Take a notice back, as far as nobody has opened it. Unknown keys are fine."""
    Notice.objects.filter(key=key, read_at=None, withdrawn_at=None).update(
        withdrawn_at=at or timezone.now()
    )


def mark_read(notice: Notice, *, at: datetime) -> None:
    """The person opened it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def mark_all_read(user: User, *, at: datetime) -> None:
    """Everything that is shown to this person is read."""
    Notice.objects.shown_to(user).unread().update(read_at=at)


def send_due(at: datetime) -> None:
    """Mail what is due. Sent first, marked second: a crash in between mails one notice twice."""
    due = (
        Notice.objects.to_mail(at)
        .filter(mail_at__gt=at - STALE, user__is_active=True)
        .select_related("user")
        .order_by("mail_at")
    )
    for notice in due[:AT_ONCE]:
        row = Notice.objects.filter(pk=notice.pk)
        try:
            letter(notice).send()
        except (SMTPRecipientsRefused, SMTPDataError, ValueError):
            log.exception("notice %s is not mailed: the address or the text", notice.public_id)
            row.update(mail_at=None)
        except OSError:
            log.exception("mails wait: the mail server does not answer")
            return
        else:
            row.update(mailed_at=at)


def letter(notice: Notice) -> EmailMessage:
    """The mail of a notice: subject, one sentence, one link."""
    user = notice.user
    with translation.override(user.language):
        body = render_to_string(
            "people/mail/notice.txt",
            {"notice": notice, "user": user, "base_url": settings.BASE_URL},
        )
    return EmailMessage(subject=notice.subject, body=body, to=[user.email])
