"""Forms about one person: invite them, give a role, name a mentor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import LineField
from ..models import Cohort, Institution, Membership, Programme, Role, User
from .places import GroupField, group_choices, role_choices


def group_of(key: str, institution: Institution) -> dict[str, Programme | Cohort | None]:
    """Programme and cohort that a key of `group_choices` stands for."""
    kind, _colon, public_id = key.partition(":")
    cohort = programme = None
    if kind == "c":
        cohort = Cohort.objects.select_related("programme").get(
            public_id=public_id, programme__institution=institution
        )
        programme = cohort.programme
    elif kind == "p":
        programme = institution.programmes.get(public_id=public_id)
    return {"programme": programme, "cohort": cohort}


class GroupForm(forms.Form):
    """Another programme or cohort for somebody."""

    group = GroupField()

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = group_choices(institution)

    def place(self) -> dict[str, Any]:
        """The programme and the cohort."""
        return group_of(self.cleaned_data["group"], self.institution)


class RoleForm(GroupForm):
    """Another role for somebody who is here."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices, widget=forms.RadioSelect)
    field_order = ["role", "group"]


class InviteForm(RoleForm):
    """Somebody who is not here yet."""

    display_name = LineField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation goes there and works for 14 days."),
    )
    field_order = ["display_name", "email", "role", "group"]

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).lower()


class MentorForm(forms.Form):
    """A reviewer of the own institution by name, or of a partner by address."""

    supervisor = forms.ChoiceField(label=_("Reviewer"), required=False)
    email = forms.EmailField(
        label=_("Or the address of a reviewer at a partner institution"),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, reviewers: Iterable[User], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.reviewers = {str(user.public_id): user for user in reviewers}
        field = self.fields["supervisor"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Choose a person"))] + [
            (key, user.display_name) for key, user in self.reviewers.items()
        ]

    def clean(self) -> dict[str, Any]:
        """One of the two ways, and somebody who reviews today."""
        data = super().clean() or {}
        email = data.get("email", "")
        if email:
            data["person"] = self._reviewer_at(email.lower())
        elif data.get("supervisor"):
            data["person"] = self.reviewers[data["supervisor"]]
        elif not self.errors:
            self.add_error("supervisor", _("Choose a person, or type an address."))
        return data

    def _reviewer_at(self, email: str) -> User | None:
        """The person with this address, if they hold the reviewer’s role somewhere."""
        rows = Membership.objects.valid(self.on).filter(role=Role.REVIEWER, user__email=email)
        row = rows.select_related("user").first()
        if row is None:
            self.add_error("email", _("Nobody with this address reviews in Bothways yet."))
            return None
        return row.user
