"""A session that was idle ends, and what was typed meanwhile is not lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as conf
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.middleware import SEEN
from people.models import AuditEvent, User
from people.stash import KEY, OWNER, owner_token
from tests.conftest import PASSWORD
from writing.markdown import count_words

pytestmark = pytest.mark.django_db

WORDS = "He put two fingers on the man’s wrist\nand counted. <b>ب 🫀</b>"
SAFE = f"Your {count_words(WORDS)} words are safe"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/journal/1/edit/?a=b"}


def idle(client: Client, user: User) -> None:
    """Somebody who left their desk for longer than the idle time."""
    client.force_login(user)
    client.get("/me/")
    session = client.session
    session[SEEN] = timezone.now().timestamp() - conf.IDLE_SECONDS - 1
    session.save()


def sign_in(client: Client, user: User) -> Any:
    data = {"login": user.email, "password": PASSWORD}
    return client.post(reverse("account_login"), data)


def test_idle_session_ends_and_is_logged(client: Client, amara: User) -> None:
    idle(client, amara)

    assert client.get("/me/").headers["Location"] == "/accounts/login/?next=/me/"
    assert AuditEvent.objects.filter(kind="signed_out", subject=amara).exists()


def test_busy_session_goes_on(client: Client, amara: User) -> None:
    client.force_login(amara)
    client.get("/me/")

    assert client.get("/me/").status_code == 200


def test_late_form_is_safe_and_can_be_sent_again(client: Client, amara: User) -> None:
    idle(client, amara)
    typed = {"display_name": WORDS, "language": "en", "time_zone": "nairobi", "again": ["1", "2"]}
    where = client.post("/me/?x=1", typed).headers["Location"]
    page = client.get(where)
    assert "You were signed out while you were writing." in page.text
    assert SAFE in page.text

    assert sign_in(client, amara).headers["Location"] == "/me/unsent/"

    page = client.get("/me/unsent/")
    assert SAFE in page.text
    assert 'action="/me/?x=1"' in page.text
    fields = page.context["stash"].fields
    assert ("display_name", WORDS) in fields
    assert [value for name, value in fields if name == "again"] == ["1", "2"]
    assert "<b>" not in page.text.split("<main")[1].replace("&lt;b&gt;", "")
    answer = client.post("/me/?x=1", dict(fields))
    assert answer.status_code == 302


def test_kept_words_cannot_be_read_in_the_cache(client: Client, amara: User) -> None:
    idle(client, amara)
    client.post("/me/", {"display_name": WORDS})

    sealed = cache.get(f"stash:{client.session[KEY]['token']}")

    assert isinstance(sealed, bytes)
    assert b"fingers" not in sealed


def test_another_account_does_not_get_them(client: Client, amara: User, tomas: User) -> None:
    idle(client, amara)
    client.post("/me/", {"display_name": WORDS})

    assert sign_in(client, tomas).headers["Location"] == "/dashboard/"

    assert "fingers" not in client.get("/me/unsent/").text
    assert KEY not in client.session


def test_words_are_kept_for_an_hour(client: Client, amara: User, time_machine: Any) -> None:
    idle(client, amara)
    client.post("/me/", {"display_name": WORDS})
    sign_in(client, amara)
    assert "fingers" in client.get("/me/unsent/").text

    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    session = client.session
    session[SEEN] = timezone.now().timestamp()
    session.save()

    assert "Nothing waits here." in client.get("/me/unsent/").text


def test_passwords_and_files_are_never_kept(client: Client, amara: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    idle(client, amara)
    typed = {"display_name": WORDS, "password1": "secret", "role-token": "t", "country_code": "c"}
    client.post("/me/", {**typed, "file": SimpleUploadedFile("a.txt", b"file")})
    sign_in(client, amara)

    names = {name for name, _value in client.get("/me/unsent/").context["stash"].fields}

    assert names == {"display_name"}


def test_long_text_is_cut_and_said_so(client: Client, amara: User) -> None:
    idle(client, amara)
    client.post("/me/", {"display_name": "word " * 13_000})
    sign_in(client, amara)

    page = client.get("/me/unsent/")

    assert "more than 60,000 characters" in page.text
    assert len(page.context["stash"].longest) == 60_000


@pytest.mark.parametrize("typed", [{}, {"a": " "}])
def test_empty_form_is_not_kept(client: Client, amara: User, typed: dict[str, str]) -> None:
    idle(client, amara)
    client.post("/me/", typed)

    assert KEY not in client.session


def test_forms_of_signing_in_are_not_kept(client: Client, amara: User) -> None:
    idle(client, amara)
    client.post(reverse("account_email"), {"email": "a b c"})

    assert KEY not in client.session


def test_words_can_be_thrown_away_twice(client: Client, amara: User) -> None:
    idle(client, amara)
    client.post("/me/", {"display_name": WORDS})
    sign_in(client, amara)

    answers = [client.post("/me/unsent/").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert "Nothing waits here." in client.get("/me/unsent/").text


def test_foreign_form_is_not_kept(amara: User) -> None:
    client = Client(enforce_csrf_checks=True)
    idle(client, amara)

    response = client.post("/me/", {"display_name": WORDS})

    assert response.status_code == 403
    assert KEY not in client.session


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}],
)
def test_script_is_told_in_its_own_words(
    client: Client, amara: User, headers: dict[str, str]
) -> None:
    idle(client, amara)

    response = client.get("/me/", headers=headers)

    assert response.status_code == 401
    assert response.json() == {"reason": "signed-out"}


def test_json_save_is_told_and_left_to_the_device(client: Client, amara: User) -> None:
    idle(client, amara)

    response = client.post("/me/", json.dumps({"a": WORDS}), content_type="application/json")

    assert (response.status_code, response.json()) == (401, {"reason": "signed-out"})
    assert KEY not in client.session


def test_htmx_goes_to_the_sign_in_page_as_a_whole(client: Client, amara: User) -> None:
    idle(client, amara)

    response = client.post("/me/", {"display_name": WORDS}, headers=HTMX)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fjournal%2F1%2Fedit%2F"
    assert KEY in client.session


def test_visitor_without_a_session_is_told_too(client: Client, db: None) -> None:
    assert client.get("/me/", headers={"Accept": "application/json"}).status_code == 401


def signed_out_elsewhere(client: Client, user: User, typed: dict[str, str]) -> Any:
    """A page was open, its person signed out in another tab, and now its form is sent."""
    client.force_login(user)
    client.get("/me/")
    client.logout()
    page = "http://testserver/journal/1/edit/"
    address = reverse("reflections:save_entry", args=[uuid4()])
    return client.post(address, typed, headers={"referer": page})


def test_words_are_safe_too_where_somebody_signed_out_in_another_tab(
    client: Client, amara: User
) -> None:
    signed_out_elsewhere(client, amara, {"body": WORDS, OWNER: owner_token(amara)})

    assert sign_in(client, amara).headers["Location"] == "/me/unsent/"
    page = client.get("/me/unsent/")
    assert SAFE in page.text
    assert OWNER not in dict(page.context["stash"].fields)


def test_they_are_for_the_account_that_the_form_was_made_for(
    client: Client, amara: User, tomas: User
) -> None:
    signed_out_elsewhere(client, amara, {"body": WORDS, OWNER: owner_token(amara)})

    assert sign_in(client, tomas).headers["Location"] == "/dashboard/"
    assert "fingers" not in client.get("/me/unsent/").text


def test_form_that_says_wrongly_whose_it_is_is_not_kept(client: Client, amara: User) -> None:
    signed_out_elsewhere(client, amara, {"body": WORDS, OWNER: f"{amara.pk}:forged"})

    assert KEY not in client.session


def test_way_back_leads_to_the_page_on_which_the_form_stood(client: Client, amara: User) -> None:
    answer = signed_out_elsewhere(client, amara, {"body": WORDS})

    assert answer.headers["Location"] == "/accounts/login/?next=%2Fjournal%2F1%2Fedit%2F"


def test_address_for_forms_answers_with_a_page(client: Client, amara: User) -> None:
    client.force_login(amara)

    page = client.get(reverse("reflections:save_entry", args=[uuid4()]))

    assert page.status_code == 405
    assert page.headers["Allow"] == "POST"
    assert "There is no page at this address" in page.text
