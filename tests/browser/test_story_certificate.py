"""A certificate from the last lesson to the check at another hospital, and its revocation."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from curriculum.models import LessonPage, ModulePage
from curriculum.reading import read_edition
from curriculum.workflow import answer_check as mark
from curriculum.workflow import complete_lesson
from pathways.models import Certificate
from people.models import User
from tests.curriculum.making import edition_of, publish

from .acts import account, answer_checks, follow, press, read_notice, sees, sees_not, sign_in
from .conftest import DESK, PHONE, SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASON = "The checks were answered by somebody else."


def read(person: User, lesson: LessonPage) -> None:
    """Read it earlier, somewhere else."""
    edition = edition_of(lesson)
    for asked in read_edition(edition).checks:
        mark(person, edition, asked, chosen=asked.right_ids, at=timezone.now())
    complete_lesson(person, lesson, edition, at=timezone.now())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_certificate_is_earned_saved_checked_and_revoked(
    sit_down: SitDown,
    module_3: list[LessonPage],
    amara: User,
    neema: User,
    harrow_lake: object,
    kilimari: object,
    tmp_path: Path,
    script: bool,
) -> None:
    module = ModulePage.objects.get()
    publish(module, leading_institution=harrow_lake, reviewing_institution=kilimari)
    for lesson in module_3[:-1]:
        read(amara, lesson)
    phone = sit_down(PHONE, java_script_enabled=script)
    visitor = sit_down(DESK, java_script_enabled=script)

    earns(phone, amara, module_3[-1])
    code = Certificate.objects.get().printed_code
    saves(phone, tmp_path)
    checks(visitor, code, name="A. R.")
    shows_the_name(phone)
    checks(visitor, code, name="Amara Reyes")
    publish(module_3[0], title="Quite another lesson", change="re-test")
    checks(visitor, code, name="Amara Reyes")
    sees_not(visitor, "Quite another lesson")

    desk = sit_down(DESK, java_script_enabled=script)
    revokes(desk, neema, code)
    visitor.reload()
    sees(visitor, "It no longer counts.")
    sees(visitor, REASON)
    sees_not(visitor, "genuine")
    phone.goto("/dashboard/")
    read_notice(phone, "A certificate of yours was revoked")
    sees(phone, REASON)


def earns(phone: Page, amara: User, last: LessonPage) -> None:
    """The last lesson leads to the module, and the module to its certificate."""
    sign_in(phone, amara)
    phone.goto(last.get_url())
    answer_checks(phone, last)
    press(phone, "Mark complete")
    follow(phone, "Your certificate")
    sees(phone, "Harrow Lake University Hospital")
    account(phone, "My certificates")
    follow(phone, "Language, interpreters, consent")


def saves(phone: Page, folder: Path) -> None:
    """The page waits for the worker, and then the file comes by itself."""
    press(phone, "Save as PDF, A4")
    sees(phone, "It takes a few seconds")
    with phone.expect_download() as download:
        phone.route("**/pdf/a4/**", work, times=1)  # between two looks of the page
    download.value.save_as(folder / "a4.pdf")
    assert (folder / "a4.pdf").read_bytes().startswith(b"%PDF-")
    follow(phone, "Back to the certificate")


def work(route: Route) -> None:
    """The worker does what waits for it, and then the request goes on."""
    call_command("worker", batch=True, startup_delay=False, verbosity=0)
    route.continue_()


def shows_the_name(phone: Page) -> None:
    """The owner wants others to see it."""
    phone.get_by_label("My full name").check()
    press(phone, "Save")
    sees(phone, "Whoever checks it from now on sees this.")


def checks(visitor: Page, code: str, *, name: str) -> None:
    """Somebody types the code from the paper, in small letters."""
    visitor.goto(f"/certificates/{code.lower()}/")
    sees(visitor, "This certificate is genuine and counts.")
    sees(visitor, name)
    sees(visitor, "Kilimari Regional Referral Hospital")
    sees(visitor, "What an interpreter catches")


def revokes(desk: Page, neema: User, code: str) -> None:
    """The partner's coordinator has the paper before her, and may."""
    sign_in(desk, neema)
    desk.goto(f"/certificates/{code}/")
    desk.locator("summary", has_text="Revoke this certificate").click()
    press(desk, "Revoke")
    sees(desk, "One answer needs another look")
    desk.get_by_label("Why?").fill(REASON)
    press(desk, "Revoke")
    sees(desk, "The certificate is revoked, and its owner is told.")


def test_only_the_sheet_is_printed(
    sit_down: SitDown, module_3: list[LessonPage], amara: User
) -> None:
    for lesson in module_3:
        read(amara, lesson)
    page = sit_down(DESK)
    sign_in(page, amara, f"/certificates/{Certificate.objects.get().printed_code}/sheet/")

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for part in (".topbar", ".footer", ".crumbs", "main form"):
        for one in page.locator(part).all():
            expect(one).to_be_hidden()
