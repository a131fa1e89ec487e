"""Signing in by password or code, with and without a second step, and out again."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEvent, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "four unusual words here"


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    data = {"login": user.email, "password": password, **more}
    return client.post(reverse("account_login"), data)


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


def app_code(secret: str) -> str:
    """What the app on a phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def code_in_mail() -> str:
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def set_up_app(client: Client, user: User) -> str:
    """Sign in and set up the app; its secret."""
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert answer.status_code == 302
    return str(secret)


def test_password_opens_the_door(client: Client, amara: User) -> None:
    assert sign_in(client, amara).headers["Location"] == "/dashboard/"
    assert is_in(client)
    assert kinds() == ["signed_in"]


def test_address_in_another_case_is_the_same_person(client: Client, amara: User) -> None:
    client.post(reverse("account_login"), {"login": amara.email.upper(), "password": PASSWORD})

    assert is_in(client)


def test_wrong_password_reads_like_an_unknown_address(client: Client, amara: User) -> None:
    wrong = sign_in(client, amara, "not the password")
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": PASSWORD}
    )

    def errors(page: Any) -> Any:
        return page.context["form"].errors.as_text()

    assert errors(wrong) == errors(unknown)
    assert not is_in(client)


def test_log_keeps_no_typed_address_and_no_password(client: Client, amara: User) -> None:
    sign_in(client, amara, "not the password")
    client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "secret words"}
    )

    rows = str(list(AuditEvent.objects.values()))
    assert kinds() == ["sign_in_failed", "sign_in_failed"]
    assert "nobody" not in rows
    assert "secret" not in rows
    assert AuditEvent.objects.filter(subject=amara).count() == 1


@pytest.mark.parametrize("login", ["", "x", "\0@example.org", "a" * 5000, "<script>", "ب@ب"])
def test_nonsense_gets_a_sentence(client: Client, db: None, login: str) -> None:
    response = client.post(reverse("account_login"), {"login": login, "password": "x"})

    assert response.status_code == 422
    assert 'role="alert"' in response.text


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("/journal/", "/journal/"),
        ("https://evil.example/", "/dashboard/"),
        ("//evil", "/dashboard/"),
    ],
)
def test_next_stays_in_the_house(client: Client, amara: User, asked: str, where: str) -> None:
    assert sign_in(client, amara, next=asked).headers["Location"] == where


def test_five_failures_close_the_door_for_a_while(client: Client, amara: User) -> None:
    for _ in range(5):
        sign_in(client, amara, "not the password")

    response = sign_in(client, amara)

    assert response.status_code == 429
    assert "Too many failed login attempts" in response.text
    assert not is_in(client)


def test_thirty_tries_a_minute_get_429(client: Client, db: None) -> None:
    for number in range(30):
        client.post(reverse("account_login"), {"login": f"p{number}@example.org", "password": "x"})

    response = client.post(reverse("account_login"), {"login": "p@example.org", "password": "x"})

    assert response.status_code == 429
    assert "Too many tries" in response.text


def test_mailed_code_opens_the_door(client: Client, amara: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": amara.email})
    assert amara.email in client.get(reverse("account_confirm_login_code")).text

    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    assert is_in(client)
    assert mail.outbox[-1].subject == "Your code for Bothways"


def test_code_page_for_an_unknown_address_is_the_same_and_mails_nobody(
    client: Client, amara: User
) -> None:
    def ask(email: str) -> str:
        other = Client()
        other.post(reverse("account_request_login_code"), {"email": email})
        page = other.get(reverse("account_confirm_login_code")).text
        return re.sub(r'value="[^"]{60,}"|This page: \d+', "", page.replace(email, "X"))

    assert ask(amara.email) == ask("nobody@example.org")
    assert len(mail.outbox) == 1


def test_code_runs_out_after_15_minutes(client: Client, amara: User, time_machine: Any) -> None:
    client.post(reverse("account_request_login_code"), {"email": amara.email})
    time_machine.move_to(timezone.now() + timedelta(minutes=16))

    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    assert not is_in(client)


def test_three_wrong_codes_end_the_try(client: Client, amara: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": amara.email})
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "wrong"})

    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    assert not is_in(client)
    assert kinds() == ["sign_in_failed"] * 3


