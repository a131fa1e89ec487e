"""Files are behind a door, and nothing in them can run."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from people.models import User

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def drawing() -> Any:
    """A stored drawing that tries to run a script."""
    name = default_storage.save("original_images/drawing.svg", ContentFile(SVG))
    yield name
    default_storage.delete(name)


@pytest.mark.django_db
def test_visitor_is_sent_to_sign_in(client: Client, drawing: str) -> None:
    response = client.get(f"/media/{drawing}")

    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


def test_signed_in_person_gets_the_file_in_a_sandbox(
    client: Client, amara: User, drawing: str
) -> None:
    client.force_login(amara)

    response: Any = client.get(f"/media/{drawing}")

    assert b"".join(response.streaming_content) == SVG
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_page_of_html_is_handed_over_as_a_download(client: Client, amara: User) -> None:
    name = default_storage.save("original_images/page.html", ContentFile(b"<p>hello"))
    client.force_login(amara)

    response = client.get(f"/media/{name}")

    assert response.headers["Content-Disposition"] == "attachment"
    default_storage.delete(name)


@pytest.mark.parametrize(
    "name", ["nothing.png", "../secret-key", "a/../../x", "%2e%2e/x", "a//b.png", "x%00.png"]
)
def test_what_is_not_there_or_climbs_out_does_not_exist(
    client: Client, amara: User, name: str
) -> None:
    client.force_login(amara)

    assert client.get(f"/media/{name}").status_code == 404


def test_web_server_in_front_sends_the_file_where_it_is_set_up(
    client: Client, amara: User, drawing: str, settings: Any
) -> None:
    settings.MEDIA_ACCEL = "/internal/"
    client.force_login(amara)

    response = client.get(f"/media/{drawing}")

    assert response.headers["X-Accel-Redirect"] == f"/internal/{drawing}"
