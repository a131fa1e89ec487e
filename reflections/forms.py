"""What authors and reviewers type, beside the text itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from writing.limits import MAX_ENTRY, clean_text, is_too_long

from .models import Reading
from .workflow.entries import Readers

LABELS = {
    Reading.Right.MENTOR: _("My mentor"),
    Reading.Right.REVIEWER: _("Faculty reviewers"),
    Reading.Right.HOST: _("My host supervisors"),
}
HOW = {
    Reading.Right.MENTOR: _("with comments, without a rubric"),
    Reading.Right.REVIEWER: _("with comments and a rubric"),
    Reading.Right.HOST: _("with comments and a rubric"),
}


class ReadersForm(forms.Form):
    """Who may read, each choice with the names behind it. Nothing ticked: only the author."""

    readers = forms.MultipleChoiceField(
        label=_("Who may read it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose before you write. Tick nobody, and only you can read it."),
    )

    def __init__(self, *args: Any, people: dict[str, list[User]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["readers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [
            (right, f"{LABELS[Reading.Right(right)]}: {names(users)}, {HOW[Reading.Right(right)]}")
            for right, users in people.items()
            if users
        ]

    def chosen(self) -> Readers:
        """The answer as the workflow takes it."""
        ticked = set(self.cleaned_data["readers"])
        return Readers(
            mentor=Reading.Right.MENTOR in ticked,
            reviewers=Reading.Right.REVIEWER in ticked,
            hosts=Reading.Right.HOST in ticked,
        )


def names(users: list[User]) -> str:
    """Names in a row."""
    return ", ".join(user.display_name for user in users)


class ReasonForm(forms.Form):
    """Why a marked word stays."""

    reason = forms.CharField(
        label=_("Why it can stay"),
        max_length=250,
        error_messages={"required": _("Say in a few words why nobody can be recognised by it.")},
    )


NOTHING_SAID = _("Write a few words, or let it rest.")
TOO_MUCH_SAID = _("This is longer than 60,000 characters. Your text is below.")


class RemarkForm(forms.Form):
    """A turn of the talk."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Your reply"),
        max_length=MAX_ENTRY,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": NOTHING_SAID, "max_length": TOO_MUCH_SAID},
    )

    def clean_body(self) -> str:
        """The words as they will be kept; they may be fewer or longer than what was typed."""
        text = clean_text(self.cleaned_data["body"]).strip()
        if not text:
            raise forms.ValidationError(NOTHING_SAID)
        if is_too_long(text):
            raise forms.ValidationError(TOO_MUCH_SAID)
        return text

    def again(self) -> RemarkForm:
        """The same words to correct, with a token that works."""
        if "token" not in self.errors:
            return self
        return RemarkForm({"body": self.data.get("body", ""), "token": str(uuid4())})
