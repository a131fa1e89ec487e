"""How an edition is made when a page is published, and how changes add up for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision

from .models import Edition, EditionFile, MakesEditions
from .models.edition import digest

SEVERITY = {Edition.Change.WORDING: 0, Edition.Change.REREAD: 1, Edition.Change.RETEST: 2}


def strongest(changes: Iterable[str]) -> str:
    """The change that asks most of a reader; wording if there is none."""
    return max(changes, key=lambda change: SEVERITY[Edition.Change(change)], default="wording")


def on_published(instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """Wagtail published a page: make its edition. Aliases and scheduled pages make none."""
    if kwargs.get("alias") or instance.alias_of_id or revision is None or not instance.live:
        return
    if isinstance(instance, MakesEditions):
        make_edition(instance, revision, at=timezone.now())


@transaction.atomic
def make_edition(page: Any, revision: Revision, *, at: datetime) -> Edition:
    """The edition of what is live now. Unchanged content keeps the latest edition."""
    Page.objects.select_for_update().get(pk=page.pk)
    latest = latest_edition(page)
    content = page.frozen_content()
    content_hash = digest(content)
    if latest is None or latest.content_hash != content_hash:
        source = source_edition(page)
        minutes, weight = page.measures(content)
        latest = Edition.objects.create(
            page_id=page.pk,
            revision=revision,
            translation_key=page.translation_key,
            locale_id=page.locale_id,
            translates=source,
            number=latest.number + 1 if latest else 1,
            change=change_of(page, latest, source),
            note=page.change_note,
            title=page.title,
            content=content,
            content_hash=content_hash,
            minutes=minutes,
            weight=weight,
            published_at=at,
            published_by=publisher(revision),
        )
        EditionFile.objects.bulk_create(
            EditionFile(edition=latest, name=name) for name in set(page.frozen_files(content))
        )
    start_blank(page)
    return latest


def latest_edition(page: Page) -> Edition | None:
    """What readers of this page see."""
    return Edition.objects.filter(page_id=page.pk).order_by("-number").first()


def source_edition(page: Page) -> Edition | None:
    """The latest edition of the page that this one translates: the one published first."""
    of_lesson = Edition.objects.for_lessons([page.translation_key])
    first = of_lesson.order_by("pk").only("page_id").first()
    if first is None or first.page_id == page.pk:
        return None
    return of_lesson.filter(page_id=first.page_id).order_by("-number").first()


def change_of(page: Any, latest: Edition | None, source: Edition | None) -> str:
    """The editor's choice (none: re-read); a translation inherits what its source went through."""
    chosen = page.change or Edition.Change.REREAD
    if source is None:
        return chosen
    known = latest.translates.number if latest and latest.translates else 0
    inherited = Edition.objects.filter(
        page_id=source.page_id, number__gt=known, number__lte=source.number
    ).values_list("change", flat=True)
    return strongest(inherited) if inherited else chosen


def publisher(revision: Revision) -> Any:
    """Whoever pressed the button in the CMS, else whoever wrote the draft."""
    user = get_active_log_context().user or revision.user
    return user if isinstance(user, get_user_model()) else None


def start_blank(page: Any) -> None:
    """The next draft starts without a kind and a note: they belong to what was just published."""
    page.change, page.change_note = "", ""
    type(page).objects.filter(pk=page.pk).update(change="", change_note="")
