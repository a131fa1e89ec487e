"""Partnerships of two institutions, trips in either direction, and who takes part in them."""

from __future__ import annotations

import uuid
import zoneinfo
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Institution, Membership, Role, User, places_of


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships by who is asking."""

    def visible_to(self, user: User) -> Self:
        """Members of either institution see the partnership."""
        places = places_of(user)
        return self.filter(Q(first__in=places) | Q(second__in=places))

    def agreed(self) -> Self:
        """Both sides have said yes."""
        return self.exclude(agreed_on=None)

    def with_places(self) -> Self:
        """With both institutions fetched along."""
        return self.select_related("first", "second", "proposed_by")


class Partnership(models.Model):
    """Exactly two institutions, as equals. The order of the two means nothing.

    proposed by one side (agreed_on empty) -> agreed by the other   (partnerships.workflow)
    """

    slug = models.SlugField(max_length=120, unique=True)
    first = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    second = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    since = models.DateField(_("since"))
    proposed_by = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreement = models.CharField(
        _("agreement"), max_length=200, blank=True, help_text=_("Where the paper is kept.")
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            # One pair, one row: the lower id stands first, so that A-B and B-A cannot both be.
            models.CheckConstraint(
                name="partnership_pair_in_order", condition=Q(first__lt=F("second"))
            ),
            models.UniqueConstraint(fields=["first", "second"], name="partnership_pair_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.first.short_name} – {self.second.short_name}"

    @property
    def sides(self) -> tuple[Institution, Institution]:
        """Both institutions."""
        return self.first, self.second

    def other(self, institution: Institution) -> Institution:
        """The partner of one of the two."""
        return self.second if institution == self.first else self.first


class TripQuerySet(models.QuerySet["Trip"]):
    """Trips by who is asking and by day."""

    def visible_to(self, user: User) -> Self:
        """Its members, and everybody who belongs to either institution today."""
        places = places_of(user)
        return self.filter(
            Q(partnership__first__in=places)
            | Q(partnership__second__in=places)
            | Q(pk__in=TripMember.objects.filter(user=user).values("trip"))
        )

    def with_places(self) -> Self:
        """With the partnership, its institutions and the host fetched along."""
        return self.select_related("partnership__first", "partnership__second", "host")

    def standing(self) -> Self:
        """Not cancelled."""
        return self.exclude(status=Trip.Status.CANCELLED)


class Trip(models.Model):
    """A visit inside a partnership, in either direction: the host is one of the two.

    proposed -> agreed -> closed; proposed | agreed -> cancelled   (partnerships.workflow)
    Under way and returned are derived from the dates, in the host's time zone.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        CANCELLED = "cancelled", _("Cancelled")
        CLOSED = "closed", _("Closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="trips")
    host = models.ForeignKey(Institution, models.PROTECT, related_name="hosted_trips")
    purpose = models.CharField(_("purpose"), max_length=200)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"))
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TripQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            # A trip that ends before it starts breaks the calendar of both institutions.
            models.CheckConstraint(
                name="trip_ends_after_it_starts", condition=Q(ends__gte=F("starts"))
            ),
        ]
        indexes = [
            # Reader: the trips page, by partnership, newest first.
            models.Index(fields=["partnership", "-starts"], name="trip_of_partnership"),
        ]

    def __str__(self) -> str:
        return f"{self.host.short_name}, {date_format(self.starts, gettext('F Y'))}"

    @property
    def visiting(self) -> Institution:
        """The institution that the visitors come from."""
        return self.partnership.other(self.host)

    def phase(self, at: datetime) -> str:
        """Where the visit stands by the host's calendar: before, under_way or over."""
        day = self.host_day(at)
        if day < self.starts:
            return "before"
        return "under_way" if day <= self.ends else "over"

    def host_day(self, at: datetime) -> date:
        """The calendar day at the host institution at a moment."""
        return at.astimezone(zoneinfo.ZoneInfo(self.host.time_zone)).date()


class TripMemberQuerySet(models.QuerySet["TripMember"]):
    """Parts in trips."""

    def for_user(self, user: User) -> Self:
        """A person's own parts."""
        return self.filter(user=user)

    def standing(self) -> Self:
        """Members who did not withdraw, of trips that were not cancelled."""
        return self.filter(withdrawn_on=None).exclude(trip__status=Trip.Status.CANCELLED)

    def visitors(self) -> Self:
        """Those who travel; host supervisors stay at home."""
        return self.exclude(part__in=TripMember.HOST_PARTS)

    def with_trip(self) -> Self:
        """With the trip, its partnership and both institutions fetched along."""
        return self.select_related(
            "trip__partnership__first", "trip__partnership__second", "trip__host", "user"
        )


class TripMember(models.Model):
    """One person's part in one trip. Waves and entries hang here, by the person's own dates.

    Programme, specialty and training year are frozen as they were at the time of the trip.
    """

    class Part(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        FACULTY = "faculty", _("Faculty")
        NURSE = "nurse", _("Nurse")
        TECHNICIAN = "technician", _("Technician")
        STUDENT = "student", _("Student")
        HOST_SUPERVISOR = "host_supervisor", _("Host supervisor")

    HOST_PARTS = [Part.HOST_SUPERVISOR]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="trip_parts")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=16, choices=Part)
    programme_name = models.CharField(_("programme"), max_length=120, blank=True)
    specialty = models.CharField(_("specialty"), max_length=80, blank=True)
    training_year = models.PositiveSmallIntegerField(_("training year"), null=True, blank=True)
    departs = models.DateField(_("leaves home on"))
    returns = models.DateField(_("is back home on"))
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = TripMemberQuerySet.as_manager()

    class Meta:
        ordering = ["user__display_name"]
        constraints = [
            # One person, one part: two rows would open two sets of questions.
            models.UniqueConstraint(fields=["trip", "user"], name="trip_member_already_in"),
            models.CheckConstraint(
                name="trip_member_returns_after_departure",
                condition=Q(returns__gte=F("departs")),
            ),
        ]
        indexes = [
            # Reader: dashboards and the journal, a person's trips, newest first.
            models.Index(fields=["user", "-departs"], name="trip_member_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.trip}"

    @property
    def is_host(self) -> bool:
        """Whether this person receives rather than travels."""
        return self.part in self.HOST_PARTS

    def local_day(self, at: datetime) -> date:
        """The calendar day where the person's clock stands (their own zone) at a moment."""
        return at.astimezone(self.user.zone).date()


def coordinated_by(user: User) -> set[int]:
    """The ids of the institutions that the person coordinates today."""
    return {row["institution"] for row in places_of(user, Role.COORDINATOR)}
