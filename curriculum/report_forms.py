"""What a reader says is wrong on a lesson, and what an editor answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Edition
from writing.guard import Finding
from writing.limits import clean_text

from .models import LessonReport
from .reporting import LONGEST_PASSAGE, LONGEST_WORDS, Said

State = LessonReport.State

TOO_LONG = gettext_lazy("At most %(most)s characters. Your text is below.")
CHOOSE = gettext_lazy("Choose one of these.")
Kind = LessonReport.Kind
KINDS = [
    (Kind.WRONG, gettext_lazy("Wrong: it is not true")),
    (Kind.UNCLEAR, gettext_lazy("Unclear: it can be read in two ways, or in none")),
    (Kind.OUTDATED, gettext_lazy("Out of date: it was true once")),
    (Kind.NOT_HERE, gettext_lazy("Not so here: where I work it is otherwise")),
]


class WordsField(forms.CharField):
    """A text of several lines, cleaned and then counted; the browser cuts nothing off."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(widget=widget, **kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """The text as it is stored; a NUL stays, so that it is refused and not swallowed."""
        text = super().to_python(value) or ""
        return text if "\0" in text else clean_text(text).strip()

    def validate(self, value: Any) -> None:
        """Neither empty nor too long."""
        super().validate(value)
        if len(value) > self.longest:
            raise forms.ValidationError(TOO_LONG % {"most": self.longest})


class ReportForm(forms.Form):
    """What is wrong, where, and why. `once` makes a second press harmless.

    `seen` holds the marks of the guard that were shown already: they are not shown again.
    """

    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], CHOOSE),
    )
    passage = WordsField(
        label=gettext_lazy("The passage"),
        help_text=gettext_lazy("Copy a few words of the lesson, if it is about one place in it."),
        required=False,
        longest=LONGEST_PASSAGE,
        rows=2,
    )
    words = WordsField(
        label=gettext_lazy("What the editors should know"),
        help_text=gettext_lazy("Leave the patient out: no names, no exact dates, no small places."),
        longest=LONGEST_WORDS,
        rows=4,
        error_messages={"required": gettext_lazy("Say in a sentence what is wrong.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="report_%s", initial={"once": uuid4()})
        for name in ("once", "seen"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def said(self) -> Said:
        """The answer as the workflow takes it."""
        data = self.cleaned_data
        return Said(uuid_or_new(data["once"]), data["kind"], data["words"], data["passage"])

    def unseen(self, marks: Iterable[Finding]) -> list[Finding]:
        """The marks that the reader has not been shown yet."""
        known = set(self.cleaned_data["seen"].split())
        return [mark for mark in marks if mark.fingerprint not in known]

    def again(self, marks: Iterable[Finding] = ()) -> ReportForm:
        """The same words once more, with these marks noted as shown."""
        data = {name: self.data.get(name, "") for name in ("kind", "passage", "words")}
        data["once"] = str(uuid_or_new(self.data.get("once", "")))
        data["seen"] = " ".join(mark.fingerprint for mark in marks)
        return ReportForm(data)


def uuid_or_new(text: str) -> UUID:
    """The id that the form names; a new one where a form that came late has lost it."""
    try:
        return UUID(str(text))
    except ValueError:
        return uuid4()


class SettleForm(forms.Form):
    """What became of a report, in words. “Mended” is offered once there is a later edition."""

    state = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], CHOOSE),
    )
    answer = WordsField(
        label=gettext_lazy("Your answer"),
        longest=LONGEST_WORDS,
        rows=5,
        error_messages={"required": gettext_lazy("Write a sentence: the reader sees it.")},
    )

    def __init__(self, data: Any = None, *, later: Edition | None) -> None:
        super().__init__(data, auto_id="settle_%s")
        choices = [
            (State.ANSWERED, _("Answered: this explains it")),
            (State.UNCHANGED, _("Not changed: this says why")),
        ]
        if later:
            day = date_format(later.published_at, _("j F Y"))
            words = _("Mended in edition %(number)s of %(day)s")
            choices.insert(0, (State.MENDED, words % {"number": later.number, "day": day}))
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
