"""Who is on which pathway."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnerships.models import TripMember

from .models import Enrolment, Pathway, PathwayStep

DEFAULT_STEPS = [
    (PathwayStep.Kind.QUESTIONS_BEFORE, ""),
    (PathwayStep.Kind.MODULES, ""),
    (PathwayStep.Kind.ENTRY, "before-i-go"),
    (PathwayStep.Kind.WEEKLY, ""),
    (PathwayStep.Kind.QUESTIONS_AFTER, ""),
    (PathwayStep.Kind.ENTRY, "first-answer-again"),
]


@transaction.atomic
def load_default_pathway() -> Pathway:
    """The pathway that comes with the product; made once."""
    found = Pathway.objects.filter(institution=None).first()
    if found:
        return found
    pathway = Pathway.objects.create(title="A visit, there and back")
    PathwayStep.objects.bulk_create(
        PathwayStep(pathway=pathway, position=position, kind=kind, prompt_key=key)
        for position, (kind, key) in enumerate(DEFAULT_STEPS, start=1)
    )
    return pathway


@transaction.atomic
def enrol(member: TripMember, *, at: datetime) -> Enrolment | None:
    """Put a visitor on their institution's pathway, else on the default one. Hosts have none."""
    if member.is_host:
        Enrolment.objects.filter(trip_member=member).delete()
        return None
    own = Pathway.objects.filter(institution=member.membership.institution_id).first()
    enrolment, _made = Enrolment.objects.get_or_create(
        trip_member=member,
        defaults={"pathway": own or load_default_pathway(), "enrolled_at": at},
    )
    return enrolment
