"""A certificate as PDF: made by the worker, kept in the private store while it is true."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.template.loader import render_to_string
from django.utils import translation

from publishing.models.edition import digest

from .models import Certificate
from .showing import sheet_of

SIZES = {"a4": "A4", "letter": "letter"}
STYLE = "lms/css/paper.css"
DESIGN = 1  # counts up when the sheet is drawn anew, so that kept files are made again
FOLDER = "certificates"
KEPT_FOR = timedelta(days=30)
WAIT_AT_MOST = 10 * 60  # seconds after which a PDF that did not come may be asked for again
ASKED, FAILED = "asked", "failed"

log = logging.getLogger(__name__)


def store() -> Storage:
    """The private store: no address leads into it."""
    return storages["private"]


def file_name(certificate: Certificate, size: str, language: str) -> str:
    """Where a PDF lies. The name changes with everything that stands on the sheet."""
    true = {
        "content": certificate.content,
        "name": certificate.name,
        "revoked": str(certificate.revoked_at or ""),
        "reason": certificate.revocation_reason,
        "address": settings.BASE_URL,
        "design": DESIGN,
    }
    return f"{FOLDER}/{certificate.code}/{size}-{language}-{digest(true)[:16]}.pdf"


def state_of(name: str) -> str:
    """asked, failed, or nothing."""
    return str(cache.get(f"paper:{name}", ""))


def note(name: str, state: str) -> None:
    """Remember for a few minutes how far a PDF is."""
    cache.set(f"paper:{name}", state, WAIT_AT_MOST)


def keep_pdf(certificate: Certificate, size: str, language: str) -> str:
    """Make the PDF if it is not there; its name in the private store."""
    name = file_name(certificate, size, language)
    if not store().exists(name):
        try:
            store().save(name, ContentFile(make_pdf(certificate, size, language)))
        except Exception:
            note(name, FAILED)
            raise
    return name


def make_pdf(certificate: Certificate, size: str, language: str) -> bytes:
    """One sheet in one language. Nothing is fetched: the page holds all that it shows."""
    # Half a second and 50 MB, and it fails where its libraries are missing: only the worker pays.
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    with translation.override(language):
        context = {"sheet": sheet_of(certificate), "language": language}
        page = render_to_string("pathways/paper.html", context)
    nothing = URLFetcher(allowed_protocols=[])
    foot = f'@bottom-left {{ content: "{certificate.printed_code}" }}'  # a second sheet gets lost
    sheet = CSS(string=f"{style()} @page {{ size: {SIZES[size]}; {foot} }}", url_fetcher=nothing)
    made: bytes = HTML(string=page, url_fetcher=nothing).write_pdf(
        stylesheets=[sheet], pdf_variant="pdf/ua-1"
    )
    return made


@lru_cache(maxsize=1)
def style() -> str:
    """The style of the sheet."""
    found = finders.find(STYLE)
    if not isinstance(found, str):
        raise FileNotFoundError(STYLE)
    return Path(found).read_text(encoding="utf-8")


def forget(certificate: Certificate) -> None:
    """Throw the PDFs of a certificate away; they are made again when somebody asks."""
    folder = f"{FOLDER}/{certificate.code}"
    for name in names_in(folder):
        store().delete(f"{folder}/{name}")


def forget_old(at: datetime) -> None:
    """PDFs that were made a month ago."""
    for code in folders():
        for name in names_in(f"{FOLDER}/{code}"):
            path = f"{FOLDER}/{code}/{name}"
            if store().get_modified_time(path) < at - KEPT_FOR:
                store().delete(path)


def folders() -> list[str]:
    """The codes that have PDFs."""
    return store().listdir(FOLDER)[0] if store().exists(FOLDER) else []


def names_in(folder: str) -> list[str]:
    """The files in a folder, if it is there."""
    return store().listdir(folder)[1] if store().exists(folder) else []
