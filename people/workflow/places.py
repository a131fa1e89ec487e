"""Institutions, their programmes and cohorts, and how a partner comes in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..audit import Kind, record
from ..models import Cohort, Institution, Invitation, Membership, Programme, Role, User
from .invitations import Wanted, invite
from .memberships import NotPossible, grant


@dataclass(frozen=True)
class Facts:
    """What everybody may know of an institution."""

    name: str
    short_name: str
    city: str
    country: str
    time_zone: str
    languages: str = ""


def free_slug(wanted: str) -> str:
    """The slug, or the slug with the first number that no institution uses."""
    base = (slugify(wanted) or "institution")[:50]
    taken = set(Institution.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def may_found(user: User) -> bool:
    """Whether this person may make the installation's first institution."""
    return user.is_active and not Institution.objects.exists()


@transaction.atomic
def found_institution(facts: Facts, *, by: User, at: datetime) -> Institution:
    """The first institution of an installation; who makes it coordinates it."""
    User.objects.select_for_update().get(pk=by.pk)
    found = Institution.objects.filter(name__iexact=facts.name).first()
    if found and found.memberships.filter(user=by, role=Role.COORDINATOR).exists():
        return found
    if not may_found(by):
        raise NotPossible(
            _("The first institution is there already. A partner comes in by inviting them.")
        )
    place = _add(facts, by=by, at=at)
    grant(by, place, Role.COORDINATOR, at=at, by=by)
    return place


def _add(facts: Facts, *, by: User | None, at: datetime) -> Institution:
    place = Institution.objects.create(slug=free_slug(facts.short_name), **asdict(facts))
    record(Kind.SETTING, at=at, actor=by, institution=place, detail="institution-added")
    return place


@transaction.atomic
def invite_partner(
    facts: Facts,
    *,
    email: str,
    display_name: str,
    by: User,
    at: datetime,
    mail_now: bool = True,
) -> Invitation:
    """Add a partner institution by inviting its coordinator, who then has the same powers.

    While nobody has accepted, who invited first may ask another person. With `mail_now=False`
    the clock sends the letter.
    """
    place = Institution.objects.select_for_update().filter(name__iexact=facts.name).first()
    if place is None:
        place = _add(facts, by=by, at=at)
    elif not _waits_for(place, by, at):
        raise NotPossible(
            _("%(name)s is in Bothways already. Propose a partnership under Trips.")
            % {"name": place.name}
        )
    wanted = Wanted(email, display_name, place, Role.COORDINATOR)
    made = invite(wanted, by=by, at=at, mail_now=mail_now)
    if made is None:
        raise NotPossible(_("This person coordinates that institution already."))
    return made


def _waits_for(place: Institution, by: User, at: datetime) -> bool:
    """Whether the institution has no coordinator yet and this person brought it in."""
    has_coordinator = (
        Membership.objects.filter(institution=place, role=Role.COORDINATOR)
        .valid(at.date())
        .exists()
    )
    return not has_coordinator and place.invitations.filter(invited_by=by).exists()


@transaction.atomic
def change_institution(institution: Institution, facts: Facts, *, by: User, at: datetime) -> None:
    """New facts. Saving what is there already writes nothing."""
    row = Institution.objects.select_for_update().get(pk=institution.pk)
    changed = [name for name, value in asdict(facts).items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, getattr(facts, name))
    row.save(update_fields=changed)
    record(Kind.SETTING, at=at, actor=by, institution=row, detail="institution")


@transaction.atomic
def add_programme(institution: Institution, name: str, *, by: User, at: datetime) -> Programme:
    """A programme of this name; the second time finds the first."""
    Institution.objects.select_for_update().get(pk=institution.pk)
    found = institution.programmes.filter(name__iexact=name).first()
    if found:
        return found
    made = Programme.objects.create(institution=institution, name=name)
    record(Kind.SETTING, at=at, actor=by, institution=institution, detail="programme")
    return made


@transaction.atomic
def rename_programme(programme: Programme, name: str, *, by: User, at: datetime) -> None:
    """Another name, if no other programme of the institution has it."""
    row = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if row.name == name:
        return
    others = Programme.objects.filter(institution=row.institution, name__iexact=name)
    if others.exclude(pk=row.pk).exists():
        raise NotPossible(_("Another programme has this name."))
    row.name = name
    row.save(update_fields=["name"])
    record(Kind.SETTING, at=at, actor=by, institution=row.institution, detail="programme")


@transaction.atomic
def add_cohort(programme: Programme, year: int, *, by: User, at: datetime) -> Cohort:
    """The people of one year; the second time finds the first."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    made, is_new = Cohort.objects.get_or_create(programme=programme, year=year)
    if is_new:
        place = programme.institution
        record(Kind.SETTING, at=at, actor=by, institution=place, detail="cohort")
    return made
