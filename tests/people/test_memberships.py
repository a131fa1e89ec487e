"""Roles are given and ended; Wagtail's groups and the log follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEvent, Cohort, Institution, Membership, Programme, Role, User
from people.scheduled import tidy_roles
from people.workflow import NotPossible, editors_group, grant, revoke
from tests.conftest import join, make_person

from .conftest import get, post

pytestmark = pytest.mark.django_db


def test_granted_editor_may_enter_the_cms(tomas: User, harrow_lake: Institution) -> None:
    grant(tomas, harrow_lake, Role.EDITOR, at=timezone.now())

    assert tomas.has_perm("wagtailadmin.access_admin")
    assert editors_group(harrow_lake) in tomas.groups.all()


def test_second_grant_finds_the_first(tomas: User, harrow_lake: Institution) -> None:
    now = timezone.now()

    rows = [grant(tomas, harrow_lake, Role.REVIEWER, at=now) for _ in range(2)]

    assert rows[0] == rows[1]
    assert AuditEvent.objects.filter(kind="role_granted").count() == 1


def test_revoked_role_is_refused_at_once(
    client: Client, ruth: User, neema: User, harrow_lake: Institution
) -> None:
    row = grant(neema, harrow_lake, Role.COORDINATOR, at=timezone.now())

    revoke(row, at=timezone.now(), by=ruth)

    assert not Institution.objects.coordinated_by(neema).filter(pk=harrow_lake.pk).exists()


def test_revoked_editor_leaves_the_group(eleni: User, harrow_lake: Institution) -> None:
    now = timezone.now()
    tidy_roles(now)
    row = grant(eleni, harrow_lake, Role.EDITOR, at=now)

    revoke(row, at=now)
    revoke(row, at=now)

    assert not User.objects.get(pk=eleni.pk).has_perm("wagtailadmin.access_admin")
    assert AuditEvent.objects.filter(kind="role_revoked").count() == 1


def test_clock_takes_expired_editors_out(tomas: User, harrow_lake: Institution) -> None:
    now = timezone.now()
    grant(tomas, harrow_lake, Role.EDITOR, at=now, until=now.date())

    tidy_roles(now + timedelta(days=1))

    assert not tomas.groups.exists()


def test_clock_brings_editors_in_on_their_first_day(tomas: User, harrow_lake: Institution) -> None:
    now = timezone.now()
    tomorrow = now + timedelta(days=1)
    grant(tomas, harrow_lake, Role.EDITOR, at=now, since=tomorrow.date())
    assert not tomas.groups.exists()

    tidy_roles(tomorrow)

    assert tomas.groups.exists()


def test_expired_editor_is_refused_before_the_clock_tidies(
    client: Client, tomas: User, harrow_lake: Institution
) -> None:
    row = grant(tomas, harrow_lake, Role.EDITOR, at=timezone.now())
    yesterday = timezone.now().date() - timedelta(days=1)
    Membership.objects.filter(pk=row.pk).update(since=yesterday, until=yesterday)
    client.force_login(tomas)

    assert client.get("/cms/").status_code == 403


def test_last_coordinator_stays(ruth: User) -> None:
    with pytest.raises(NotPossible, match="needs a coordinator"):
        revoke(ruth.memberships.get(), at=timezone.now(), by=ruth)


def test_supervisions_end_with_the_last_role(dr_osei: User, amara: User) -> None:
    now = timezone.now()

    revoke(dr_osei.memberships.get(), at=now)

    assert not amara.supervised_by.valid(now.date()).exists()  # type: ignore[attr-defined]


def test_coordinator_gives_a_role(client: Client, ruth: User, tomas: User) -> None:
    response = post(client, ruth, "role_give", tomas.public_id, **{"role-role": "reviewer"})

    assert response.status_code == 302
    assert tomas.memberships.filter(role=Role.REVIEWER).exists()


def test_unknown_role_is_refused_with_a_sentence(client: Client, ruth: User, tomas: User) -> None:
    response = post(client, ruth, "role_give", tomas.public_id, **{"role-role": "emperor"})

    assert response.status_code == 422
    assert "Select a valid choice" in response.text


def test_other_sides_coordinator_cannot_tell_that_the_person_exists(
    client: Client, neema: User, tomas: User
) -> None:
    row = tomas.memberships.get()

    answers = [
        get(client, neema, "member_detail", tomas.public_id),
        post(client, neema, "role_give", tomas.public_id, **{"role-role": "reviewer"}),
        post(client, neema, "role_end", tomas.public_id, row.public_id),
        post(client, neema, "role_move", tomas.public_id, row.public_id),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_coordinator_ends_a_role_twice_without_harm(
    client: Client, ruth: User, tomas: User
) -> None:
    row = tomas.memberships.get()

    answers = [post(client, ruth, "role_end", tomas.public_id, row.public_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not tomas.memberships.valid(timezone.now().date()).exists()  # type: ignore[attr-defined]


def test_learner_moves_to_a_cohort(
    client: Client, ruth: User, tomas: User, anaesthesia: Programme
) -> None:
    row = tomas.memberships.get()
    cohort = Cohort.objects.create(programme=anaesthesia, year=2027)

    post(
        client,
        ruth,
        "role_move",
        tomas.public_id,
        row.public_id,
        **{f"g{row.pk}-group": f"c:{cohort.public_id}"},
    )

    row.refresh_from_db()
    assert (row.programme, row.cohort) == (anaesthesia, cohort)


def test_person_page_shows_roles_and_mentors(
    client: Client, ruth: User, amara: User, dr_osei: User
) -> None:
    response = get(client, ruth, "member_detail", amara.public_id)

    assert "Anaesthesia residency" in response.text
    assert "Dr Kwame Osei" in response.text


def test_people_page_is_for_coordinators(client: Client, tomas: User) -> None:
    assert get(client, tomas, "people_list").status_code == 403


def test_people_page_shows_only_the_own_institution(
    client: Client, ruth: User, amara: User, amina: User
) -> None:
    text = get(client, ruth, "people_list").text

    assert "Amara Reyes" in text
    assert "Dr Amina Said" not in text


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"role": "reviewer"}, "Dr Kwame Osei", "Amara Reyes"),
        ({"q": "reyes"}, "Amara Reyes", "Tomas Lindqvist"),
        ({"q": "tomas@"}, "Tomas Lindqvist", "Amara Reyes"),
    ],
)
def test_people_page_is_narrowed(
    client: Client,
    ruth: User,
    amara: User,
    dr_osei: User,
    tomas: User,
    query: dict[str, str],
    there: str,
    not_there: str,
) -> None:
    text = get(client, ruth, "people_list", **query).text

    assert there in text
    assert f">{not_there}</a>" not in text


@pytest.mark.parametrize(
    "query",
    [
        {"role": "x"},
        {"programme": "x"},
        {"q": "\0"},
        {"page": "x"},
        {"q": "ب" * 200},
        {"page": "999"},
    ],
)
def test_senseless_filters_are_left_out(client: Client, ruth: User, query: dict[str, str]) -> None:
    assert get(client, ruth, "people_list", **query).status_code == 200


def test_people_page_costs_the_same_for_any_number(
    client: Client,
    ruth: User,
    amara: User,
    dr_osei: User,
    harrow_lake: Institution,
    count_queries: Any,
) -> None:
    client.force_login(ruth)
    few = count_queries(lambda: get(client, None, "people_list"))
    for number in range(30):
        join(make_person(f"more{number}"), harrow_lake, Role.LEARNER, Role.REVIEWER)

    assert count_queries(lambda: get(client, None, "people_list")) == few <= 12
