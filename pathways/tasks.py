"""Work of the worker."""

from __future__ import annotations

from django_tasks import task

from curriculum.models import ModuleCompletion
from jobs.defer import defer

from .certifying import certify_module
from .models import Certificate
from .papers import keep_pdf

AT_ONCE = 500


@task()
def make_paper(code: str, size: str, language: str) -> None:
    """The PDF of a certificate, into the private store. Twice is once."""
    certificate = Certificate.objects.filter(code=code).first()
    if certificate:
        keep_pdf(certificate, size, language)


@task()
def certify_missing() -> None:
    """Completed modules without a certificate; where many wait, the rest in another task."""
    rows = ModuleCompletion.objects.filter(certificates=None).select_related("user", "module")
    found = list(rows.order_by("pk")[:AT_ONCE])
    for completion in found:
        certify_module(completion)
    if len(found) == AT_ONCE:
        defer(certify_missing)
