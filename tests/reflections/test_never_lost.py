"""What the server does so that the device can let go of a text, and not before."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import TripMember
from people.models import User
from reflections.models import Entry, Review, ReviewRequest
from reflections.workflow.reviews import release_review, save_review
from tests.conftest import NOON
from tests.reflections.conftest import WORDS

pytestmark = pytest.mark.django_db


def save(client: Client, url: str, base: int, **fields: str) -> Any:
    """The automatic save of the browser."""
    data = {"fields": fields, "base": base}
    return client.post(url, data, content_type="application/json")


def test_the_same_words_after_sending_are_acknowledged(
    client: Client, amara: User, sent: Entry
) -> None:
    client.force_login(amara)
    url = reverse("reflections:autosave", args=[sent.public_id])

    assert save(client, url, 1, body=WORDS).status_code == 200
    assert save(client, url, 1, body="Later words.").status_code == 423
    assert Entry.objects.get().body == WORDS


def test_the_same_answer_after_its_release_is_acknowledged(
    client: Client, dr_osei: User, sent: Entry
) -> None:
    request = ReviewRequest.objects.get(reviewer=dr_osei)
    saved = save_review(request, feedback="I stopped.", ratings={}, base=0, at=NOON)
    release_review(saved.review, at=NOON)
    client.force_login(dr_osei)
    url = reverse("reflections:autosave_review", args=[request.public_id])

    assert save(client, url, 0, feedback="I stopped.").status_code == 200
    assert save(client, url, 0, feedback="I went on.").status_code == 423
    assert Review.objects.get().feedback == "I stopped."


def new_form(client: Client) -> dict[str, str]:
    """The hidden answers of the page that begins an entry."""
    page = client.get("/journal/new/?prompt=free").text
    return dict(re.findall(r'name="(token|prompt|visit)" value="([^"]+)"', page))


def test_a_beginning_sent_twice_opens_the_same_draft(client: Client, amara: User) -> None:
    client.force_login(amara)
    form = new_form(client)

    answers = [client.post("/journal/new/", form) for _ in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert form["token"] in answers[0].headers["Location"]
    assert Entry.objects.count() == 1


def test_somebody_elses_id_begins_a_new_entry_and_tells_nothing(
    client: Client, tomas: User, entry: Entry
) -> None:
    client.force_login(tomas)

    answer = client.post("/journal/new/", new_form(client) | {"token": str(entry.public_id)})

    assert answer.status_code == 302
    assert str(entry.public_id) not in answer.headers["Location"]


def test_a_first_empty_line_comes_back(
    client: Client, amara: User, amara_part: TripMember, entry: Entry
) -> None:
    client.force_login(amara)
    save(client, reverse("reflections:autosave", args=[entry.public_id]), 1, body="\nSecond line.")

    page = client.get(reverse("reflections:write", args=[entry.public_id])).text

    # A browser leaves out the first line end of a field: the second is the writer's own.
    assert re.search(r'aria-describedby="saved">\n\nSecond line.</textarea>', page)


def test_a_text_that_is_too_long_is_called_not_saved(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)

    page = client.post(
        reverse("reflections:save_entry", args=[entry.public_id]),
        {"body": "x" * 60_001, "base": "1"},
    ).text

    assert 'data-unsaved="yes"' in page
    assert '<span class="tag tag-stop">Not saved</span>' in page


def test_an_answer_that_is_too_long_comes_back_with_its_levels(
    client: Client, dr_osei: User, sent: Entry
) -> None:
    client.force_login(dr_osei)
    request = ReviewRequest.objects.get(reviewer=dr_osei)

    page = client.post(
        reverse("reflections:save_review", args=[request.public_id]),
        {"feedback": "y" * 60_001, "base": "0", "level-feeling": "3"},
    )

    assert page.status_code == 422
    assert re.search(r'name="level-feeling" value="3" checked', page.text)
    assert "The newer draft" not in page.text


def test_signing_out_of_the_cms_goes_by_the_page_that_looks_after_unsent_words(
    client: Client, eleni: User
) -> None:
    client.force_login(eleni)

    assert client.post("/cms/logout/").headers["Location"] == "/accounts/logout/"
