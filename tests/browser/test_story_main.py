"""The whole way: from the first sign-in to "how did I change?", for a visitor and a reviewer.

Told twice, in both directions: a resident of Harrow Lake visits Kilimari, and a physician of
Kilimari visits Harrow Lake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from curriculum.models import LessonPage
from partnerships.models import Trip, TripMember
from people.models import User
from reflections.models import Assessment

from .acts import (
    account,
    answer_all,
    answer_by_keyboard,
    answer_checks,
    choose_readers,
    follow,
    keep_word,
    mails_to,
    press,
    rate_by_keyboard,
    read_notice,
    sees,
    sees_heading,
    sees_not,
    sign_in,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Travel = Callable[[datetime], None]

BEFORE = datetime(2026, 5, 20, 10, tzinfo=UTC)
AFTER = datetime(2026, 7, 6, 10, tzinfo=UTC)
HOPE = "I expect to give two lessons on nerve blocks. I was told it was wanted by our chief."
MARKED = f"{HOPE} Write to baraka.lema@kilimari.example. Sister Agnes will meet me."
LOOK_BACK = "I would cross out the word give. They asked for recovery-room teaching."
FEEDBACK = "You write that it was wanted. Who told you, and did anybody there say so?"
REPLY = "Nobody there had. I wrote to them today and asked."
RETURNED = "One sentence is not there yet: what will you say when the chief asks?"
SENTENCE = "I would like to watch this one first."
SENTENCE_AGAIN = "I may not do this at home, so I would like to watch this one first."


@dataclass(frozen=True)
class Cast:
    """Who travels where, and who reads what they write."""

    visitor: User
    part: TripMember
    reader: User
    host: User


@pytest.fixture
def to_kilimari(
    amara: User, amara_part: TripMember, dr_osei: User, neema: User, neema_part: TripMember
) -> Cast:
    """A resident of Harrow Lake; her supervisor reads."""
    return Cast(amara, amara_part, dr_osei, neema)


@pytest.fixture
def to_harrow_lake(
    amina: User, amina_part: TripMember, neema: User, dr_osei: User, mission: Trip
) -> Cast:
    """A physician of Kilimari on a host mission; a reviewer of Kilimari reads."""
    TripMember.objects.create(
        trip=amina_part.trip,
        user=dr_osei,
        membership=dr_osei.memberships.get(),
        part=TripMember.Part.HOST_SUPERVISOR,
        departs=amina_part.trip.starts,
        returns=amina_part.trip.ends,
    )
    return Cast(amina, amina_part, neema, dr_osei)


@pytest.mark.parametrize("direction", ["to_kilimari", "to_harrow_lake"])
def test_visitor_and_reviewer_go_the_whole_way(
    direction: str,
    request: pytest.FixtureRequest,
    phone: Page,
    desk: Page,
    travel: Travel,
    module_3: list[LessonPage],
) -> None:
    cast: Cast = request.getfixturevalue(direction)
    cast.visitor.acceptances.all().delete()  # nobody has read the texts for her

    travel(BEFORE)
    sign_in(phone, cast.visitor)
    reads_the_first_lesson(phone, module_3[0])
    answers_the_questions_before(phone, cast)
    writes_the_first_entry(phone, cast)
    takes_it_back_and_sends_it_again(phone, cast)

    sign_in(desk, cast.reader)
    rates_and_releases(desk, cast)
    undoes_it_and_releases_again(desk, cast)
    reads_the_answer_and_replies(phone, cast)
    reads_the_reply(desk, cast)

    writes_a_second_entry(phone, cast)
    asks_for_another_look(desk, cast)
    looks_again_and_sends(phone, cast)
    sees_what_came_back(desk, cast)

    travel(AFTER)
    sign_in(phone, cast.visitor)
    answers_the_questions_after(phone)
    looks_back_in_writing(phone)
    sees_how_she_changed(phone)
    sign_in(desk, cast.reader)
    sees_no_numbers_of_one_person(desk)


def reads_the_first_lesson(phone: Page, lesson: LessonPage) -> None:
    follow(phone, f"Read “{lesson.title}”")
    answer_checks(phone, lesson)
    phone.get_by_role("button", name="Mark complete").click()
    sees(phone, "1 of 4 lessons complete")


def answers_the_questions_before(phone: Page, cast: Cast) -> None:
    follow(phone, "Home")
    sees_heading(phone, "Answer 21 sentences about how you work now")
    follow(phone, "Answer")
    answer_all(phone, "Disagree", only=9)
    press(phone, "Save and go on later")
    sees(phone, "Saved. You can go on later, on any device.")

    follow(phone, "Home")
    follow(phone, "Go on answering")
    expect(phone.get_by_role("radio", checked=True)).to_have_count(9)
    press(phone, "Hand in")
    sees(phone, "12 sentences have no answer yet")
    answer_all(phone, "Disagree")
    press(phone, "Hand in")
    sees(phone, "Handed in on 20 May 2026")

    phone.go_back()
    press(phone, "Hand in")
    sees(phone, "Handed in on 20 May 2026")
    assert Assessment.objects.filter(trip_member=cast.part).count() == 1


def writes_the_first_entry(phone: Page, cast: Cast) -> None:
    follow(phone, "Home")
    follow(phone, "Write “Before I go”")
    sees_heading(phone, "Before you write")
    press(phone, "I have read this, start writing")
    sees(phone, f"My host supervisors: {cast.host.display_name}")
    choose_readers(phone, f"Faculty reviewers: {cast.reader.display_name}")
    sees(phone, f"you and {cast.reader.display_name}.")

    write(phone, MARKED)
    press(phone, f"Send to {cast.reader.display_name}")
    sees(phone, "Look at the marked words first")
    press(phone, "Use “a message”")
    keep_word(phone, "Sister Agnes", "An invented name, as the prompt asked")
    sees(phone, "You keep it: An invented name, as the prompt asked")
    expect(phone.get_by_label("Your entry")).to_have_value(
        MARKED.replace("baraka.lema@kilimari.example", "a message")
    )


def takes_it_back_and_sends_it_again(phone: Page, cast: Cast) -> None:
    press(phone, f"Send to {cast.reader.display_name}")
    sees(phone, "Sent. You can take it back until somebody has opened it.")
    press(phone, "Take it back")
    sees(phone, "It is a draft again. Nobody has read it.")
    press(phone, f"Send to {cast.reader.display_name}")
    sees(phone, "Nobody yet.")


def rates_and_releases(desk: Page, cast: Cast) -> None:
    sees_heading(desk, "Read “Before I go”")
    follow(desk, "Desk")
    sees(desk, "1 entry waits for you")
    follow(desk, "Before I go")
    sees(desk, HOPE)
    rate_by_keyboard(desk, "3214")
    expect(desk.get_by_role("radio", checked=True)).to_have_count(4)
    answer_by_keyboard(desk, FEEDBACK)
    sees(desk, "Released.")
    sees(desk, "Not opened by the author yet.")


def undoes_it_and_releases_again(desk: Page, cast: Cast) -> None:
    press(desk, "Undo")
    sees(desk, "It is a draft again, and nobody is told.")
    assert "Your feedback is ready" not in mails_to(cast.visitor)
    expect(desk.get_by_label("Feedback", exact=True)).to_have_value(FEEDBACK)
    press(desk, f"Release to {cast.visitor.get_short_name()}")
    sees(desk, "Released.")


def reads_the_answer_and_replies(phone: Page, cast: Cast) -> None:
    follow(phone, "Home")
    sees_heading(phone, "Read what your reader wrote")
    read_notice(phone, "Your feedback is ready")
    sees(phone, FEEDBACK)
    sees(phone, f"{cast.reader.display_name}, 20 May 2026")
    sees_not(phone, "Take it back")
    phone.get_by_label("Write back, or let it rest").fill(REPLY)
    press(phone, "Send")
    sees(phone, REPLY)


def reads_the_reply(desk: Page, cast: Cast) -> None:
    follow(desk, "Home")
    follow(desk, "Read the reply")
    sees(desk, REPLY)
    sees(desk, "Opened by the author on 20 May 2026.")
    sees_not(desk, "Undo")


def writes_a_second_entry(phone: Page, cast: Cast) -> None:
    follow(phone, "Journal")
    follow(phone, "Write an entry")
    follow(phone, "The sentence I will say")
    choose_readers(phone, "Faculty reviewers")
    write(phone, SENTENCE)
    press(phone, f"Send to {cast.reader.display_name}")
    sees(phone, "Sent.")


def asks_for_another_look(desk: Page, cast: Cast) -> None:
    follow(desk, "Desk")
    follow(desk, "Read the oldest")
    desk.get_by_label("Feedback", exact=True).fill(RETURNED)
    press(desk, "Return for another look")
    sees(desk, "Sent back for another look.")


def looks_again_and_sends(phone: Page, cast: Cast) -> None:
    follow(phone, "Home")
    sees_heading(phone, "Look again at “The sentence I will say”")
    follow(phone, "Open the entry")
    sees(phone, RETURNED)
    follow(phone, "Write on")
    sees(phone, RETURNED)
    write(phone, SENTENCE_AGAIN)
    press(phone, f"Send to {cast.reader.display_name}")
    sees(phone, "Sent.")


def sees_what_came_back(desk: Page, cast: Cast) -> None:
    follow(desk, "Home")
    sees_heading(desk, "See how “The sentence I will say” changed")
    follow(desk, "Open it")
    sees(desk, SENTENCE_AGAIN)
    sees(desk, RETURNED)


def answers_the_questions_after(phone: Page) -> None:
    sees_heading(phone, "Answer the 21 sentences again")
    follow(phone, "Answer")
    answer_all(phone, "Agree")
    press(phone, "Hand in")
    sees(phone, "Handed in on 6 July 2026")


def looks_back_in_writing(phone: Page) -> None:
    follow(phone, "Home")
    follow(phone, "Start writing")
    press(phone, "Start writing")
    sees(phone, HOPE)
    write(phone, LOOK_BACK)
    press(phone, "Keep for myself")
    sees(phone, "Kept. Only you can read it.")


def sees_how_she_changed(phone: Page) -> None:
    account(phone, "My outcomes")
    sees_heading(phone, "See what changed in you")
    sees(phone, HOPE)
    sees(phone, LOOK_BACK)
    phone.get_by_text("Show as a table").click()
    cost = phone.get_by_role("row").filter(has_text="Cost-consciousness")
    expect(cost.get_by_role("cell")).to_have_text(["2.00", "4.00"])


def sees_no_numbers_of_one_person(desk: Page) -> None:
    follow(desk, "Outcomes")
    sees(desk, "Fewer than 5 people took part; a number could point to one of them.")
