"""What readers send: the answer to a check, and what they think about a module.

And editors: a package, and what is to be done with it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .opinions import Question
from .packing.archive import LARGEST_PACKAGE, MB
from .rendering import Check

UNKNOWN = _("Choose one of the answers below.")


class CheckForm(forms.Form):
    """The chosen answers of one check."""

    def __init__(self, data: Any, *, check: Check) -> None:
        super().__init__(data)
        self.check = check
        self.fields["answer"] = forms.MultipleChoiceField(
            choices=[(choice.id, choice.text) for choice in check.choices],
            error_messages=dict.fromkeys(["required", "invalid_choice", "invalid_list"], UNKNOWN),
        )

    def clean_answer(self) -> frozenset[str]:
        """One answer, or several where several are right."""
        chosen = frozenset(self.cleaned_data["answer"])
        if len(chosen) > 1 and not self.check.multiple:
            raise forms.ValidationError(_("Choose one answer."))
        return chosen

    @property
    def sentence(self) -> str:
        """What is wrong with it."""
        return " ".join(str(error) for error in self.errors.get("answer", []))


class OpinionsForm(forms.Form):
    """One answer to each question of a module."""

    def __init__(self, questions: tuple[Question, ...], data: Any = None) -> None:
        super().__init__(data)
        for question in questions:
            self.fields[question.id] = forms.ChoiceField(
                label=question.text,
                choices=[(answer, answer) for answer in question.answers],
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(["required", "invalid_choice"], UNKNOWN),
            )


class PackageForm(forms.Form):
    """A module as a zip file."""

    package = forms.FileField(
        label=_("Package"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )

    def clean_package(self) -> Any:
        """Not larger than what is read here."""
        package = self.cleaned_data["package"]
        if package.size > LARGEST_PACKAGE:
            sentence = _("The package is larger than %(most)s MB.")
            raise forms.ValidationError(sentence % {"most": LARGEST_PACKAGE // MB})
        return package


class HowForm(forms.Form):
    """What is to be done with a package."""

    what = forms.ChoiceField(
        label=_("What to do with it"),
        choices=[("draft", _("Save as drafts")), ("publish", _("Publish"))],
        widget=forms.RadioSelect,
    )
    overwrite = forms.BooleanField(
        label=_("Also replace what was edited or withdrawn in the CMS"), required=False
    )
