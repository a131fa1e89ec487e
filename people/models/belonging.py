"""Institutions, programmes, cohorts; who belongs to them in which role, and who supervises whom."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User, known_zone


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Institutions by what a person does for them."""

    def coordinated_by(self, user: User) -> Self:
        """Where the person is coordinator today."""
        return self.filter(pk__in=places_of(user, Role.COORDINATOR))


class Institution(models.Model):
    """A hospital or university. Host and visiting institution are where one stands, not kinds."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("full name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=80)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[known_zone])
    languages = models.CharField(
        _("working languages"), max_length=120, blank=True, help_text=_("Separated by commas.")
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """A residency, or the department that sends or receives."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="programmes")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Two programmes of one name in one hospital cannot be told apart in any list.
            models.UniqueConstraint(
                fields=["institution", "name"], name="programme_name_taken_in_institution"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """The people of one programme who started in one year."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="cohort_year_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.name}, {self.year}"


class Role(models.TextChoices):
    """What a person does for an institution. One person may hold several."""

    LEARNER = "learner", _("Learner")
    REVIEWER = "reviewer", _("Reviewer")
    COORDINATOR = "coordinator", _("Coordinator")
    EDITOR = "editor", _("Editor")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who belongs where."""

    def valid(self, on: date) -> Self:
        """Memberships that hold on this day, first and last day included."""
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))

    def for_user(self, user: User) -> Self:
        """Memberships of one person."""
        return self.filter(user=user)

    def visible_to(self, user: User) -> Self:
        """Own memberships, and those of the institutions the person coordinates."""
        return self.filter(Q(user=user) | Q(institution__in=places_of(user, Role.COORDINATOR)))

    def with_places(self) -> Self:
        """With institution, programme and cohort fetched along."""
        return self.select_related("institution", "programme", "cohort")


class Membership(models.Model):
    """A person's role in an institution for a time. Ended by a date, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="memberships")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["institution__name", "role"]
        constraints = [
            # A membership that ends before it starts would be neither past nor present.
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            # A second open row for the same role would survive the ending of the first.
            models.UniqueConstraint(
                fields=["user", "institution", "role"],
                condition=Q(until=None),
                name="membership_already_open",
            ),
        ]
        indexes = [
            # Reader: the people page of a coordinator.
            models.Index(fields=["institution", "role"], name="membership_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.institution.short_name}"


def places_of(user: User, *roles: str) -> models.QuerySet[Membership, Any]:
    """The institutions where the person belongs today (in these roles), as a subquery of ids."""
    held = Membership.objects.for_user(user).valid(timezone.now().date())
    return (held.filter(role__in=roles) if roles else held).values("institution")


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    """Who supervises whom."""

    def valid(self, on: date) -> Self:
        """Supervisions that hold on this day."""
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))

    def visible_to(self, user: User) -> Self:
        """Both persons of it, and who coordinates an institution where one of them belongs."""
        held = Membership.objects.filter(institution__in=places_of(user, Role.COORDINATOR))
        people = held.valid(timezone.now().date()).values("user")
        return self.filter(
            Q(supervisor=user) | Q(learner=user) | Q(learner__in=people) | Q(supervisor__in=people)
        )


class Supervision(models.Model):
    """A supervisor (mentor) of a learner, on either side, for a time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervises"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervised_by"
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        ordering = ["learner__display_name"]
        constraints = [
            # Nobody reviews their own words.
            models.CheckConstraint(
                name="supervision_of_oneself", condition=~Q(supervisor=F("learner"))
            ),
            models.CheckConstraint(
                name="supervision_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["supervisor", "learner"],
                condition=Q(until=None),
                name="supervision_already_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} for {self.learner}"
