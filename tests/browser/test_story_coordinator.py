"""A coordinator changes a visit, and sees on her dashboard who stands where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from curriculum.models import LessonPage
from partnerships.models import TripMember
from people.models import User

from .acts import answer_all, follow, press, sees, sees_heading, sees_not, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHORTLY_BEFORE = datetime(2026, 6, 1, 10, tzinfo=UTC)


def test_coordinator_changes_a_visit_and_sees_who_stands_where(
    desk: Page,
    phone: Page,
    travel: Callable[[datetime], None],
    module_3: list[LessonPage],
    ruth: User,
    amara: User,
    dr_osei: User,
    amara_part: TripMember,
    neema_part: TripMember,
) -> None:
    travel(SHORTLY_BEFORE)
    sign_in(desk, ruth)
    sees_who_is_not_ready(desk)
    changes_the_visit(desk)
    changes_the_dates_of_one_person(desk)

    sign_in(phone, amara)
    sees_the_new_dates_and_answers(phone)

    follow(desk, "Home")
    sees_heading(desk, "Amara Reyes leaves soon and has lessons left")
    sees_not(desk, "Remind Amara Reyes")


def sees_who_is_not_ready(desk: Page) -> None:
    sees_heading(desk, "Remind Amara Reyes of the questions before the visit")
    sees(desk, "Amara Reyes leaves soon and has lessons left")


def changes_the_visit(desk: Page) -> None:
    follow(desk, "Open the visit")
    follow(desk, "Change purpose or dates")
    desk.get_by_label("Purpose").fill("Co-teach the recovery-room course, at night")
    desk.get_by_label("Last day").fill("2026-06-01")
    press(desk, "Save")
    sees(desk, "Choose a day on or after the first day.")
    desk.get_by_label("Last day").fill("2026-07-10")
    press(desk, "Save")
    sees_heading(desk, "Co-teach the recovery-room course, at night")
    sees(desk, "to Friday 10 July 2026")


def changes_the_dates_of_one_person(desk: Page) -> None:
    desk.get_by_role("link", name="Change : Amara Reyes").click()
    desk.get_by_label("Is back home on").fill("2026-07-11")
    press(desk, "Save")
    sees(desk, "6 June 2026 to 11 July 2026")


def sees_the_new_dates_and_answers(phone: Page) -> None:
    sees(phone, "Co-teach the recovery-room course, at night. 6 June to 11 July 2026.")
    follow(phone, "Answer")
    answer_all(phone, "Agree")
    press(phone, "Hand in")
    expect(phone.get_by_role("status").first).to_contain_text("Handed in. Thank you.")
