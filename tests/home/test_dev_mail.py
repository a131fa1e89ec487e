"""The mails that the demo did not send can be read there, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Path:
    """The settings of the demo, with a mail folder of their own."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def first_mail(client: Client, folder: Path) -> str:
    """The text of the page of the only mail."""
    stem = next(folder.glob("*.log")).stem
    return client.get(f"/dev/mail/{stem}/0/").text


def test_code_can_be_read_before_signing_in(client: Client, demo: Path) -> None:
    send_mail("Your code", "It is 123-456.\nGo to http://testserver/x", None, ["amara@example.org"])

    assert "Your code" in client.get("/dev/mail/").text
    page = first_mail(client, demo)
    assert "It is 123-456." in page
    assert '<a href="http://testserver/x"' in page


def test_empty_folder_says_so(client: Client, demo: Path) -> None:
    assert "No mail yet" in client.get("/dev/mail/").text


def test_mail_cannot_bring_markup(client: Client, demo: Path) -> None:
    mail = EmailMultiAlternatives("<b>Hi</b>", "<script>alert(1)</script>", None, ["a@example.org"])
    mail.attach_alternative("<img src=x onerror=alert(1)>", "text/html")
    mail.send()

    page = first_mail(client, demo)

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "onerror" not in page


def test_dashes_in_a_mail_do_not_split_it(client: Client, demo: Path) -> None:
    send_mail("One", f"above {'-' * 79} below", None, ["a@example.org"])
    send_mail("Two", "second", None, ["a@example.org"])

    listed = client.get("/dev/mail/").text

    assert listed.count('href="/dev/mail/') == 2


@pytest.mark.parametrize("path", ["", "letter/0/"])
def test_nothing_is_there_outside_the_demo(
    client: Client, demo: Path, settings: Settings, path: str
) -> None:
    demo.mkdir()
    (demo / "letter.log").write_text("Subject: Your code\n\n123-456")
    assert client.get(f"/dev/mail/{path}").status_code == 200

    settings.DEMO = False

    assert client.get(f"/dev/mail/{path}").status_code == 404


@pytest.mark.parametrize("path", ["nothing/0/", "..%2Fsecret-key/0/", "secret-key/0/"])
def test_only_files_of_the_mail_folder_are_shown(client: Client, demo: Path, path: str) -> None:
    (demo.parent / "secret-key.log").write_text("Subject: no\n\nsecret")

    assert client.get(f"/dev/mail/{path}").status_code in {302, 404}