def test_fourth_code_in_a_minute_is_refused(client: Client, amara: User) -> None:
    for _ in range(3):
        Client().post(reverse("account_request_login_code"), {"email": amara.email})

    response = client.post(reverse("account_request_login_code"), {"email": amara.email})

    assert "Too many failed login attempts" in response.text
    assert len(mail.outbox) == 3


def test_second_step_is_asked_and_works_once(
    client: Client, amara: User, time_machine: Any
) -> None:
    secret = set_up_app(client, amara)
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    client.post(reverse("account_logout"))
    assert sign_in(client, amara).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)

    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert is_in(client)

    client.post(reverse("account_logout"))
    sign_in(client, amara)
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert not is_in(client)
    assert "sign_in_failed" in kinds()


def test_recovery_code_works_once(client: Client, amara: User) -> None:
    set_up_app(client, amara)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10

    outcomes = []
    for _ in range(2):
        client.post(reverse("account_logout"))
        sign_in(client, amara)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        outcomes.append(is_in(client))

    assert outcomes == [True, False]


def test_mailed_code_does_not_skip_the_second_step(client: Client, amara: User) -> None:
    set_up_app(client, amara)
    client.post(reverse("account_logout"))

    client.post(reverse("account_request_login_code"), {"email": amara.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    assert not is_in(client)


@pytest.mark.django_db(transaction=True)
def test_app_is_removed_after_saying_who_one_is(client: Client, amara: User) -> None:
    set_up_app(client, amara)
    assert "Remove it" in client.get(reverse("mfa_index")).text

    client.post(reverse("mfa_deactivate_totp"))

    assert "Set up the app" in client.get(reverse("mfa_index")).text
    assert {"mfa_added", "mfa_removed"} <= set(kinds())


def test_new_recovery_codes_replace_the_old(client: Client, amara: User) -> None:
    set_up_app(client, amara)
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert "stop working" in client.get(reverse("mfa_generate_recovery_codes")).text

    client.post(reverse("mfa_generate_recovery_codes"))

    assert old != client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200


def test_powerful_roles_set_up_a_second_step_first(
    client: Client, ruth: User, amara: User, settings: Any
) -> None:
    settings.REQUIRE_MFA = True
    client.force_login(ruth)
    assert client.get("/people/").headers["Location"] == reverse("mfa_index")

    client.force_login(amara)

    assert is_in(client)


def test_coordinator_with_the_app_comes_in(client: Client, ruth: User, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    set_up_app(client, ruth)

    assert client.get("/people/").status_code == 200


def test_password_is_changed(client: Client, amara: User) -> None:
    sign_in(client, amara)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    client.post(reverse("account_logout"))
    sign_in(client, amara, NEW)
    assert is_in(client)
    assert mail.outbox[-1].subject == "Your password was changed"
    assert "password_changed" in kinds()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"oldpassword": "wrong"}, "current password"),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password2": "another one of them"}, "same password"),
    ],
)
def test_bad_new_password_is_refused_with_a_sentence(
    client: Client, amara: User, changes: dict[str, str], words: str
) -> None:
    sign_in(client, amara)
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **changes}

    assert words in client.post(reverse("account_change_password"), typed).text


