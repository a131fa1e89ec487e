"""What was there before the first visit, and which news is old.

Texts, questions and lessons are published on the day the demo is loaded, but its people read them
long before; so they are dated back to the day on which the demo's house opened.
"""

from __future__ import annotations

from datetime import timedelta

from wagtail.models import Page

from people.models import Notice, Policy
from people.notices import mark_read
from publishing.models import Edition
from reflections.models import InstrumentVersion

from .stage import ACCOUNTS, DOMAIN, Stage

OPENED = "-131 Mon 08:00"
NEWS = timedelta(hours=36)  # older news has been read
WAITED = timedelta(hours=3)


def date_back(stage: Stage) -> None:
    """Policies, questions and editions are as old as the house."""
    opened = stage.calendar.moment(OPENED, "UTC")
    Policy.objects.filter(published_at__gt=opened).update(published_at=opened)
    InstrumentVersion.objects.filter(published_at__gt=opened).update(published_at=opened)
    Edition.objects.filter(published_at__gt=opened).update(published_at=opened)
    pages = Page.objects.filter(first_published_at__gt=opened)
    pages.update(first_published_at=opened, last_published_at=opened)


def read_old_news(stage: Stage) -> None:
    """Old notices are read, so that no mail goes out for them; the six keep what is fresh."""
    now = stage.calendar.now
    six = [f"{name}@{DOMAIN}" for name in ACCOUNTS]
    fresh = Notice.objects.filter(user__email__in=six, created_at__gt=now - NEWS)
    for notice in Notice.objects.unread().exclude(pk__in=fresh):
        mark_read(notice, at=min(notice.created_at + WAITED, now))
