"""What is known about the installation itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from curriculum.models import ModulePage
from jobs.heartbeats import age
from jobs.models import Heartbeat
from pathways.libraries import can_make_pdf
from people.models import Membership, Notice, Policy, Role, User
from reflections.models import InstrumentVersion

from ..next_step import AdminFacts


def admin_facts(user: User, *, at: datetime) -> AdminFacts:
    """Ten small questions to the database."""
    return AdminFacts(
        worker_age=minutes(age(Heartbeat.Kind.WORKER, at=at)),
        clock_age=minutes(age(Heartbeat.Kind.CLOCK, at=at)),
        failed_tasks=DBTaskResult.objects.filter(
            status="FAILED", finished_at__gt=at - timedelta(days=7)
        ).count(),
        waiting_mails=Notice.objects.to_mail(at - timedelta(minutes=30)).count(),
        coordinators=Membership.objects.filter(role=Role.COORDINATOR).valid(at.date()).count(),
        modules=ModulePage.objects.live().count(),
        questions=InstrumentVersion.objects.count(),
        policies=Policy.objects.count(),
        demo_accounts=User.objects.filter(email__endswith="@bothways.example").count(),
        is_demo=settings.DEMO,
        has_second_factor=is_mfa_enabled(user),
        must_have_second_factor=settings.REQUIRE_MFA,
        makes_pdf=can_make_pdf(),
    )


def minutes(span: timedelta | None) -> float | None:
    """A span in minutes; None stays None."""
    return None if span is None else span.total_seconds() / 60
