"""Mails come in the language of whoever reads them, whatever language the sender works in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from people.models import User
from people.notices import letter, notify
from people.scheduled import mail_invitations

from .conftest import post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves its language behind."""
    yield
    translation.activate("en")


def speaks(user: User, language: str) -> User:
    """The person with another language."""
    user.language = language
    user.save(update_fields=["language"])
    return user


def test_notice_is_mailed_in_the_readers_language(amara: User) -> None:
    speaks(amara, "es")

    with translation.override("fr"):
        subject = gettext_lazy("Your feedback is ready")
        notice = notify(amara, "feedback", "k", subject, "", "/journal/", timezone.now())
        sent = letter(notice)

    assert sent.subject == "Tus comentarios están listos"
    assert sent.body.lstrip().startswith("Hola, Amara Reyes:")
    assert "Todos los avisos, y tus ajustes:" in sent.body


def test_code_is_mailed_in_the_language_of_the_account(client: Client, amara: User) -> None:
    speaks(amara, "fr")

    client.post("/accounts/login/code/", {"email": amara.email}, headers={"accept-language": "es"})

    assert mail.outbox[-1].subject == "Votre code pour Bothways"
    assert "Votre code est" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("amara@example.org", "Ruth Adeyemi-Clarke vous a confié la coordination de Harrow Lake"),
        ("new@example.org", "Ruth Adeyemi-Clarke te nombró en la coordinación de Harrow Lake"),
    ],
)
def test_invitation_comes_in_the_readers_language_else_the_inviters(
    client: Client, ruth: User, amara: User, address: str, subject: str
) -> None:
    speaks(amara, "fr")
    speaks(ruth, "es")
    person = {"display_name": "Somebody", "email": address, "role": "coordinator"}

    post(client, ruth, "invite", **person)
    mail_invitations(timezone.now())

    assert mail.outbox[-1].subject == subject
