"""A right that has ended opens nothing any more, on the day it ends (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.models import TripMember
from people.models import Membership, Supervision
from reflections.models import Entry, Reading, ReviewRequest
from reflections.workflow.entries import Readers, change_readers

from .world import CANARY, World

pytestmark = pytest.mark.django_db

GONE = "This text is no longer open to you"
Act = Callable[[World], None]


def days_ago(n: int) -> object:
    return timezone.localdate() - timedelta(days=n)


def end_membership(role: str) -> Act:
    def end(world: World) -> None:
        rows = Membership.objects.filter(user=world.people[role])
        rows.update(since=days_ago(9), until=days_ago(2))

    return end


def end_supervision(world: World) -> None:
    Supervision.objects.update(until=days_ago(2))


def leave_the_visit(world: World) -> None:
    TripMember.objects.filter(user=world.people["host_sup"]).update(withdrawn_on=days_ago(2))


def nobody_reads(world: World) -> None:
    change_readers(world.data["sent"], Readers(), at=timezone.now())


ENDINGS = [
    ("reviewer", "request", end_membership("reviewer")),
    ("mentor", "mentor_request", end_supervision),
    ("reviewer", "request", nobody_reads),
    ("mentor", "mentor_request", nobody_reads),
]


@pytest.mark.parametrize(("role", "request_name", "end"), ENDINGS)
def test_reader_without_a_right_reads_no_more(
    role: str, request_name: str, end: Act, world: World
) -> None:
    client, url = world.client(role), f"/reviews/{world.names[request_name]}/"
    assert CANARY["body"] in client.get(url).text

    end(world)

    assert client.get(url).status_code == 404
    assert client.post(f"{url}save/", {"base": "1", "feedback": "Late."}).status_code == 404
    assert CANARY["body"] not in client.get("/dashboard/").text
    assert not Entry.objects.visible_to(world.people[role]).exists()


@pytest.mark.parametrize("end", [leave_the_visit, nobody_reads])
def test_released_answer_stays_with_its_writer_without_the_text(end: Act, world: World) -> None:
    client, url = world.client("host_sup"), f"/reviews/{world.names['host_request']}/"
    end(world)

    page = client.get(url)

    assert page.status_code == 200
    assert GONE in page.text
    assert CANARY["released"] in page.text
    assert CANARY["body"] not in page.text
    assert not Reading.objects.filter(reader=world.people["host_sup"]).exists()


@pytest.mark.parametrize("act", ["save", "undo", "remarks"])
def test_writer_of_an_answer_can_do_no_more_with_it(act: str, world: World) -> None:
    leave_the_visit(world)

    data = {"token": world.names["nothing"], "body": "One more.", "feedback": "x", "base": "1"}
    url = f"/reviews/{world.names['host_request']}/{act}/"

    assert world.client("host_sup").post(url, data).status_code == 403


def test_author_keeps_the_answer_of_a_reader_who_left(world: World) -> None:
    leave_the_visit(world)

    page = world.client("author").get(f"/journal/{world.names['sent']}/")

    assert CANARY["released"] in page.text


def test_author_writes_to_nobody_who_cannot_hear(world: World) -> None:
    end_supervision(world)
    url = f"/reviews/{world.names['mentor_request']}/remarks/"

    data = {"token": world.names["nothing"], "body": "Are you there?"}

    assert world.client("author").post(url, data).status_code == 403


def test_right_that_comes_back_opens_the_text_again(world: World) -> None:
    client, url = world.client("mentor"), f"/reviews/{world.names['mentor_request']}/"
    end_supervision(world)
    assert client.get(url).status_code == 404

    Supervision.objects.update(until=None)

    assert client.get(url).status_code == 200


def test_another_chosen_right_keeps_the_text_open(world: World) -> None:
    request = ReviewRequest.objects.get(public_id=world.names["request"])
    Supervision.objects.create(
        supervisor=request.reviewer, learner=request.entry.author, since=days_ago(9)
    )
    end_membership("reviewer")(world)

    assert world.client("reviewer").get(f"/reviews/{request.public_id}/").status_code == 200


@pytest.mark.parametrize("role", ["author", "reviewer", "coord", "editor", "admin"])
def test_closed_account_is_out_with_its_next_request(role: str, world: World) -> None:
    user = world.people[role]
    user.is_active = False
    user.save(update_fields=["is_active"])

    assert world.client(role).get("/dashboard/").status_code == 302
    user.is_active = True
    user.save(update_fields=["is_active"])


@pytest.mark.parametrize(
    ("role", "url"),
    [("coord", "/people/"), ("reviewer", "/outcomes/programme/"), ("editor", "/cms/")],
)
def test_role_that_ran_out_closes_its_pages(role: str, url: str, world: World) -> None:
    assert world.client(role).get(url).status_code == 200

    end_membership(role)(world)

    assert world.client(role).get(url).status_code == 403
