"""The editors' forms: what the CMS asks before it publishes a module or a lesson."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from publishing.editions import latest_edition
from publishing.models import Edition

from ..faults import lesson_faults

# Addresses below /curriculum/ that are ours.
TAKEN_SLUGS = {"editions", "glossary", "map", "opinions", "reports"}


class LessonForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A lesson holds together when it is published; a draft may be unfinished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "change" not in self.fields:
            return
        nothing = ("", _("Not chosen: counts as re-read"))
        self.fields["change"].choices = [nothing, *Edition.Change.choices]
        if self.chosen_before_publishing():
            self.initial |= {"change": "", "change_note": ""}

    def chosen_before_publishing(self) -> bool:
        """Whether the draft's kind of change was chosen for what has been published since."""
        draft = self.instance.latest_revision
        if not self.instance.pk or not self.instance.change or draft is None:
            return False
        edition = latest_edition(self.instance)
        return edition is not None and draft.created_at < edition.published_at

    def clean(self) -> dict[str, Any]:
        """The rules that look at several blocks at once."""
        data: dict[str, Any] = super().clean()
        if self.is_deferred_validation or not {"body", "sources"} <= data.keys():
            return data
        body, sources = (data[name].get_prep_value() for name in ("body", "sources"))
        faults: dict[str, list[str]] = {}
        for field, sentence in lesson_faults(body, sources):
            faults.setdefault(field, []).append(sentence)
        for field, sentences in faults.items():  # the CMS shows one error a field
            self.add_error(field, " ".join(sentences))
        return data


class ModuleForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A partner's review is named in full, and comes from another institution."""

    def clean(self) -> dict[str, Any]:
        """The rules that look at several fields at once."""
        data: dict[str, Any] = super().clean()
        leading, reviewing = data.get("leading_institution"), data.get("reviewing_institution")
        if reviewing and reviewing == leading:
            self.add_error(
                "reviewing_institution", _("A partner reviews it, not the one who leads it.")
            )
        if not reviewing and (data.get("reviewer") or data.get("reviewed_on")):
            self.add_error("reviewing_institution", _("Name the institution that reviewed it."))
        self.look_at_hours(data)
        if data.get("slug") in TAKEN_SLUGS:
            self.add_error("slug", _("This address is taken. Choose another."))
        return data

    def look_at_hours(self, data: dict[str, Any]) -> None:
        """Hours are worth something only with the body that grants them."""
        if data.get("cme_hours") and not data.get("cme_granted_by"):
            self.add_error("cme_granted_by", _("Say who grants these hours."))
        if data.get("cme_granted_by") and not data.get("cme_hours"):
            self.add_error("cme_hours", _("Say how many hours are granted."))
