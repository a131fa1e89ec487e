"""Every change of a certificate: it is given, shows another name, is revoked, is given again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from curriculum.models import ModuleCompletion
from curriculum.progress import ModuleProgress, progress_of
from partnerships.models import TripMember
from people.models import User
from people.notices import notify

from . import frozen
from .models import Certificate, PathwayStep
from .standing import required_modules


@transaction.atomic
def certify_module(completion: ModuleCompletion) -> Certificate:
    """The certificate of a completed module. A second time finds the first, revoked or not."""
    User.objects.select_for_update().get(pk=completion.user_id)
    found = Certificate.objects.filter(completion=completion).newest_first().first()
    if found:
        return found
    module = completion.module
    return Certificate.objects.create(
        user=completion.user,
        completion=completion,
        institution=module.leading_institution,
        partner=module.reviewing_institution,
        name=completion.user.display_name,
        title=completion.title,
        content=frozen.of_module(completion),
        issued_at=completion.at,
    )


def uncertified_visits(at: datetime) -> QuerySet[TripMember]:
    """Parts in visits that are not over, whose pathway asks for modules, without a certificate."""
    asked = TripMember.objects.standing().filter(
        enrolment__pathway__steps__kind=PathwayStep.Kind.MODULES, certificates=None
    )
    return asked.filter(returns__gte=at.date()).with_trip().distinct()


@transaction.atomic
def certify_visits(user: User, *, at: datetime) -> list[Certificate]:
    """For the visits ahead whose every required module this person has completed by now."""
    User.objects.select_for_update().get(pk=user.pk)
    members = list(uncertified_visits(at).filter(user=user))
    if not members:
        return []
    earned = all_earned(progress_of(user, required_modules(), on=at.date()))
    return [certify_visit(member, earned, at=at) for member in members] if earned else []


def all_earned(standing: list[ModuleProgress]) -> list[ModuleCompletion]:
    """The completion of each module; nothing where one is still asked, or was never earned."""
    found = [
        module.completion
        for module in standing
        if module.completion and module.is_complete and not module.has_run_out
    ]
    return found if len(found) == len(standing) else []


def certify_visit(
    member: TripMember, earned: list[ModuleCompletion], *, at: datetime
) -> Certificate:
    """All modules that the visit asked for, with the names of both institutions."""
    return Certificate.objects.create(
        user=member.user,
        trip_member=member,
        institution=member.trip.visiting,
        partner=member.trip.host,
        name=member.user.display_name,
        title=member.trip.host.name,
        content=frozen.of_visit(member, earned),
        issued_at=at,
    )


@transaction.atomic
def choose_name(certificate: Certificate, *, shown: str, renew: bool = False) -> None:
    """What others see of the name; `renew` puts the name of today on the certificate."""
    certificate.shown = shown
    if renew:
        certificate.name = certificate.user.display_name
    certificate.save(update_fields=["shown", "name"])


@transaction.atomic
def revoke(certificate: Certificate, *, by: User, reason: str, at: datetime) -> None:
    """It no longer counts, and whoever checks it reads why. A second time changes nothing."""
    row = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if row.is_revoked:
        return
    row.revoked_at, row.revoked_by, row.revocation_reason = at, by, reason
    row.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    notify(
        row.user,
        "certificate",
        f"certificate/revoked/{row.code}",
        _("A certificate of yours was revoked"),
        _("Its page says why. What you completed stays in your record."),
        reverse("pathways:check", args=[row.printed_code]),
        at,
        mail_at=at,
    )


@transaction.atomic
def give_again(certificate: Certificate, *, at: datetime) -> Certificate:
    """After a mistake: the same words under a new code. The revoked one stays revoked."""
    row = Certificate.objects.select_for_update().get(pk=certificate.pk)
    standing = Certificate.objects.same_as(row).filter(revoked_at=None).first()
    if standing:
        return standing
    made = Certificate.objects.create(
        user=row.user,
        completion=row.completion,
        trip_member=row.trip_member,
        institution=row.institution,
        partner=row.partner,
        name=row.name,
        title=row.title,
        content=row.content,
        issued_at=row.issued_at,
        shown=row.shown,
    )
    notify(
        row.user,
        "certificate",
        f"certificate/again/{made.code}",
        _("A certificate of yours was given again"),
        _("It has a new code. The one that was revoked stays revoked."),
        reverse("pathways:certificate", args=[made.printed_code]),
        at,
        mail_at=at,
    )
    return made
