"""Work of the worker."""

from __future__ import annotations

from django_tasks import task

from .models import Certificate
from .papers import keep_pdf


@task()
def make_paper(code: str, size: str, language: str) -> None:
    """The PDF of a certificate, into the private store. Twice is once."""
    certificate = Certificate.objects.filter(code=code).first()
    if certificate:
        keep_pdf(certificate, size, language)
