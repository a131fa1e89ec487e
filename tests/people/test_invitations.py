"""The way in: invited, accepted, declined, withdrawn, run out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from people.models import AuditEvent, Institution, Invitation, Notice, Programme, Role, User
from people.scheduled import mail_invitations
from people.workflow import Wanted, find_invitation, invite
from tests.conftest import PASSWORD

from .conftest import get, link_in, post

pytestmark = pytest.mark.django_db

MINA = {"display_name": "Dr Mina Farah", "email": "Mina@example.org", "role": "reviewer"}
JOINING = {
    "display_name": "Dr Mina Farah",
    "password": "four unusual words here",
    "language": "en",
    "time_zone": "nairobi",
}


def invited(client: Client, ruth: User, **changes: Any) -> str:
    """Invite Dr Mina through the page; the path of her link."""
    answer = post(client, ruth, "invite", **{**MINA, **changes})
    assert answer.status_code == 302, answer.text
    mail_invitations(timezone.now())
    client.logout()
    return link_in(mail.outbox[-1], "/invitation/")


def test_invited_person_makes_an_account_and_is_in(client: Client, ruth: User) -> None:
    path = invited(client, ruth)
    assert "invites you as Reviewer" in client.get(path).text

    response = client.post(path, JOINING, follow=True)

    mina = User.objects.get(email="mina@example.org")
    assert response.context["user"] == mina
    assert mina.time_zone == "Africa/Nairobi"
    assert mina.memberships.get().role == Role.REVIEWER
    assert mina.emailaddress_set.get().verified  # type: ignore[attr-defined]
    assert Notice.objects.get(user=ruth).subject == "Dr Mina Farah has accepted your invitation"


def test_browser_may_say_where_the_acceptance_comes_from(client: Client, ruth: User) -> None:
    page = client.get(invited(client, ruth))

    # Under "no-referrer" browsers send "Origin: null", and the form's answer is refused.
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert 'name="referrer"' not in page.text


def test_letter_says_what_happened_and_asks(client: Client, ruth: User) -> None:
    invited(client, ruth, role="coordinator")

    letter = mail.outbox[-1]
    assert letter.subject == "Ruth Adeyemi-Clarke has named you coordinator for Harrow Lake"
    assert letter.to == ["mina@example.org"]
    assert letter.reply_to == [ruth.email]
    assert "&#" not in letter.body


def test_table_keeps_only_a_hash_of_the_link(client: Client, ruth: User) -> None:
    token = invited(client, ruth).split("/")[2]

    assert len(token) == 43
    assert token not in str(Invitation.objects.values().get())


def test_link_works_once(client: Client, ruth: User) -> None:
    path = invited(client, ruth)
    client.post(path, JOINING)
    client.logout()

    answers = [client.get(path), client.post(path, JOINING)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This link has been used" in answers[0].text
    assert User.objects.filter(email="mina@example.org").count() == 1


def test_person_with_an_account_signs_in_and_accepts(
    client: Client, ruth: User, neema: User
) -> None:
    path = invited(client, ruth, email=neema.email)
    assert "Sign in, and accept with one button." in client.get(path).text
    assert client.post(path, JOINING).status_code == 200

    client.post("/accounts/login/", {"login": neema.email, "password": PASSWORD})
    assert "Accept" in client.get(path).text
    client.post(path)

    assert neema.memberships.filter(institution__slug="harrow-lake").exists()


def test_account_of_another_address_cannot_accept(client: Client, ruth: User, neema: User) -> None:
    path = invited(client, ruth)
    client.force_login(neema)

    response = client.post(path)

    assert "You are signed in with another address." in response.text
    assert Invitation.objects.get().answered_at is None


def test_link_runs_out_after_14_days(client: Client, ruth: User) -> None:
    path = invited(client, ruth)
    Invitation.objects.update(expires_at=timezone.now())

    response = client.get(path)

    assert response.status_code == 410
    assert "This link has run out" in response.text


def test_declining_twice_is_harmless(client: Client, ruth: User) -> None:
    path = invited(client, ruth)

    client.post(path, {"decline": "yes"})
    client.post(path, {"decline": "yes"})

    assert not User.objects.filter(email="mina@example.org").exists()
    assert Notice.objects.get(user=ruth).subject == "Dr Mina Farah has declined your invitation"


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "ب", "..%2F"])
def test_wrong_link_gets_a_sentence(client: Client, db: None, token: str) -> None:
    response = client.get(f"/invitation/{token}/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "mina@example.org"}, "too similar"),
        ({"time_zone": "Mars/Base"}, "We do not know this time zone."),
        ({"time_zone": "../../etc/passwd"}, "We do not know this time zone."),
        ({"display_name": " "}, "This field is required."),
        ({"display_name": "x" * 121}, "at most 120 characters"),
        ({"display_name": "a\0b"}, "Null characters are not allowed."),
        ({"language": "tlh"}, "Select a valid choice"),
    ],
)
def test_bad_answer_is_refused_and_kept(
    client: Client, ruth: User, changes: dict[str, str], words: str
) -> None:
    path = invited(client, ruth)

    response = client.post(path, {**JOINING, **changes})

    assert response.status_code == 422
    assert words in response.text
    assert not User.objects.filter(email="mina@example.org").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "Enter a valid email address."),
        ({"email": ""}, "This field is required."),
        ({"role": "boss"}, "Select a valid choice"),
        ({"display_name": "\u202e"}, "This field is required."),
        ({"group": "p:x"}, "Select a valid choice"),
    ],
)
def test_bad_invitation_is_refused_with_a_sentence(
    client: Client, ruth: User, changes: dict[str, str], words: str
) -> None:
    response = post(client, ruth, "invite", **{**MINA, **changes})

    assert response.status_code == 422
    assert words in response.text
    assert not Invitation.objects.exists()


def test_programme_travels_with_the_invitation(
    client: Client, ruth: User, anaesthesia: Programme
) -> None:
    path = invited(client, ruth, role="learner", group=f"p:{anaesthesia.public_id}")

    client.post(path, JOINING)

    assert User.objects.get(email="mina@example.org").memberships.get().programme == anaesthesia


def test_second_invitation_finds_the_first(client: Client, ruth: User) -> None:
    invited(client, ruth)
    post(client, ruth, "invite", **MINA)
    mail_invitations(timezone.now())

    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_who_has_the_role_gets_no_letter(client: Client, ruth: User, dr_osei: User) -> None:
    response = post(client, ruth, "invite", **{**MINA, "email": dr_osei.email})

    assert response.status_code == 302
    assert not Invitation.objects.exists()


def test_learner_cannot_invite(client: Client, tomas: User) -> None:
    assert post(client, tomas, "invite", **MINA).status_code == 403
    assert get(client, tomas, "invitations").status_code == 403


def test_sending_again_makes_a_new_link(client: Client, ruth: User) -> None:
    old = invited(client, ruth)
    Invitation.objects.update(mailed_at=timezone.now() - timedelta(hours=1))

    post(client, ruth, "invitation_resend", Invitation.objects.get().public_id)
    mail_invitations(timezone.now())
    client.logout()

    new = link_in(mail.outbox[-1], "/invitation/")
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_sending_again_at_once_sends_one_letter(client: Client, ruth: User) -> None:
    invited(client, ruth)

    post(client, ruth, "invitation_resend", Invitation.objects.get().public_id)
    mail_invitations(timezone.now())

    assert len(mail.outbox) == 1


def test_letter_goes_out_with_the_commit(
    client: Client, ruth: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post(client, ruth, "invite", **MINA)

    assert len(mail.outbox) == 1
    assert Invitation.objects.get().mailed_at is not None


def test_withdrawn_link_is_closed(client: Client, ruth: User) -> None:
    path = invited(client, ruth)
    for _ in range(2):
        post(client, ruth, "invitation_withdraw", Invitation.objects.get().public_id)
    client.logout()

    response = client.get(path)

    assert response.status_code == 410
    assert "withdrawn" in response.text
    assert AuditEvent.objects.filter(detail="withdrawn").count() == 1


def test_stranger_cannot_touch_an_invitation(client: Client, ruth: User, neema: User) -> None:
    invited(client, ruth)
    public_id = Invitation.objects.get().public_id

    answers = [
        post(client, neema, name, public_id)
        for name in ("invitation_resend", "invitation_withdraw")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_letter_that_failed_is_sent_by_the_clock(
    ruth: User, harrow_lake: Institution, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        invite(Wanted("a@example.org", "A", harrow_lake, Role.LEARNER), by=ruth, at=now)
    assert Invitation.objects.get().mailed_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_invitations(now + timedelta(minutes=1))
    mail_invitations(now + timedelta(minutes=2))

    assert len(mail.outbox) == 1
    assert find_invitation(link_in(mail.outbox[0], "/invitation/").split("/")[2])


def test_database_refuses_a_second_open_letter(ruth: User, harrow_lake: Institution) -> None:
    now = timezone.now()
    fields = {
        "email": "a@example.org",
        "institution": harrow_lake,
        "role": Role.LEARNER,
        "invited_by": ruth,
        "invited_at": now,
        "expires_at": now,
    }
    Invitation.objects.create(token_hash="a", **fields)

    with pytest.raises(IntegrityError):
        Invitation.objects.create(token_hash="b", **fields)


def test_database_refuses_an_acceptance_without_a_day(ruth: User, harrow_lake: Institution) -> None:
    now = timezone.now()
    made = invite(Wanted("a@example.org", "A", harrow_lake, Role.LEARNER), by=ruth, at=now)
    assert made

    with pytest.raises(IntegrityError):
        Invitation.objects.filter(pk=made.pk).update(accepted_by=ruth)


def test_invitations_page_costs_the_same_for_any_number(
    client: Client, ruth: User, harrow_lake: Institution, count_queries: Any
) -> None:
    now = timezone.now()

    def more(start: int, stop: int) -> None:
        for n in range(start, stop):
            wanted = Wanted(f"m{n}@example.org", f"M{n}", harrow_lake, Role.LEARNER)
            invite(wanted, by=ruth, at=now, mail_now=False)

    client.force_login(ruth)
    more(0, 2)
    few = count_queries(lambda: get(client, None, "invitations"))
    more(2, 40)

    assert count_queries(lambda: get(client, None, "invitations")) == few <= 10
