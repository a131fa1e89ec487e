"""The PDF: made by the worker from the sheet, kept apart, made anew when something changed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import timedelta
from time import process_time

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage, ModulePage
from pathways import libraries, papers
from pathways.certifying import choose_name, revoke
from pathways.export import erase
from pathways.libraries import SENTENCE, can_make_pdf, check_libraries
from pathways.models import Certificate
from pathways.tasks import make_paper
from people.models import User
from tests.conftest import NOON

from .conftest import complete

pytestmark = pytest.mark.django_db
SECONDS = 1.5


@pytest.fixture
def certificate(
    amara: User, signed: ModulePage, lesson: LessonPage, second: LessonPage
) -> Certificate:
    """Amara's."""
    return Certificate.objects.get(completion=complete(amara, lesson, second))


@pytest.fixture
def without_libraries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nobody installed them."""
    monkeypatch.setattr(libraries, "NEEDED", ["libnot-there-9.9"])
    can_make_pdf.cache_clear()
    yield
    can_make_pdf.cache_clear()


def box(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page in millimetres."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    text = b"".join(zlib.decompressobj().decompress(s) for s in streams if s[:1] == b"x")
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", text + pdf)
    assert found, "no page"
    return round(float(found[1]) / 72 * 25.4), round(float(found[2]) / 72 * 25.4)


@pytest.mark.parametrize(("size", "millimetres"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_pdf_has_the_size_of_the_paper(
    certificate: Certificate, size: str, millimetres: tuple[int, int]
) -> None:
    pdf = papers.make_pdf(certificate, size, "en")

    assert pdf.startswith(b"%PDF-")
    assert box(pdf) == millimetres


def test_pdf_is_made_quickly(certificate: Certificate) -> None:
    papers.make_pdf(certificate, "a4", "en")  # the worker has imported its parts

    begun = process_time()
    papers.make_pdf(certificate, "a4", "en")

    assert process_time() - begun < SECONDS


def test_same_certificate_is_the_same_file(certificate: Certificate) -> None:
    once, again = (papers.make_pdf(certificate, "a4", "es") for _ in range(2))

    assert once == again


def test_it_is_made_once_and_kept(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = papers.keep_pdf(certificate, "a4", "en")
    monkeypatch.setattr(papers, "make_pdf", None)  # a second time it would fail

    assert papers.keep_pdf(certificate, "a4", "en") == name


def test_change_of_name_or_state_makes_another_file(certificate: Certificate, ruth: User) -> None:
    names = {papers.file_name(certificate, "a4", "en")}
    certificate.user.display_name = "Amara Osei"
    choose_name(certificate, shown="full", renew=True)
    names.add(papers.file_name(certificate, "a4", "en"))
    revoke(certificate, by=ruth, reason="Given to the wrong person.", at=NOON)
    names.add(papers.file_name(Certificate.objects.get(), "a4", "en"))

    assert len(names) == 3


def test_kept_file_goes_after_a_month_and_when_its_owner_goes(
    certificate: Certificate, amara: User
) -> None:
    name = papers.keep_pdf(certificate, "a4", "en")
    papers.forget_old(timezone.now() + timedelta(days=29))
    assert papers.store().exists(name)
    papers.forget_old(timezone.now() + timedelta(days=31))
    assert not papers.store().exists(name)

    papers.keep_pdf(certificate, "a4", "en")
    erase(amara)
    assert not papers.store().exists(name)


def test_no_address_leads_into_the_private_store(
    client: Client, certificate: Certificate, amara: User
) -> None:
    name = papers.keep_pdf(certificate, "a4", "en")
    client.force_login(amara)

    assert client.get(f"/media/{name}").status_code == 404
    assert client.get(f"/media/../private/{name}").status_code == 404


def pdf_url(certificate: Certificate) -> str:
    return reverse("pathways:certificate_pdf", args=[certificate.printed_code, "a4"])


def test_task_of_an_unknown_code_does_nothing() -> None:
    assert make_paper.call("7KQ4M2DX9TBW", "a4", "en") is None


@pytest.mark.django_db(transaction=True)
def test_button_has_it_made_and_leads_to_the_file(
    client: Client, certificate: Certificate, amara: User
) -> None:
    client.force_login(amara)
    url = pdf_url(certificate)

    assert client.post(url)["Location"] == f"{url}?lang=en"
    waiting = client.get(url)
    assert (waiting.status_code, waiting["Refresh"]) == (200, "2")
    client.post(url)  # an impatient second press
    call_command("worker", batch=True, startup_delay=False, verbosity=0)

    file = client.get(url)
    assert file["Content-Type"] == "application/pdf"
    assert "attachment" in file["Content-Disposition"]
    assert "no-store" in file["Cache-Control"]
    assert b"".join(file.streaming_content).startswith(b"%PDF-")


def test_address_of_the_file_alone_makes_nothing(
    client: Client, certificate: Certificate, amara: User
) -> None:
    client.force_login(amara)

    answer = client.get(pdf_url(certificate))

    assert answer["Location"].endswith("/sheet/")
    assert not papers.store().exists(papers.file_name(certificate, "a4", "en"))


def test_failed_pdf_leads_back_to_the_sheet_with_a_sentence(
    client: Client, certificate: Certificate, amara: User
) -> None:
    client.force_login(amara)
    papers.note(papers.file_name(certificate, "a4", "en"), papers.FAILED)

    page = client.get(pdf_url(certificate), follow=True)

    assert "The PDF could not be made. Print this page instead." in page.text


def test_fault_while_making_is_remembered(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(papers, "style", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        papers.keep_pdf(certificate, "a4", "en")

    assert papers.state_of(papers.file_name(certificate, "a4", "en")) == papers.FAILED


def test_other_sizes_do_not_exist(client: Client, certificate: Certificate, amara: User) -> None:
    client.force_login(amara)

    assert client.get(pdf_url(certificate).replace("/a4/", "/a0/")).status_code == 404


def test_without_libraries_the_sheet_is_printed(
    client: Client, certificate: Certificate, amara: User, without_libraries: None
) -> None:
    client.force_login(amara)

    page = client.get(reverse("pathways:certificate", args=[certificate.printed_code])).text

    assert "Save as PDF" not in page
    assert "Print this page, on paper or into a file" in page


def test_without_libraries_the_operator_is_told_what_to_install(without_libraries: None) -> None:
    (warning,) = check_libraries()

    assert warning.msg == SENTENCE
    assert "apt install libpango-1.0-0" in warning.msg


def test_with_libraries_there_is_nothing_to_say() -> None:
    can_make_pdf.cache_clear()

    assert can_make_pdf()
    assert check_libraries() == []


def test_file_is_in_the_language_of_the_page(
    client: Client, certificate: Certificate, amara: User
) -> None:
    client.force_login(amara)
    sheet = client.get(f"/certificates/{certificate.printed_code}/sheet/?lang=es").text
    assert f"{pdf_url(certificate)}?lang=es" in sheet
    papers.keep_pdf(certificate, "a4", "es")

    file = client.get(client.post(f"{pdf_url(certificate)}?lang=es")["Location"])

    assert file["Content-Type"] == "application/pdf"
