"""Modules that somebody should look at again: their partner's review, or their facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.db.models.functions import Length, Substr
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from people.models import User
from publishing.models import Edition

from .models import ModulePage

SOON = timedelta(weeks=4)


@dataclass(frozen=True)
class Due:
    """A module, and why in sentences."""

    module: ModulePage
    reasons: list[str]


def modules_due(user: User, *, on: date) -> list[Due]:
    """Of the modules that the person edits or reviews. Two queries for any number of them."""
    live = ModulePage.objects.live().in_order().for_page()
    modules = list(live if user.is_superuser else live.edited_by(user))
    changed = last_changes()
    found = [Due(module, list(reasons(module, changed.get(module.path), on))) for module in modules]
    return [due for due in found if due.reasons]


def last_changes() -> dict[str, datetime]:
    """By module: when a lesson last changed by more than its wording, its first edition apart."""
    path = "page__path"
    changed = Edition.objects.filter(number__gt=1).exclude(change=Edition.Change.WORDING)
    by_module = changed.annotate(module_path=Substr(path, 1, Length(path) - Page.steplen))
    rows = by_module.order_by().values("module_path").annotate(last=Max("published_at"))
    return {row["module_path"]: row["last"] for row in rows}


def reasons(module: ModulePage, changed: datetime | None, on: date) -> list[str]:
    """What is due, in words."""
    found = []
    reviewed = module.reviewed_on
    if module.reviewing_institution is None:
        found.append(_("No partner has reviewed it yet."))
    elif reviewed and changed and changed.date() > reviewed:
        words = _("Lessons changed after %(partner)s reviewed it on %(day)s.")
        partner = module.reviewing_institution.short_name
        found.append(words % {"partner": partner, "day": date_format(reviewed, _("j F Y"))})
    if module.facts_due and module.facts_due <= on + SOON:
        words = _("Look at its facts again by %(day)s.")
        if module.facts_due < on:
            words = _("Its facts should have been looked at by %(day)s.")
        found.append(words % {"day": date_format(module.facts_due, _("j F Y"))})
    return found
