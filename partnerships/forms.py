"""What coordinators type. The forms check the input; the workflow checks the world."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.models import Institution, Membership

from .models import Partnership, Trip, TripMember
from .workflow import Part, part_of, people_of


class PartnershipForm(forms.Form):
    """Which two institutions, since when."""

    own = forms.ModelChoiceField(label=_("Your institution"), queryset=Institution.objects.none())
    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Institution.objects.all(),
        help_text=_("Not in the list? Invite its coordinator first; that adds the institution."),
    )
    since = DayField(label=_("Since"))
    agreement = forms.CharField(
        label=_("Agreement"),
        max_length=200,
        required=False,
        help_text=_("Where the signed paper is kept, if there is one."),
    )

    def __init__(self, *args: Any, own: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["own"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Institution.objects.filter(pk__in=own)
        if len(own) == 1:
            field.initial = next(iter(own))

    def clean(self) -> dict[str, Any]:
        """A partnership joins two."""
        data = super().clean() or {}
        if data.get("own") and data.get("own") == data.get("partner"):
            self.add_error("partner", _("Choose another institution than your own."))
        return data


class DatesMixin(forms.Form):
    """Two days in order."""

    first_day, last_day = "starts", "ends"
    out_of_order = _("Choose a day on or after the first day.")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or {}
        first, last = data.get(self.first_day), data.get(self.last_day)
        if first and last and last < first:
            self.add_error(self.last_day, self.out_of_order)
        return data


class TripForm(DatesMixin):
    """A proposed visit."""

    partnership = forms.ModelChoiceField(
        label=_("Partnership"), queryset=Partnership.objects.none()
    )
    host = forms.ModelChoiceField(
        label=_("Who receives the visitors?"),
        queryset=Institution.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        help_text=_("What the host asked for, in one line."),
    )
    starts = DayField(label=_("First day at the host institution"))
    ends = DayField(label=_("Last day"))

    def __init__(self, *args: Any, partnerships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = list(partnerships)
        places = {place.pk for pair in pairs for place in pair.sides}
        for name, queryset in (
            ("partnership", partnerships),
            ("host", Institution.objects.filter(pk__in=places)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = queryset
        if len(pairs) == 1:
            self.fields["partnership"].initial = pairs[0].pk

    def clean(self) -> dict[str, Any]:
        """The host is one of the two."""
        data = super().clean()
        pair, host = data.get("partnership"), data.get("host")
        if pair and host and host not in pair.sides:
            self.add_error("host", _("The host must be one of the two partners."))
        return data


class TripChangeForm(DatesMixin, forms.ModelForm):
    """New purpose or dates of a trip."""

    class Meta:
        model = Trip
        fields = ["purpose", "starts", "ends"]
        labels = {"starts": _("First day at the host institution"), "ends": _("Last day")}
        field_classes = {"starts": DayField, "ends": DayField}


class PartForm(DatesMixin):
    """Who takes part, as what, on which days."""

    first_day, last_day = "departs", "returns"
    out_of_order = _("Choose a day on or after the departure.")

    person = forms.ChoiceField(label=_("Person"), choices=())
    part = forms.ChoiceField(label=_("Part"), choices=TripMember.Part.choices)
    departs = DayField(
        label=_("Leaves home on"),
        help_text=_("The questions “before” close on this day. A host: the first day."),
    )
    returns = DayField(
        label=_("Is back home on"),
        help_text=_("The questions “after” open on this day. A host: the last day."),
    )
    specialty = forms.CharField(label=_("Specialty"), max_length=80, required=False)
    training_year = forms.IntegerField(
        label=_("Training year"), min_value=1, max_value=12, required=False
    )

    def __init__(self, *args: Any, trip: Trip, side: Institution, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trip, self.side = trip, side
        self.people = {str(user.public_id): row for row, user in people_of(side, on=on)}
        self.members = {row.user_id: row for row in trip.members.filter(withdrawn_on=None)}
        person, part = self.fields["person"], self.fields["part"]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101
        assert isinstance(part, forms.ChoiceField)  # noqa: S101
        person.choices = [(key, self.name_of(row)) for key, row in self.people.items()]
        if side != trip.host:
            part.choices = [
                pair for pair in TripMember.Part.choices if pair[0] != "host_supervisor"
            ]
        self.fields["departs"].initial = trip.starts
        self.fields["returns"].initial = trip.ends

    def name_of(self, row: Membership) -> str:
        """A name in the list; who is in already is said to be."""
        if row.user_id not in self.members:
            return row.user.display_name
        return gettext("%(name)s (takes part already)") % {"name": row.user.display_name}

    def clean(self) -> dict[str, Any]:
        """Nobody's part is overwritten; the same answer twice is one."""
        data = super().clean()
        row = self.people.get(data.get("person", ""))
        member = self.members.get(row.user_id) if row else None
        if row and member and not self.errors and part_of(member) != self.part_wanted():
            self.add_error(
                "person",
                gettext("%(name)s takes part already. Change the part on the page of the visit.")
                % {"name": row.user.display_name},
            )
        return data

    def part_wanted(self) -> Part:
        """The answer as the workflow takes it."""
        data = self.cleaned_data
        return Part(
            part=data["part"],
            departs=data["departs"],
            returns=data["returns"],
            specialty=data["specialty"],
            training_year=data["training_year"],
        )
