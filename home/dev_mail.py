"""Reading the mails that the demo did not send. Exists only where settings.DEMO is on.

Open without sign-in, because a sign-in code comes by mail; everything in the demo is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
NEWEST_FILES = 50


@dataclass(frozen=True)
class Mail:
    """One mail out of a file, as the list and the page show it."""

    file: str
    number: int
    subject: str
    to: str
    sender: str
    text: str
    at: datetime


@dataclass(frozen=True)
class MailListPage:
    """The newest mails."""

    mails: list[Mail]


@dataclass(frozen=True)
class MailPage:
    """One mail."""

    mail: Mail


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 outside the demo, whatever the address configuration says."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: str | int) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **parts)

    return guarded


@login_not_required
@never_cache
@require_safe
@demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    """The newest mails, the last one first."""
    files = sorted(folder().glob("*.log"), key=written_at, reverse=True)
    mails = [mail for file in files[:NEWEST_FILES] for mail in reversed(read_mails(file))]
    return render(request, "home/dev_mail_list.html", {"page": MailListPage(mails)})


@login_not_required
@never_cache
@require_safe
@demo_only
def mail_detail(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """One mail as its reader would see it."""
    path = folder() / f"{file}.log"  # the address admits no dots or slashes
    mails = read_mails(path) if path.is_file() else []
    if number >= len(mails):
        raise Http404
    return render(request, "home/dev_mail_detail.html", {"page": MailPage(mails[number])})


def folder() -> Path:
    """Where the file backend of the demo puts mails."""
    return Path(str(getattr(settings, "EMAIL_FILE_PATH", "")))


def written_at(file: Path) -> float:
    """When the file was last written to."""
    return file.stat().st_mtime


def read_mails(file: Path) -> list[Mail]:
    """The mails of one file, the oldest first."""
    at = datetime.fromtimestamp(written_at(file), tz=timezone.get_current_timezone())
    parts = [part for part in file.read_bytes().split(SEPARATOR) if part.strip()]
    messages = [message_from_bytes(part, policy=policy.default) for part in parts]
    return [as_mail(file.stem, number, message, at) for number, message in enumerate(messages)]


def as_mail(file: str, number: int, message: EmailMessage, at: datetime) -> Mail:
    """What one shows of a mail: never its HTML part, which is not ours to trust."""
    body = message.get_body(("plain",))
    return Mail(
        file=file,
        number=number,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        text=body.get_content() if body else "",
        at=at,
    )
