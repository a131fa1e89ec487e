"""What readers send: the answer to a check, and what they think about a module."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .opinions import Question
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
