"""Certificates: what somebody completed, frozen on the day, with a code that others can check."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curriculum.models import ModuleCompletion
from partnerships.models import TripMember
from people.models import Institution, Membership, Role, User, places_of

from ..codes import grouped, new_code


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by who is asking."""

    def visible_to(self, user: User) -> Self:
        """A person's own."""
        return self.filter(user=user)

    def in_care_of(self, user: User) -> Self:
        """Those that a coordinator may revoke: of people of the own institutions, and those that
        bear the name of one of them, whichever of the two stands first."""
        held = places_of(user, Role.COORDINATOR)
        people = Membership.objects.filter(institution__in=held).values("user")
        return self.filter(Q(user__in=people) | Q(institution__in=held) | Q(partner__in=held))

    def same_as(self, certificate: Certificate) -> Self:
        """It and all others of the same completion or visit."""
        return self.filter(
            completion=certificate.completion_id, trip_member=certificate.trip_member_id
        )

    def newest_first(self) -> Self:
        """In the order of a list."""
        return self.order_by("-issued_at", "-pk")


class Certificate(models.Model):
    """One completed module, or all modules that a visit required.

    `content` is what it says, written once (pathways.frozen): no later change of a lesson, a
    module or an institution reaches it. Only the name that others see and the revocation change.

    given -> revoked; a certificate revoked by mistake is given again under a new code
    (pathways.certifying)
    """

    class Shown(models.TextChoices):
        FULL = "full", _("My full name")
        INITIALS = "initials", _("My initials")
        NOTHING = "nothing", _("No name")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    completion = models.ForeignKey(
        ModuleCompletion, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    trip_member = models.ForeignKey(
        TripMember, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=255)
    content = models.JSONField()
    issued_at = models.DateTimeField()
    shown = models.CharField(
        _("what others see of your name"), max_length=8, choices=Shown, default=Shown.INITIALS
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revocation_reason = models.CharField(max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            # A certificate of nothing, or of two things at once, could not be explained.
            models.CheckConstraint(
                name="certificate_is_of_one_thing",
                condition=Q(completion__isnull=False, trip_member=None)
                | Q(completion=None, trip_member__isnull=False),
            ),
            # The same completion twice would be two pieces of evidence for one piece of work.
            models.UniqueConstraint(
                fields=["completion"],
                condition=Q(revoked_at=None, completion__isnull=False),
                name="certificate_of_completion_already_given",
            ),
            models.UniqueConstraint(
                fields=["trip_member"],
                condition=Q(revoked_at=None, trip_member__isnull=False),
                name="certificate_of_visit_already_given",
            ),
            # Who checks a revoked certificate is told when and why, and somebody answers for it.
            models.CheckConstraint(
                name="certificate_revocation_is_whole",
                condition=Q(revoked_at=None, revoked_by=None, revocation_reason="")
                | Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revocation_reason=""),
            ),
        ]
        indexes = [
            # Reader: the page of a person's certificates, newest first.
            models.Index(fields=["user", "-issued_at"], name="certificates_of_person"),
        ]

    def __str__(self) -> str:
        return self.printed_code

    @property
    def printed_code(self) -> str:
        """The code as it stands on paper."""
        return grouped(self.code)

    @property
    def is_of_visit(self) -> bool:
        """Whether it is about all modules of a visit."""
        return self.trip_member_id is not None

    @property
    def is_revoked(self) -> bool:
        """Whether it no longer counts."""
        return self.revoked_at is not None
