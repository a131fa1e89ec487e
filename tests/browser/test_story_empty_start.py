"""From a database that only `migrate` has seen to "how did I change?", by commands and pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from curriculum.management.commands.load_curriculum import CONTENT
from curriculum.models import LessonPage
from jobs.clock import tick
from people.models import Institution, Invitation, User
from tests.conftest import PASSWORD

from .acts import (
    account,
    answer_all,
    answer_checks,
    choose_readers,
    follow,
    press,
    sees,
    sees_heading,
    sign_in,
    write,
)
from .conftest import PHONE, SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
AFTER = datetime(2026, 7, 6, 9, tzinfo=UTC)

RUTH = "ruth@harrowlake.example"
NEEMA = "neema@kilimari.example"
KWAME = "kwame@harrowlake.example"
AMARA = "amara@harrowlake.example"

ROSTER = """name,email,role,programme,cohort
Amara Reyes,amara@harrowlake.example,resident,Anaesthesia residency,2026
Tomas Lindqvist,tomas@harrowlake.example,{role},Anaesthesia residency,2026
"""


def test_empty_installation_comes_to_its_first_outcome(
    sit_down: SitDown, travel: Callable[[datetime], None]
) -> None:
    assert not User.objects.exists()
    assert not Institution.objects.exists()

    travel(START)
    ruth, neema, kwame, amara = sit_down(), sit_down(), sit_down(), sit_down(PHONE, has_touch=True)
    first_coordinator_signs_in(ruth)
    names_her_institution(ruth)
    adds_programme_and_cohort(ruth)
    invites_one_reviewer(ruth)
    invites_a_list(ruth)
    invites_the_same_list_again(ruth)
    invites_a_partner(ruth)
    call_command("load_curriculum", next(CONTENT.glob("en/3-*")), verbosity=0)

    accepts(neema, NEEMA)
    proposes_the_partnership(neema)
    agrees_and_proposes_a_visit(ruth)
    agrees_and_receives(neema)
    accepts(kwame, KWAME)
    accepts(amara, AMARA)
    names_the_visitor_and_her_mentor(ruth)

    prepares_and_writes(amara)
    reads_and_answers(kwame)
    reads_the_answer(amara)
    travel(AFTER)
    looks_back(amara)


def link_in_mail(address: str, part: str) -> str:
    """The newest mailed link to somebody that contains `part`, once the clock has ticked."""
    tick(timezone.now())
    letters = [str(letter.body) for letter in mail.outbox if address in letter.to]
    links = [link for body in letters for link in re.findall(r"http\S+", body) if part in link]
    assert links, f"no letter with {part} to {address}"
    return links[-1]


def first_coordinator_signs_in(ruth: Page) -> None:
    out = StringIO()
    call_command("first_coordinator", RUTH, name="Ruth Adeyemi-Clarke", stdout=out)
    link = next(line for line in out.getvalue().splitlines() if "/password/" in line)

    ruth.goto(link)
    ruth.get_by_label("New Password", exact=True).fill(PASSWORD)
    ruth.get_by_label("New Password (again)").fill(PASSWORD)
    press(ruth, "Save the password")
    sign_in(ruth, RUTH)


def names_her_institution(ruth: Page) -> None:
    sees_heading(ruth, "Name your institution")
    follow(ruth, "Name it")
    sees_heading(ruth, "First, your institution")
    ruth.get_by_label("Full name").fill("Harrow Lake University Hospital")
    ruth.get_by_label("Short name").fill("Harrow Lake")
    ruth.get_by_label("City").fill("Harrow Lake")
    ruth.get_by_label("Country").fill("United States")
    ruth.get_by_label("Time zone").fill("Chicago")
    press(ruth, "Save and go on")
    sees(ruth, "Harrow Lake University Hospital is here. Now its programmes.")


def adds_programme_and_cohort(ruth: Page) -> None:
    ruth.get_by_label("Name of the programme").last.fill("Anaesthesia residency")
    press(ruth, "Add the programme")
    ruth.get_by_text("Add a cohort, or rename").click()
    ruth.get_by_label("Year").fill("2026")
    press(ruth, "Add the cohort")
    sees(ruth, "Cohorts: 2026")


def invites_one_reviewer(ruth: Page) -> None:
    follow(ruth, "People")
    follow(ruth, "Invite somebody")
    ruth.get_by_label("Name", exact=True).fill("Dr Kwame Osei")
    ruth.get_by_label("E-mail address").fill(KWAME)
    ruth.get_by_label("Reviewer").check()
    press(ruth, "Send the invitation")
    sees(ruth, "Dr Kwame Osei")


def choose_list(ruth: Page, role: str) -> None:
    ruth.goto("/people/")
    follow(ruth, "Invite a whole list")
    ruth.get_by_label("List").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": ROSTER.format(role=role).encode()}
    )
    press(ruth, "Look at it first")


def invites_a_list(ruth: Page) -> None:
    choose_list(ruth, "resideent")
    sees_heading(ruth, "1 person will be invited")
    sees(ruth, "There is no role “resideent”.")
    choose_list(ruth, "resident")
    sees_heading(ruth, "2 people will be invited")
    press(ruth, "Send the invitations")
    sees(ruth, "2 people are invited.")


def invites_the_same_list_again(ruth: Page) -> None:
    choose_list(ruth, "resident")
    sees_heading(ruth, "0 people will be invited")
    sees(ruth, "2 rows are known already and stay as they are.")
    assert Invitation.objects.count() == 3


def invites_a_partner(ruth: Page) -> None:
    ruth.goto("/people/")
    follow(ruth, "Invite a partner")
    ruth.get_by_label("Full name").fill("Kilimari Regional Referral Hospital")
    ruth.get_by_label("Short name").fill("Kilimari")
    ruth.get_by_label("City").fill("Kilimari")
    ruth.get_by_label("Country").fill("Tanzania")
    ruth.get_by_label("Time zone").fill("Dar es Salaam")
    ruth.get_by_label("Name of its coordinator").fill("Dr Neema Mushi")
    ruth.get_by_label("Their e-mail address").fill(NEEMA)
    press(ruth, "Add the institution and send the invitation")
    sees(ruth, "Dr Neema Mushi")


def accepts(page: Page, address: str) -> None:
    page.goto(link_in_mail(address, "/invitation/"))
    sees_heading(page, "An invitation to")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Accept")
    expect(page).to_have_url(re.compile("/dashboard/"))


def proposes_the_partnership(neema: Page) -> None:
    neema.goto("/partnerships/")
    follow(neema, "Propose a partnership")
    neema.get_by_label("Partner", exact=True).select_option("Harrow Lake University Hospital")
    neema.get_by_label("Since").fill("2024-01-15")
    press(neema, "Propose")
    sees(neema, "It begins when they agree.")


def agrees_and_proposes_a_visit(ruth: Page) -> None:
    follow(ruth, "Home")
    sees_heading(ruth, "Agree to a partnership")
    follow(ruth, "Read and decide")
    press(ruth, "Agree to this partnership")
    sees(ruth, "The partnership is agreed.")
    follow(ruth, "Propose a visit")
    ruth.get_by_role("radio", name="Kilimari Regional Referral Hospital").check()
    ruth.get_by_label("Purpose").fill("Co-teach the recovery-room course")
    ruth.get_by_label("First day at the host institution").fill("2026-06-08")
    ruth.get_by_label("Last day").fill("2026-07-03")
    press(ruth, "Propose")
    sees(ruth, "The other side has not agreed yet.")


def agrees_and_receives(neema: Page) -> None:
    follow(neema, "Home")
    sees_heading(neema, "Agree to a visit")
    follow(neema, "Read and decide")
    press(neema, "Agree to this visit")
    sees(neema, "The visit is agreed.")
    name_somebody(neema, "Kilimari", "Dr Neema Mushi", "Host supervisor")


def name_somebody(page: Page, side: str, person: str, part: str) -> None:
    follow(page, f"Name somebody of {side}")
    page.get_by_label("Person").select_option(person)
    page.get_by_label("Part", exact=True).select_option(part)
    press(page, "Add to the visit")
    sees(page, person)


def names_the_visitor_and_her_mentor(ruth: Page) -> None:
    follow(ruth, "Trips")
    ruth.get_by_role("link", name="Co-teach the recovery-room course").click()
    name_somebody(ruth, "Harrow Lake", "Amara Reyes", "Resident")
    follow(ruth, "Home")
    sees_heading(ruth, "Name a mentor for Amara Reyes")
    follow(ruth, "Open the person")
    ruth.get_by_label("Reviewer", exact=True).select_option("Dr Kwame Osei")
    press(ruth, "Name as mentor")
    sees_heading(ruth, "Dr Kwame Osei")


def prepares_and_writes(amara: Page) -> None:
    follow(amara, "Home")
    follow(amara, "Answer")
    answer_all(amara, "Disagree")
    press(amara, "Hand in")
    sees(amara, "Handed in on 4 May 2026")

    lesson = LessonPage.objects.live().order_by("path")[0]
    follow(amara, "Home")
    follow(amara, "Read the lesson")
    answer_checks(amara, lesson)
    amara.get_by_role("button", name="Mark complete").click()
    sees(amara, "1 of 4 lessons complete")

    follow(amara, "Home")
    follow(amara, "Write “Before I go”")
    press(amara, "I have read this, start writing")
    sees(amara, "My host supervisors: Dr Neema Mushi")
    choose_readers(amara, "Faculty reviewers: Dr Kwame Osei")
    write(amara, "I expect to learn more than I teach.")
    press(amara, "Send to Dr Kwame Osei")
    sees(amara, "Sent.")


def reads_and_answers(kwame: Page) -> None:
    follow(kwame, "Home")
    sees_heading(kwame, "Read “Before I go”")
    follow(kwame, "Open it")
    kwame.get_by_label("Feedback", exact=True).fill("Who asked for the teaching?")
    press(kwame, "Release to Amara")
    sees(kwame, "Released.")


def reads_the_answer(amara: Page) -> None:
    follow(amara, "Home")
    follow(amara, "Read the answer")
    sees(amara, "Who asked for the teaching?")


def looks_back(amara: Page) -> None:
    sign_in(amara, AMARA)
    sees_heading(amara, "Answer the 21 sentences again")
    follow(amara, "Answer")
    answer_all(amara, "Agree")
    press(amara, "Hand in")
    account(amara, "My outcomes")
    amara.get_by_text("Show as a table").click()
    row = amara.get_by_role("row").filter(has_text="Cost-consciousness")
    expect(row.get_by_role("cell")).to_have_text(["2.00", "4.00"])
