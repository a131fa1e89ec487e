"""Everything done twice is done once: double clicks, replayed saves, a button in two windows."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from partnerships.models import Trip
from reflections.models import Entry, EntryVersion, Review, ReviewRequest
from reflections.workflow.entries import Readers, save_entry, submit_entry

from .journal import answers_of, begin
from .tables import ROWS, Row, form_of
from .test_tables import OUR_MODELS
from .world import World

pytestmark = pytest.mark.django_db

# An answer to a check is a new attempt each time; every attempt is kept.
NEWS = {"curriculum.CheckAttempt"}


def doers(row: Row) -> list[str]:
    """The signed-in roles that may do it; the author first."""
    able = [r for r, status in row.expected.items() if status == 302 and r != "visitor"]
    return sorted(able, key=lambda role: role != "author")


TWICE = [r for r in ROWS if r.method == "POST" and doers(r) and r.address != "/journal/new/"]


def counts() -> dict[str, int]:
    """How many rows each table of ours has, and how much work waits."""
    models = [*OUR_MODELS, apps.get_model("django_tasks_database", "DBTaskResult")]
    return {
        model._meta.label: model._base_manager.count()
        for model in models
        if model._meta.label not in NEWS
    }


@pytest.mark.parametrize("row", TWICE, ids=str)
def test_second_press_adds_nothing(row: Row, world: World) -> None:
    client = world.client(doers(row)[0])
    url, form = world.fill(row.address), form_of(row.address, world)
    first = client.post(url, form)
    once = counts()

    second = client.post(url, form)

    assert counts() == once
    assert first.status_code == 302
    assert second.status_code in {302, 403, 404, 422}


def test_entry_begun_twice_is_one(world: World) -> None:
    client, token = world.client("author"), str(uuid4())
    data = {"prompt": "free", "token": token, "readers": []}

    answers = {client.post("/journal/new/", data).headers["Location"] for _ in range(2)}

    assert answers == {f"/journal/{token}/edit/"}
    assert Entry.objects.filter(public_id=token).count() == 1


def test_id_of_another_persons_entry_makes_an_own_one(world: World) -> None:
    data = {"prompt": "free", "token": world.names["draft"], "readers": []}

    response = world.client("stranger").post("/journal/new/", data)

    assert response.status_code == 302
    assert world.names["draft"] not in response.headers["Location"]
    assert Entry.objects.get(public_id=world.names["draft"]).author == world.people["author"]


def test_entry_sent_twice_is_sent_once(world: World) -> None:
    entry = begin(world, Readers(mentor=True), "Two windows.")
    data = {"base": str(entry.version), "body": "Two windows.", "send": "1"}
    url = f"/journal/{entry.public_id}/save/"

    answers = [world.client("author").post(url, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert ReviewRequest.objects.filter(entry=entry).count() == 1
    assert entry.versions.count() == 1


def test_words_typed_after_sending_come_back(world: World) -> None:
    url = f"/journal/{world.names['sent']}/save/"

    response = world.client("author").post(url, {"base": "2", "body": "One more thought."})

    assert response.status_code == 409
    assert "One more thought." in response.text
    assert "can no longer be changed" in response.text


def test_feedback_typed_after_the_answer_comes_back(world: World) -> None:
    url = f"/reviews/{world.names['host_request']}/save/"

    response = world.client("host_sup").post(url, {"base": "1", "feedback": "One more thought."})

    assert response.status_code == 409
    assert "One more thought." in response.text


@pytest.mark.parametrize("button", ["release", "return"])
def test_answer_handed_over_twice_is_told_once(button: str, world: World) -> None:
    client, url = world.client("reviewer"), f"/reviews/{world.names['request']}/save/"
    data = {"base": "1", "feedback": "I noticed that you waited.", button: "1"}
    client.post(url, data)
    at, once = Review.objects.get(request__public_id=world.names["request"]).released_at, counts()

    assert client.post(url, data).status_code == 302

    assert counts() == once
    assert Review.objects.get(request__public_id=world.names["request"]).released_at == at


def test_replayed_save_makes_no_second_version(world: World) -> None:
    client, url = world.client("author"), f"/journal/{world.names['draft']}/autosave/"
    body = json.dumps({"fields": {"body": "New words."}, "base": 2})

    first, second = (client.post(url, body, content_type="application/json") for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert EntryVersion.objects.filter(kind="other", body="New words.").count() == 0


def test_stale_save_loses_no_text(world: World) -> None:
    client, url = world.client("author"), f"/journal/{world.names['draft']}/autosave/"
    body = json.dumps({"fields": {"body": "Written on a train."}, "base": 1})

    answers = [client.post(url, body, content_type="application/json") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert EntryVersion.objects.filter(body="Written on a train.").count() == 1


def test_version_is_not_chosen_under_the_readers_eyes(world: World) -> None:
    entry = begin(world, Readers(mentor=True), "The first text.")
    other = save_entry(entry, body="The second text.", base=0, at=timezone.now()).other
    submit_entry(entry, at=timezone.now())
    assert other is not None

    url = f"/journal/{entry.public_id}/versions/{other.public_id}/"
    assert world.client("author").post(url, {"keep": "mine"}).status_code == 302

    assert Entry.objects.get(pk=entry.pk).body == "The first text."


def test_general_wording_that_is_too_long_is_said(world: World) -> None:
    text = "Call a@b.co now. " + "x" * 59_983
    entry = begin(world, Readers(mentor=True), text)
    page = world.client("author").get(f"/journal/{entry.public_id}/edit/")
    mark = page.context["page"].marks[0].finding.fingerprint

    url = f"/journal/{entry.public_id}/marks/{mark}/"
    assert world.client("author").post(url, {"general": "1"}).status_code in {302, 422}

    assert Entry.objects.get(pk=entry.pk).body == text


def test_questions_are_handed_in_once(world: World) -> None:
    client, url = world.client("author"), world.fill("/outcomes/{author_part}/pre/")
    form = {**answers_of(world.data["instrument"], 99), "submit": "1"}
    client.post(url, form)
    at = type(world.data["begun"]).objects.get().submitted_at

    client.post(url, {**form, **dict.fromkeys(answers_of(world.data["instrument"], 99), "1")})

    kept = type(world.data["begun"]).objects.get()
    assert kept.submitted_at == at
    assert set(kept.answers.values()) == {4}


def test_visit_proposed_twice_is_one(world: World) -> None:
    before = Trip.objects.count()
    for _ in range(2):
        world.client("coord").post("/trips/new/", form_of("/trips/new/", world))

    assert Trip.objects.count() == before + 1
