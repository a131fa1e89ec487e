"""Forms for institutions, programmes and cohorts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ZoneField
from ..models import Institution, Role
from ..workflow import Facts


class FactsForm(forms.Form):
    """What everybody may know of an institution."""

    name = LineField(label=_("Full name"), max_length=160)
    short_name = LineField(
        label=_("Short name"), max_length=40, help_text=_("As people call it, in one or two words.")
    )
    city = LineField(label=_("City"), max_length=80)
    country = LineField(label=_("Country"), max_length=80)
    time_zone = ZoneField(
        label=_("Time zone"), help_text=_("Type a city, for example Nairobi, or choose one.")
    )
    languages = LineField(
        label=_("Working languages"),
        max_length=120,
        required=False,
        help_text=_("Separated by commas."),
    )

    def __init__(self, *args: Any, institution: Institution | None = None, **kwargs: Any) -> None:
        if institution:
            names = [name for name in self.base_fields if hasattr(institution, name)]
            kwargs["initial"] = {name: getattr(institution, name) for name in names}
        super().__init__(*args, **kwargs)
        self.institution = institution

    def clean_name(self) -> str:
        """Two institutions of one name cannot be told apart."""
        name: str = self.cleaned_data["name"]
        if self.institution:
            others = Institution.objects.filter(name__iexact=name).exclude(pk=self.institution.pk)
            if others.exists():
                raise forms.ValidationError(_("Another institution has this name."))
        return name

    def facts(self) -> Facts:
        """The answers as the workflow takes them."""
        names = ["name", "short_name", "city", "country", "time_zone", "languages"]
        return Facts(**{name: self.cleaned_data[name] for name in names})


class PartnerForm(FactsForm):
    """A partner institution and the person who will coordinate it."""

    display_name = LineField(
        label=_("Name of its coordinator"),
        max_length=120,
        help_text=_("With title, as they want to be called."),
    )
    email = forms.EmailField(label=_("Their e-mail address"), max_length=254)


class ProgrammeForm(forms.Form):
    """A residency, or a department that sends or receives."""

    name = LineField(label=_("Name of the programme"), max_length=120)


class CohortForm(forms.Form):
    """The people who started in one year."""

    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=2100)


def group_choices(institution: Institution) -> list[tuple[str, str]]:
    """Programmes and their cohorts as one list, two queries."""
    choices = [("", str(_("No programme")))]
    for programme in institution.programmes.prefetch_related("cohorts"):
        choices.append((f"p:{programme.public_id}", programme.name))
        for cohort in programme.cohorts.all():
            choices.append((f"c:{cohort.public_id}", f"{programme.name}, {cohort.year}"))
    return choices


class GroupField(forms.ChoiceField):
    """A programme, one of its cohorts, or neither."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Programme or cohort"), "required": False, **kwargs})


ROLE_HELP = {
    Role.LEARNER: _("visits, or receives visitors, and writes"),
    Role.REVIEWER: _("reads what learners write for them, and answers"),
    Role.COORDINATOR: _("plans visits and invites people; reads no entries"),
    Role.EDITOR: _("writes modules"),
}


def role_choices() -> list[tuple[str, str]]:
    """The roles, each with what it means."""
    return [(role.value, f"{role.label}: {ROLE_HELP[role]}") for role in Role]