def test_forgotten_password_is_set_with_a_mailed_link_once(client: Client, amara: User) -> None:
    client.post(reverse("account_reset_password"), {"email": amara.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[1], follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": NEW, "password2": NEW})

    assert "does not work any more" in client.get(link[1], follow=True).text
    sign_in(client, amara, NEW)
    assert is_in(client)


def test_reset_for_an_unknown_address_reads_the_same_and_mails_nobody(
    client: Client, amara: User
) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (amara.email, "nobody@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert [letter.to for letter in mail.outbox] == [[amara.email]]


def test_address_moves_with_a_code(client: Client, amara: User) -> None:
    sign_in(client, amara)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "amara@home.example", "action_add": "yes"})
    amara.refresh_from_db()
    assert amara.email == "amara@example.org"

    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    amara.refresh_from_db()
    assert amara.email == "amara@home.example"
    assert amara.emailaddress_set.get().email == "amara@home.example"  # type: ignore[attr-defined]
    assert "email_changed" in kinds()
    assert mail.outbox[-1].to == ["amara@example.org"]


def test_address_moves_with_a_second_step_too(client: Client, amara: User) -> None:
    set_up_app(client, amara)

    client.post(reverse("account_email"), {"email": "amara@home.example", "action_add": "yes"})
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    amara.refresh_from_db()
    assert amara.email == "amara@home.example"


def test_address_of_somebody_else_cannot_be_taken(client: Client, amara: User, tomas: User) -> None:
    sign_in(client, amara)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": tomas.email, "action_add": "yes"})

    code = code_in_mail() if mail.outbox else "none"
    client.post(reverse("account_email_verification_sent"), {"code": code})

    amara.refresh_from_db()
    assert amara.email == "amara@example.org"


def test_address_is_not_changed_without_saying_who_one_is(client: Client, amara: User) -> None:
    sign_in(client, amara)

    response = client.post(
        reverse("account_email"), {"email": "amara@home.example", "action_add": "yes"}
    )

    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_nobody_signs_up_alone(client: Client, db: None) -> None:
    data = {"email": "x@example.org", "password1": NEW, "password2": NEW}

    pages = [client.get(reverse("account_signup")), client.post(reverse("account_signup"), data)]

    assert all("People are invited" in page.text for page in pages)
    assert not User.objects.exists()


def test_closed_account_stays_out(client: Client, amara: User) -> None:
    User.objects.filter(pk=amara.pk).update(is_active=False)

    page = sign_in(client, amara)

    assert not is_in(client)
    assert page.status_code in {200, 302}
    assert "This account is closed" in client.get(reverse("account_inactive")).text


def test_signing_out_needs_a_button_and_is_logged(client: Client, amara: User) -> None:
    sign_in(client, amara)
    client.get(reverse("account_logout"))
    assert is_in(client)

    for _ in range(2):
        client.post(reverse("account_logout"))

    assert not is_in(client)
    assert kinds() == ["signed_in", "signed_out"]


@pytest.mark.parametrize("way", ["password", "code"])
def test_shared_computer_is_told_to_the_page(client: Client, amara: User, way: str) -> None:
    if way == "password":
        sign_in(client, amara, shared="on")
    else:
        data = {"email": amara.email, "shared": "on"}
        client.post(reverse("account_request_login_code"), data)
        client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    text = client.get("/me/").text

    assert f'data-user="{amara.public_id}" data-shared="yes"' in text


def test_own_computer_is_told_to_the_page(client: Client, amara: User) -> None:
    sign_in(client, amara)
    assert 'data-shared="no"' in client.get("/me/").text

    client.post(reverse("people:shared"), {"shared": "yes"})
    assert 'data-shared="yes"' in client.get("/me/").text

    client.post(reverse("people:shared"))
    assert 'data-shared="no"' in client.get("/me/").text


def test_mail_server_that_is_away_tells_nothing(client: Client, amara: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}).status_code
        for email in (amara.email, "nobody@example.org")
    ]

    assert answers == [302, 302]


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_signup",
        "account_inactive",
    ],
)
def test_page_before_the_door_is_in_our_look(client: Client, db: None, name: str) -> None:
    text = client.get(reverse(name)).text

    assert 'class="topbar"' in text
    assert '<main id="main" class="wrap narrow"' in text


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
    ],
)
def test_page_behind_the_door_is_in_our_look(client: Client, amara: User, name: str) -> None:
    sign_in(client, amara)

    text = client.get(reverse(name)).text

    assert 'class="topbar"' in text
    assert "Amara" in text


def test_person_without_a_password_sets_one(client: Client, amara: User) -> None:
    amara.set_unusable_password()
    amara.save(update_fields=["password"])
    client.force_login(amara)
    assert "None: you sign in by mail." in client.get("/me/").text

    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})

    amara.refresh_from_db()
    assert amara.check_password(NEW)
