"""Privacy notice and terms: by version and institution, accepted before the first entry."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone, translation

from people.models import Acceptance, AuditEvent, Institution, Policy, User
from people.policies import (
    MAJOR,
    MINOR,
    TEXTS,
    TRANSLATION,
    accept,
    current_for,
    installation_text,
    load_policies,
    pending_for,
    publish,
)

from .conftest import get, post

pytestmark = pytest.mark.django_db

OWN = {"kind": "privacy", "language": "en", "body": "# Ours", "change": MAJOR}


@pytest.fixture
def newcomer(amara: User) -> User:
    """Amara, before she has read anything."""
    Acceptance.objects.all().delete()
    return amara


def pending(user: User) -> list[str]:
    return [str(policy) for policy in pending_for(user, at=timezone.now())]


def own(place: Institution, by: User, **changes: Any) -> Policy:
    return publish(place, **{**OWN, **changes}, by=by, at=timezone.now())


def test_migrated_database_has_both_texts(db: None) -> None:
    assert installation_text("privacy", "en")
    assert installation_text("terms", "fr")


def test_loading_twice_adds_nothing(db: None) -> None:
    assert load_policies(at=timezone.now()) == 0
    call_command("load_policies")

    assert Policy.objects.count() == len(list(TEXTS.glob("*/*.md")))


def test_newcomer_is_asked_for_both(newcomer: User) -> None:
    assert pending(newcomer) == ["Privacy notice 1.1", "Terms of use 1.0"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "no tienen secreto profesional"), ("fr", "ne sont couverts par aucun secret")],
)
def test_person_reads_and_accepts_in_their_own_language(
    client: Client, newcomer: User, language: str, words: str
) -> None:
    newcomer.language = language
    newcomer.save(update_fields=["language"])
    page = get(client, newcomer, "policies")
    shown = re.findall(r'name="policy" value="(\d+)"', page.text)

    post(client, newcomer, "policies", policy=shown)

    assert words in page.text
    assert f'<div class="prose" lang="{language}">' in page.text
    newcomer.language = "en"
    assert pending(newcomer) == []
    translation.activate("en")


def test_every_language_has_the_same_texts() -> None:
    names = {folder.name: {path.name for path in folder.glob("*.md")} for folder in TEXTS.iterdir()}

    assert names["es"] == names["fr"] == names["en"]


def test_person_without_institution_is_asked_too(admin: User) -> None:
    Acceptance.objects.all().delete()

    assert len(pending(admin)) == 2


def test_accepting_leads_on_to_writing(client: Client, newcomer: User) -> None:
    shown = [policy.pk for policy in Policy.objects.all()]
    assert "no legal privilege" in get(client, newcomer, "policies").text

    response = post(client, newcomer, "policies", policy=shown, next="/journal/new/?prompt=1")

    assert response.headers["Location"] == "/journal/new/?prompt=1"
    assert pending(newcomer) == []


def test_accepting_twice_is_one_fact(client: Client, newcomer: User) -> None:
    shown = [policy.pk for policy in Policy.objects.all()]

    for _ in range(2):
        post(client, newcomer, "policies", policy=shown)

    assert Acceptance.objects.filter(user=newcomer).count() == 2


def test_text_that_was_not_shown_is_not_accepted(client: Client, newcomer: User) -> None:
    first = Policy.objects.first()
    assert first

    response = post(client, newcomer, "policies", policy=[first.pk])

    assert "A text has changed meanwhile." in response.text
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("bad", [["x"], [""], ["\0"], ["999999"], []])
def test_nonsense_is_not_accepted(client: Client, newcomer: User, bad: list[str]) -> None:
    assert post(client, newcomer, "policies", policy=bad).status_code == 200
    assert not Acceptance.objects.exists()


def test_next_leads_to_no_foreign_page(client: Client, newcomer: User) -> None:
    shown = [policy.pk for policy in Policy.objects.all()]

    response = post(client, newcomer, "policies", policy=shown, next="https://evil.example/")

    assert response.headers["Location"] == "/me/policies/"


def test_major_change_asks_again_and_a_minor_one_does_not(
    amara: User, ruth: User, harrow_lake: Institution
) -> None:
    accept(amara, [own(harrow_lake, ruth)], at=timezone.now())
    own(harrow_lake, ruth, body="# Ours, clearer", change=MINOR)
    assert pending(amara) == []

    own(harrow_lake, ruth, body="# Ours, and other", change=MAJOR)

    assert pending(amara) == ["Privacy notice 2.0"]


def test_own_text_holds_in_place_of_the_installations(
    amara: User, amina: User, ruth: User, harrow_lake: Institution
) -> None:
    text = own(harrow_lake, ruth)

    mine = current_for(amara, at=timezone.now())
    theirs = current_for(amina, at=timezone.now())

    assert [p.pk for p in mine if p.kind == "privacy"] == [text.pk]
    assert [p.institution for p in theirs] == [None, None]


def test_text_comes_in_the_readers_language(
    amara: User, ruth: User, harrow_lake: Institution
) -> None:
    accept(amara, [own(harrow_lake, ruth)], at=timezone.now())
    own(harrow_lake, ruth, language="es", body="# Nuestro", change=TRANSLATION)
    amara.language = "es"

    found = current_for(amara, at=timezone.now())[0]

    assert (found.language, found.major, found.minor) == ("es", 1, 0)
    assert pending(amara) == []


def test_same_text_again_publishes_nothing(ruth: User, harrow_lake: Institution) -> None:
    texts = [own(harrow_lake, ruth) for _ in range(2)]

    assert texts[0] == texts[1]
    assert AuditEvent.objects.filter(kind="setting").count() == 1


def test_coordinator_looks_first_and_then_publishes(
    client: Client, ruth: User, harrow_lake: Institution
) -> None:
    typed = {**OWN, "body": "# Ours\n\n<script>alert(1)</script>"}

    looked = post(client, ruth, "policy_new", harrow_lake.slug, **typed)
    assert "This is how people will read it" in looked.text
    assert "<script>alert" not in looked.text
    assert not Policy.objects.filter(institution=harrow_lake).exists()
    post(client, ruth, "policy_new", harrow_lake.slug, **typed, publish="yes")

    assert Policy.objects.get(institution=harrow_lake).major == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": " "}, "This field is required."),
        ({"body": "x" * 40_001}, "at most 40000 characters"),
        ({"body": "\0"}, "Null characters are not allowed."),
        ({"kind": "diary"}, "Select a valid choice"),
        ({"change": ""}, "This field is required."),
    ],
)
def test_bad_text_is_refused_with_a_sentence(
    client: Client, ruth: User, harrow_lake: Institution, changes: dict[str, str], words: str
) -> None:
    typed = {**OWN, **changes, "publish": "yes"}

    response = post(client, ruth, "policy_new", harrow_lake.slug, **typed)

    assert response.status_code == 422
    assert words in response.text


def test_other_side_and_learners_cannot_publish(
    client: Client, neema: User, tomas: User, harrow_lake: Institution
) -> None:
    answers = [
        post(client, who, "policy_new", harrow_lake.slug, **OWN, publish="yes").status_code
        for who in (neema, tomas)
    ]

    assert answers == [404, 404]


def test_asking_costs_three_queries_at_most(
    amara: User, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        pending_for(amara, at=timezone.now())


def test_everybody_reads_the_notice_without_signing_in(client: Client, db: None) -> None:
    text = client.get("/privacy/").text

    assert "Coordinators cannot read entries." in text
    assert "<h1>Privacy notice" not in text


def test_database_refuses_a_version_twice(harrow_lake: Institution) -> None:
    fields = {"kind": "terms", "major": 1, "body": "x", "published_at": timezone.now()}
    Policy.objects.create(institution=harrow_lake, **fields)

    with pytest.raises(IntegrityError):
        Policy.objects.create(institution=harrow_lake, **fields)


def test_database_refuses_an_own_version_twice(db: None) -> None:
    with pytest.raises(IntegrityError):
        Policy.objects.create(kind="terms", major=1, body="x", published_at=timezone.now())


def test_database_refuses_a_second_acceptance(amara: User) -> None:
    row = Acceptance.objects.filter(user=amara)[0]

    with pytest.raises(IntegrityError):
        Acceptance.objects.create(user=amara, policy=row.policy, accepted_at=timezone.now())
