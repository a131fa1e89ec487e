"""axe finds nothing on any page of ours, on a desk by day and on a phone by night.

Each page is looked at twice: 1280 px wide in the light scheme, 390 px wide in the dark one; the
contrast rule, the one that depends on the scheme, also the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from django.utils import timezone
from playwright.sync_api import Page

from curriculum.rendering import checks_in
from curriculum.workflow import answer_check
from people.models import User
from publishing.models import Edition
from tests.conftest import make_person

from .acts import press, sign_in
from .conftest import DESK, PHONE, SitDown
from .every_page import NO_PAGE, House, Tour, enter, names, visited
from .every_page import furnished as furnished

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
LOOK = """async (rules) => {
  const options = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await axe.run(document, { resultTypes: ["violations"], ...options });
  return found.violations.map((one) =>
    `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" | ")}`);
}"""
CONTRAST = ["color-contrast"]
SCREENS = [
    ("light", DESK, None),
    ("dark", PHONE, None),
    ("dark", DESK, CONTRAST),
    ("light", PHONE, CONTRAST),
]
TOURS = ["visitor", "learner", "newcomer", "reviewer", "coordinator", "editor", "codeless"]


def look(page: Page) -> list[str]:
    """What axe finds on the page that is open, on each screen."""
    page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true })")
    found = []
    for scheme, size, rules in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        found += [f"{scheme} {size['width']}: {one}" for one in page.evaluate(LOOK, rules)]
    return found


def walk(page: Page, tour: Tour) -> Iterator[tuple[str, list[str]]]:
    """Each page of a tour, and each form of it posted empty, with what axe finds."""
    for path in tour.pages:
        page.goto(path)
        yield path, look(page)
    for path in tour.forms:
        page.goto(path)
        form = page.locator("main form[method=post]").first
        assert form.count(), f"{path} has no form"
        with page.expect_navigation():
            form.evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")
        yield f"{path} posted empty", look(page)


def test_every_page_is_on_a_tour(furnished: House) -> None:
    known = visited(furnished) | set(NO_PAGE) | {"home:dev_mail_detail"}
    assert sorted(set(names()) - known) == []
    assert sorted(known - set(names()) - {"error_page"}) == []


@pytest.mark.parametrize("name", TOURS)
def test_axe_finds_nothing(furnished: House, sit_down: SitDown, name: str, base_url: str) -> None:
    tour = furnished.tours[name]
    page = sit_down()
    enter(page, tour, base_url)
    found = {path: violations for path, violations in walk(page, tour) if violations}
    assert not found, "\n".join(f"{path}: {one}" for path, all_ in found.items() for one in all_)


def test_axe_finds_nothing_in_the_middle_of_a_sign_in(
    furnished: House, sit_down: SitDown, amara: User
) -> None:
    page = sit_down()
    page.goto("/accounts/login/code/")
    page.get_by_label("E-mail").fill(amara.email)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url("**/accounts/login/code/confirm/")
    assert look(page) == []
    page.goto("/dev/mail/")
    assert look(page) == []
    page.locator("main a[href*='/dev/mail/']").first.click()
    page.wait_for_url(re.compile(r"/dev/mail/.+/"))
    assert look(page) == []


def test_axe_finds_nothing_about_the_second_step(
    furnished: House, sit_down: SitDown, eleni: User
) -> None:
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    assert get_adapter()
    page = sit_down()
    TOTP.activate(eleni, generate_totp_secret())
    RecoveryCodes.activate(eleni)
    sign_in(page, eleni)
    page.wait_for_url("**/2fa/authenticate/**")
    assert look(page) == []
    code = RecoveryCodes(eleni.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    page.locator("main input[name=code]").fill(code)
    press(page, page.locator("main form button").first.inner_text())
    page.wait_for_url("**/dashboard/")
    for path in (
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/reauthenticate/",
    ):
        page.goto(path)
        assert look(page) == [], path


def test_axe_finds_nothing_on_our_panels_in_the_cms(
    furnished: House, sit_down: SitDown, eleni: User, base_url: str
) -> None:
    eleni.is_superuser = True  # sees every module and, as an editor, every report
    eleni.save(update_fields=["is_superuser"])
    page = sit_down()
    enter(page, Tour(eleni, []), base_url)
    page.goto("/cms/")
    page.evaluate(AXE)
    for panel in ("#reader-reports-section", "#modules-due-section"):
        assert page.locator(panel).count() == 1
        found = page.evaluate(f"async () => (await axe.run('{panel}')).violations.map((v) => v.id)")
        assert found == [], panel


def test_axe_finds_nothing_where_answers_are_counted(
    furnished: House, sit_down: SitDown, eleni: User, base_url: str
) -> None:
    eleni.is_superuser = True
    eleni.save(update_fields=["is_superuser"])
    edition = Edition.objects.filter(number=1).earliest("pk")
    asked = checks_in(edition.content)[0]
    wrong = next(choice.id for choice in asked.choices if not choice.right)
    for number in range(6):
        reader = make_person(f"wrong{number}")
        answer_check(reader, edition, asked, chosen=frozenset([wrong]), at=timezone.now())
    module = edition.page.get_parent()
    page = sit_down()
    enter(page, Tour(eleni, []), base_url)
    for path in (f"/cms/checks/{module.pk}/", f"/cms/checks/editions/{edition.public_id}/"):
        page.goto(path)
        assert page.get_by_text("6 people").first.is_visible()
        page.evaluate(AXE)
        found = page.evaluate("async () => (await axe.run('.nice-padding')).violations")
        assert [one["id"] for one in found] == [], path


def test_axe_finds_nothing_in_an_empty_house(sit_down: SitDown, admin: User, base_url: str) -> None:
    page = sit_down()
    enter(page, Tour(admin, []), base_url)
    for path in ("/dashboard/", "/people/places/new/", "/curriculum/", "/trips/"):
        page.goto(path)
        assert look(page) == [], path
