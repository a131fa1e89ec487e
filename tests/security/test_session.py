"""Sessions, foreign forms, foreign files, and texts that outlive a session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as conf
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from people.middleware import SEEN
from reflections.models import Entry
from tests.conftest import PASSWORD

from .tables import ROWS, form_of
from .world import World

pytestmark = pytest.mark.django_db
WORDS = "He put two fingers on her wrist and counted, and I put my phone away."


def sign_in(client: Client, world: World, role: str) -> Any:
    data = {"login": world.people[role].email, "password": PASSWORD}
    return client.post("/accounts/login/", data)


@pytest.mark.parametrize("role", ["author", "coord", "host_sup"])
def test_foreign_site_can_post_no_form_of_ours(role: str, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client(role).cookies

    for row in ROWS:
        if row.method == "POST":
            with transaction.atomic():
                response = client.post(world.fill(row.address), form_of(row.address, world))
                transaction.set_rollback(True)
            assert response.status_code == 403, row


def test_key_of_the_session_changes_at_sign_in(world: World) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies[conf.SESSION_COOKIE_NAME] = before

    sign_in(client, world, "author")

    assert client.cookies[conf.SESSION_COOKIE_NAME].value != before
    assert Client(headers={"cookie": f"sessionid={before}"}).get("/me/").status_code == 302


def test_cookie_is_worth_nothing_after_sign_out(world: World) -> None:
    client = Client()
    sign_in(client, world, "author")
    stolen = client.cookies[conf.SESSION_COOKIE_NAME].value

    client.post("/accounts/logout/")

    thief = Client()
    thief.cookies[conf.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/journal/").status_code == 302


def test_new_password_ends_the_other_sessions(world: World) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, world, "author")
    user = world.people["author"]
    user.set_password("another four unusual words")
    user.save()

    assert elsewhere.get("/me/").status_code == 302


def leave_for_hours(client: Client) -> None:
    client.get("/me/")
    session = client.session
    session[SEEN] = timezone.now().timestamp() - conf.IDLE_SECONDS - 1
    session.save()


@pytest.mark.parametrize(
    ("role", "address", "field"),
    [
        ("author", "/journal/{draft}/save/", "body"),
        ("reviewer", "/reviews/{request}/save/", "feedback"),
        ("host_sup", "/reviews/{host_request}/remarks/", "body"),
    ],
)
def test_text_outlives_the_session(role: str, address: str, field: str, world: World) -> None:
    cache.clear()
    client = Client()
    sign_in(client, world, role)
    leave_for_hours(client)
    url = world.fill(address)

    client.post(url, {field: WORDS, "base": "2", "token": world.names["nothing"]})
    assert sign_in(client, world, role).headers["Location"] == "/me/unsent/"

    page = client.get("/me/unsent/")
    assert WORDS in page.text
    assert f'action="{url}"' in page.text
    assert not Entry.objects.filter(body=WORDS).exists()


def test_text_of_one_is_not_shown_to_the_next(world: World) -> None:
    cache.clear()
    client = Client()
    sign_in(client, world, "author")
    leave_for_hours(client)
    client.post(world.fill("/journal/{draft}/save/"), {"body": WORDS, "base": "2"})

    sign_in(client, world, "stranger")

    assert WORDS not in client.get("/me/unsent/").text


@pytest.mark.parametrize("address", ["http://[", "http://[::1/x", "\x00", "javascript:alert(1)"])
def test_odd_address_of_a_fragment_is_no_error(address: str, world: World) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": address}

    response = world.client("visitor").get("/me/", headers=headers)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"].startswith("/accounts/login/?next=")
    assert "javascript:" not in response.headers["HX-Redirect"]


@pytest.mark.parametrize("name", ["original_images", ".", "", "original_images/", "a" * 300])
def test_folder_of_files_is_not_a_file(
    name: str, world: World, tmp_path: Path, settings: Any
) -> None:
    settings.STORAGES = conf.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    FileSystemStorage(tmp_path).save("original_images/a.png", ContentFile(b"x"))

    assert world.client("author").get(f"/media/{name}").status_code == 404


def test_odd_name_reaches_the_web_server_in_front_unharmed(world: World, settings: Any) -> None:
    settings.MEDIA_ACCEL = "/internal/"
    name = default_storage.save("original_images/50% ä?.png", ContentFile(b"x"))

    response = world.client("author").get(f"/media/{name}".replace("%", "%25").replace("?", "%3F"))

    accel = response.headers["X-Accel-Redirect"]
    default_storage.delete(name)
    assert accel.startswith("/internal/original_images/50%25")
    assert accel.isascii()


@pytest.mark.parametrize("asked", ["https://evil.example", "//evil.example/x", "abc", "/\\evil"])
@pytest.mark.parametrize("url", ["/i18n/language/", "/me/policies/"])
def test_no_form_leads_to_a_foreign_page(url: str, asked: str, world: World) -> None:
    response = world.client("author").post(url, {"next": asked, "language": "en"})

    assert response.status_code == 302
    assert response.headers["Location"] in {"/", "/me/policies/"}
