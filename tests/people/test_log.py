"""The log reads as sentences, to those whom it concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.audit import EXACT, SENTENCES, Kind, record, sentence
from people.models import AuditEvent, Institution, Role, User
from people.workflow import grant

from .conftest import get

pytestmark = pytest.mark.django_db


def test_role_change_reads_as_a_sentence(
    client: Client, ruth: User, tomas: User, harrow_lake: Institution
) -> None:
    grant(tomas, harrow_lake, Role.REVIEWER, at=timezone.now(), by=ruth)

    text = get(client, ruth, "log").text

    assert "Ruth Adeyemi-Clarke: Tomas Lindqvist is now Reviewer at Harrow Lake." in text


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_a_sentence(kind: str, amara: User) -> None:
    event = record(kind, at=timezone.now(), actor=amara, subject=amara, detail="learner")

    assert sentence(event).endswith(".")
    assert "%(" not in sentence(event)


@pytest.mark.parametrize(("kind", "detail"), EXACT)
def test_event_without_people_reads_too(db: None, kind: str, detail: str) -> None:
    words = sentence(record(kind, at=timezone.now(), detail=detail))

    assert words.endswith(".")
    assert "%(" not in words


def test_declined_invitation_reads_as_a_sentence(db: None, harrow_lake: Institution) -> None:
    event = record(
        Kind.INVITATION_ANSWERED,
        at=timezone.now(),
        institution=harrow_lake,
        detail="declined",
    )

    assert sentence(event) == "An invitation to Harrow Lake was declined."


def test_all_kinds_are_known() -> None:
    assert set(SENTENCES) == set(Kind.values)


def test_other_side_and_strangers_see_nothing_of_it(
    client: Client, ruth: User, neema: User, amara: User, tomas: User, harrow_lake: Institution
) -> None:
    grant(tomas, harrow_lake, Role.REVIEWER, at=timezone.now(), by=ruth)

    texts = [get(client, who, "log").text for who in (neema, amara)]

    assert not any("Tomas Lindqvist" in text for text in texts)


def test_person_sees_their_own_sign_ins_and_coordinators_do_not(
    client: Client, ruth: User, amara: User
) -> None:
    record(Kind.SIGNED_IN, at=timezone.now(), actor=amara, subject=amara)

    assert "Amara Reyes signed in." in get(client, amara, "log").text
    assert "Amara Reyes signed in." not in get(client, ruth, "log").text


def test_administrator_sees_all(client: Client, admin: User, amara: User) -> None:
    record(Kind.SIGNED_IN, at=timezone.now(), actor=amara, subject=amara)

    assert "Amara Reyes signed in." in get(client, admin, "log").text


def test_log_is_narrowed_by_kind_and_day(client: Client, amara: User) -> None:
    now = timezone.now()
    record(Kind.SIGNED_IN, at=now - timedelta(days=3), actor=amara, subject=amara)
    record(Kind.PASSWORD_CHANGED, at=now, actor=amara, subject=amara)

    roles = get(client, amara, "log", kind="accounts").text
    days = get(client, amara, "log", last=f"{now - timedelta(days=2):%Y-%m-%d}").text

    assert "signed in." not in roles
    assert "changed their password." in roles
    assert "signed in." in days
    assert "changed their password." not in days


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"first": "soon"}, {"page": "-1"}, {"kind": "\0"}]
)
def test_senseless_filters_are_left_out(client: Client, amara: User, query: dict[str, str]) -> None:
    assert get(client, amara, "log", **query).status_code == 200


def test_log_costs_the_same_for_any_length(
    client: Client, ruth: User, harrow_lake: Institution, count_queries: Any
) -> None:
    now = timezone.now()
    client.force_login(ruth)
    record(Kind.SETTING, at=now, actor=ruth, institution=harrow_lake, detail="cohort")
    few = count_queries(lambda: get(client, None, "log"))
    AuditEvent.objects.bulk_create(
        AuditEvent(kind=Kind.SETTING, at=now, actor=ruth, institution=harrow_lake)
        for _ in range(150)
    )

    assert count_queries(lambda: get(client, None, "log")) == few <= 8
