"""What is known about a person can be taken away, and goes when they go."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from people.export import erase, export_for
from people.models import Acceptance, Institution, Invitation, Notice, Role, User
from people.notices import notify
from people.workflow import Wanted, grant, invite
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(amara: User, dr_osei: User, ruth: User, harrow_lake: Institution) -> User:
    """Amara with a bit of everything."""
    now = timezone.now()
    notify(amara, "t", "k", "Your feedback is ready", "", "/", now)
    invite(Wanted(amara.email, "Amara", harrow_lake, Role.REVIEWER), by=ruth, at=now)
    grant(amara, harrow_lake, Role.EDITOR, at=now, by=ruth)
    return amara


def test_file_holds_everything_of_this_room(known: User) -> None:
    text = json.dumps(export_for(known), ensure_ascii=False)

    for words in (
        "Amara Reyes",
        "amara@example.org",
        "Anaesthesia residency",
        "Dr Kwame Osei",
        "Your feedback is ready",
        "Privacy notice 1.0",
        "is now Editor at Harrow Lake.",
    ):
        assert words in text


def test_file_holds_nothing_of_others(known: User, tomas: User) -> None:
    assert "Tomas" not in json.dumps(export_for(known))
    assert "Amara" not in json.dumps(export_for(tomas))


def test_only_a_tombstone_is_left(known: User) -> None:
    for _ in range(2):
        erase(known)

    known.refresh_from_db()
    assert known.display_name == "former member"
    assert known.email.endswith("@former.invalid")
    assert not known.memberships.valid(timezone.now().date()).exists()  # type: ignore[attr-defined]
    assert not known.groups.exists()
    for model in (Notice, Acceptance, EmailAddress):
        assert not model.objects.filter(user=known).exists()
    assert not Invitation.objects.filter(email="amara@example.org").exists()
    assert not Invitation.objects.filter(withdrawn_at=None).exists()


def test_who_has_gone_is_out_at_once_and_for_good(client: Client, known: User) -> None:
    client.force_login(known)

    erase(known)

    assert client.get("/me/").status_code == 302
    client.post("/accounts/login/", {"login": "amara@example.org", "password": PASSWORD})
    assert client.get("/me/").status_code == 302


def test_address_is_free_again(known: User) -> None:
    erase(known)

    assert User.objects.create_user("amara@example.org").pk != known.pk
