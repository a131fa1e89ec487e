"""The questions before and after a visit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from partnerships.models import TripMember
from people.models import User
from reflections import instruments
from reflections.models import Assessment, InstrumentVersion, Scale
from reflections.waves import state_of
from reflections.workflow.assessments import sums
from reflections.workflow.entries import Readers, save_entry
from tests.reflections.conftest import answer_all, begin_entry

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
AWAY = datetime(2026, 6, 15, 12, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 12, tzinfo=UTC)


def url(member: TripMember, wave: str) -> str:
    return reverse("reflections:assessment", args=[member.public_id, wave])


def everything(instrument: InstrumentVersion, value: str = "4", **more: str) -> dict[str, str]:
    return {item.key: value for item in instrument.items.all()} | more


def test_own_bank_has_21_questions_on_six_scales_and_says_it_is_not_validated(
    questions: InstrumentVersion,
) -> None:
    items = list(questions.items.all())

    assert len(items) == 21
    assert {item.scale for item in items} == set(Scale.values)
    assert sum(item.is_reversed for item in items) == 2
    assert "not yet validated" in questions.status


def test_loading_twice_makes_one_version_in_each_language(questions: InstrumentVersion) -> None:
    instruments.load_all(at=BEFORE)

    found = InstrumentVersion.objects.values_list("language", "number")
    assert sorted(found) == [("en", 1), ("es", 1), ("fr", 1)]


def test_one_changed_letter_makes_a_new_version_and_keeps_the_old(
    questions: InstrumentVersion, tmp_path: Path
) -> None:
    text = (instruments.FOLDER / "bothways-own.en.yaml").read_text()
    changed = tmp_path / "bothways-own.en.yaml"
    changed.write_text(text.replace("I stay calm when", "I keep calm when"))

    second = instruments.load(changed, at=BEFORE)

    assert second.number == 2
    assert questions.items.filter(text__startswith="I stay calm").exists()


def test_more_than_two_reversed_questions_are_refused(tmp_path: Path) -> None:
    text = (instruments.FOLDER / "bothways-own.en.yaml").read_text()
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace('within days."}', 'within days.", reversed: true}'))

    with pytest.raises(instruments.BadInstrument, match="at most 2"):
        instruments.load(bad, at=BEFORE)


@time_machine.travel(BEFORE)
def test_person_answers_and_hands_in(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)

    client.post(url(amara_part, "pre"), everything(questions, submit="1"))

    row = Assessment.objects.get()
    assert row.submitted_at is not None
    assert row.scales["A"] == [4 + 4 + 2 + 4, 4]  # "I wait longer" counts the other way round


@time_machine.travel(BEFORE)
def test_half_the_answers_are_kept_for_later(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)
    client.post(url(amara_part, "pre"), {"plan-without-equipment": "5", "save": "1"})

    page = client.get(url(amara_part, "pre"))

    assert 'name="plan-without-equipment" value="5" checked' in page.text


@time_machine.travel(BEFORE)
def test_handing_in_too_early_names_what_is_missing_and_keeps_the_rest(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)

    response = client.post(url(amara_part, "pre"), {"plan-without-equipment": "5", "submit": "1"})

    assert response.status_code == 422
    assert "20 sentences have no answer yet" in response.text
    assert Assessment.objects.get().answers == {"plan-without-equipment": 5}


@time_machine.travel(BEFORE)
def test_second_submission_changes_nothing(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)
    for value in ("4", "1"):
        client.post(url(amara_part, "pre"), everything(questions, value, submit="1"))

    assert Assessment.objects.get().answers["calm-uncertain"] == 4


@pytest.mark.parametrize("value", ["0", "6", "-1", "4.5", "x", "", "99999999999", "５"])
@time_machine.travel(BEFORE)
def test_answer_outside_the_scale_is_no_answer(
    client: Client,
    amara: User,
    amara_part: TripMember,
    questions: InstrumentVersion,
    value: str,
) -> None:
    client.force_login(amara)

    client.post(url(amara_part, "pre"), {"calm-uncertain": value, "nonsense": "4", "save": "1"})

    assert Assessment.objects.get().answers == {}


@time_machine.travel(AWAY)
def test_before_closes_on_departure_with_a_sentence(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)

    response = client.post(url(amara_part, "pre"), everything(questions, submit="1"))

    assert response.status_code == 403
    assert "They could be answered until 6 June 2026." in response.text
    assert not Assessment.objects.exists()


@time_machine.travel(AWAY)
def test_after_is_not_open_before_the_return(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amara)

    response = client.get(url(amara_part, "post"))

    assert "They open on 4 July 2026" in response.text


@pytest.mark.parametrize(
    ("wave", "day", "state"),
    [
        ("pre", date(2026, 6, 6), "open"),
        ("pre", date(2026, 6, 7), "missed"),
        ("post", date(2026, 7, 3), "later"),
        ("post", date(2026, 7, 4), "open"),
        ("post", date(2026, 9, 2), "open"),
        ("post", date(2026, 9, 3), "missed"),
    ],
)
def test_windows_follow_the_persons_own_dates(
    amara_part: TripMember, wave: str, day: date, state: str
) -> None:
    assert state_of(amara_part, wave, None, day).state == state


def test_departure_day_is_read_on_the_persons_own_clock(amara_part: TripMember) -> None:
    still_the_sixth_in_chicago = datetime(2026, 6, 7, 3, tzinfo=UTC)

    assert amara_part.local_day(still_the_sixth_in_chicago) == date(2026, 6, 6)


@pytest.mark.parametrize("who", ["tomas", "neema", "ruth", "dr_osei"])
@time_machine.travel(BEFORE)
def test_nobody_else_can_tell_that_the_questions_exist(
    client: Client,
    amara_part: TripMember,
    questions: InstrumentVersion,
    who: str,
    request: pytest.FixtureRequest,
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(amara_part, "pre")).status_code == 404
    assert client.post(url(amara_part, "pre"), everything(questions)).status_code == 404


@time_machine.travel(BEFORE)
def test_host_supervisor_is_not_asked(
    client: Client, neema: User, neema_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(neema)

    assert client.get(url(neema_part, "pre")).status_code == 404


@time_machine.travel(AFTER)
def test_my_outcomes_shows_both_values(
    client: Client, amara: User, amara_part: TripMember, questions: InstrumentVersion
) -> None:
    answer_all(amara_part, "pre", 3, questions, BEFORE)
    answer_all(amara_part, "post", 4, questions, AFTER)
    client.force_login(amara)

    page = client.get(reverse("reflections:my_outcomes"))

    assert "3.00" in page.text
    assert "4.00" in page.text


@time_machine.travel(AFTER)
def test_my_outcomes_shows_ones_own_words_of_both_times(
    client: Client, amara: User, amara_part: TripMember, shipped: None
) -> None:
    words = {"before-i-go": "I expect to give.", "first-answer-again": "I would cross out give."}
    for key, text in words.items():
        entry = begin_entry(amara, amara_part, Readers(), key)
        save_entry(entry, body=text, base=entry.version, at=AFTER)
    client.force_login(amara)

    page = client.get(reverse("reflections:my_outcomes"))

    assert all(text in page.text for text in words.values())


def test_visitor_from_the_host_side_answers_the_same_questions(
    client: Client, amina: User, amina_part: TripMember, questions: InstrumentVersion
) -> None:
    client.force_login(amina)

    with time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC)):
        client.post(url(amina_part, "pre"), everything(questions, submit="1"))

    assert Assessment.objects.get().trip_member == amina_part


def test_reversed_answers_are_turned(questions: InstrumentVersion) -> None:
    items = [item for item in questions.items.all() if item.key == "relation-ends"]

    assert sums(items, {"relation-ends": 1}) == {"E": [5, 1]}


def test_database_refuses_a_second_first_answer(
    amara_part: TripMember, questions: InstrumentVersion
) -> None:
    first = answer_all(amara_part, "pre", 3, questions, BEFORE)

    with pytest.raises(IntegrityError):
        Assessment.objects.create(
            trip_member=amara_part,
            instrument=questions,
            wave="pre",
            started_at=first.started_at,
            saved_at=first.saved_at,
        )


def test_database_refuses_submission_without_sums(
    amara_part: TripMember, questions: InstrumentVersion
) -> None:
    row = answer_all(amara_part, "pre", 3, questions, BEFORE)

    with pytest.raises(IntegrityError, match="assessment_submitted_has_sums"):
        Assessment.objects.filter(pk=row.pk).update(scales={})


@time_machine.travel(AFTER)
def test_my_outcomes_costs_the_same_for_any_number_of_visits(
    client: Client,
    amara: User,
    amara_part: TripMember,
    questions: InstrumentVersion,
    mission: Any,
    django_assert_num_queries: Any,
) -> None:
    client.force_login(amara)
    client.get(reverse("reflections:my_outcomes"))
    with django_assert_num_queries(8):
        client.get(reverse("reflections:my_outcomes"))
    TripMember.objects.create(
        trip=mission,
        user=amara,
        membership=amara_part.membership,
        part="resident",
        departs=date(2026, 1, 1),
        returns=date(2026, 2, 1),
    )

    with django_assert_num_queries(8):
        client.get(reverse("reflections:my_outcomes"))
