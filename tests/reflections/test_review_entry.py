"""Reading and answering: noted once, drafted, released once, undone, talked about."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from partnerships.models import TripMember
from people.models import Notice, User
from reflections.models import Entry, EntryVersion, Reading, Remark, Review, ReviewRequest
from reflections.workflow.entries import Readers
from reflections.workflow.reviews import release_review, save_review, undo_release
from tests.conftest import NOON
from tests.reflections.conftest import WORDS, begin_entry, send_words

pytestmark = pytest.mark.django_db
ANSWER = "I noticed that you wrote “to calm myself”. Who else in the room knew?"


@pytest.fixture
def asked(sent: Entry) -> ReviewRequest:
    """Dr Osei is asked to read Amara's entry."""
    return ReviewRequest.objects.get()


@pytest.fixture
def drafted(asked: ReviewRequest) -> Review:
    """Dr Osei's draft of an answer."""
    ratings = {"feeling": "3", "making-sense": "2"}
    return save_review(asked, feedback=ANSWER, ratings=ratings, base=0, at=NOON).review


def post(client: Client, name: str, request: ReviewRequest, **data: Any) -> Any:
    return client.post(reverse(f"reflections:{name}", args=[request.public_id]), data)


def autosave(client: Client, request: ReviewRequest, base: Any, **fields: Any) -> Any:
    return client.post(
        reverse("reflections:autosave_review", args=[request.public_id]),
        json.dumps({"fields": fields, "base": base}),
        content_type="application/json",
    )


def open_desk(client: Client, person: User, request: ReviewRequest, **headers: str) -> Any:
    client.force_login(person)
    url = reverse("reflections:desk_entry", args=[request.public_id])
    return client.get(url, headers=headers)


def open_entry(client: Client, person: User, entry: Entry) -> Any:
    client.force_login(person)
    return client.get(reverse("reflections:entry", args=[entry.public_id]))


def test_queue_shows_what_waits(client: Client, dr_osei: User, asked: ReviewRequest) -> None:
    client.force_login(dr_osei)

    page = client.get(reverse("reflections:desk"))

    assert "1 entry waits for you" in page.text
    assert "A test I did without" in page.text


def test_opening_is_noted_once_and_shown_to_the_author(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest
) -> None:
    for _ in range(2):
        assert WORDS in open_desk(client, dr_osei, asked).text

    assert Reading.objects.count() == 1
    assert Entry.objects.get().status == Entry.Status.IN_REVIEW
    page = open_entry(client, amara, asked.entry)
    assert "Dr Kwame Osei" in page.text.split("Who opened it")[1]


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
def test_loading_ahead_is_not_reading(
    client: Client, dr_osei: User, asked: ReviewRequest, headers: dict[str, str]
) -> None:
    open_desk(client, dr_osei, asked, **headers)

    assert not Reading.objects.exists()


@pytest.mark.parametrize("who", ["tomas", "amara", "ruth", "neema", "eleni", "admin"])
def test_nobody_else_can_tell_that_the_desk_holds_it(
    client: Client, asked: ReviewRequest, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)

    assert open_desk(client, person, asked).status_code == 404
    assert post(client, "save_review", asked, feedback="x").status_code == 404
    assert autosave(client, asked, 0, feedback="x").status_code == 404


def test_draft_is_saved_and_seen_by_nobody_else(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest
) -> None:
    client.force_login(dr_osei)

    answer = autosave(client, asked, 0, feedback=ANSWER, **{"level-feeling": "3"})

    assert (answer.status_code, answer.json()) == (200, {"version": 1})
    assert Review.objects.get().ratings == {"feeling": 3}
    assert "to calm myself”. Who" not in open_entry(client, amara, asked.entry).text


def test_stale_draft_overwrites_nothing(
    client: Client, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    client.force_login(dr_osei)
    autosave(client, asked, 1, feedback="Newer.")

    answer = autosave(client, asked, 1, feedback="Older.")

    assert answer.status_code == 409
    assert Review.objects.get().feedback == "Newer."


def test_without_javascript_both_drafts_are_shown(
    client: Client, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    client.force_login(dr_osei)
    post(client, "save_review", asked, feedback="Newer.", base="1")

    page = post(client, "save_review", asked, feedback="Typed here.", base="1")

    assert page.status_code == 409
    assert "Newer." in page.text
    assert "Typed here." in page.text


@pytest.mark.parametrize(
    "fields",
    [{"level-feeling": "9"}, {"level-feeling": "x"}, {"level-unknown": "1"}, {"level-feeling": ""}],
)
def test_unknown_level_is_no_level(
    client: Client, dr_osei: User, asked: ReviewRequest, fields: dict[str, str]
) -> None:
    client.force_login(dr_osei)

    assert autosave(client, asked, 0, feedback=ANSWER, **fields).status_code == 200
    assert Review.objects.get().ratings == {}


def test_release_reaches_the_author_once_with_a_mail_in_ten_minutes(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    client.force_login(dr_osei)
    for _ in range(2):
        post(client, "save_review", asked, feedback=ANSWER, base="1", release="1")

    notice = Notice.objects.get(kind="feedback")
    assert notice.user == amara
    assert notice.mail_at is not None
    assert notice.mail_at - notice.created_at == timedelta(minutes=10)
    page = open_entry(client, amara, asked.entry)
    assert "Who else in the room knew?" in page.text


def test_notice_has_no_word_of_entry_or_feedback(drafted: Review) -> None:
    release_review(drafted, at=NOON)

    for notice in Notice.objects.all():
        told = f"{notice.subject} {notice.body} {notice.url}"
        assert "calm" not in told
        assert "machine" not in told
        assert "A test I did without" not in told


def test_blank_feedback_is_not_released_and_levels_are_kept(
    client: Client, dr_osei: User, asked: ReviewRequest
) -> None:
    client.force_login(dr_osei)

    page = post(
        client, "save_review", asked, feedback="  ", base="0", release="1", **{"level-feeling": "2"}
    )

    assert page.status_code == 422
    assert "Write at least one sentence to the author first." in page.text
    assert Review.objects.get().ratings == {"feeling": 2}
    assert not Notice.objects.filter(kind="feedback").exists()


def test_release_is_undone_while_unopened_and_nobody_is_told(
    client: Client, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    release_review(drafted, at=NOON)
    client.force_login(dr_osei)

    post(client, "undo_review", asked)

    assert Review.objects.get().status == Review.Status.DRAFT
    assert Entry.objects.get().status == Entry.Status.IN_REVIEW
    assert Notice.objects.get(kind="feedback").withdrawn_at is not None


def test_opened_answer_stands(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    release_review(drafted, at=NOON)
    open_entry(client, amara, asked.entry)
    client.force_login(dr_osei)

    url = reverse("reflections:undo_review", args=[asked.public_id])
    page = client.post(url, follow=True)

    assert "The author has opened it, so it stands." in page.text
    assert Review.objects.get().status == Review.Status.RELEASED


def test_released_again_after_undo_tells_the_author_again(drafted: Review) -> None:
    release_review(drafted, at=NOON)
    undo_release(drafted, at=NOON)

    release_review(drafted, at=NOON + timedelta(minutes=3))

    assert Notice.objects.get(kind="feedback").withdrawn_at is None


def test_returned_entry_comes_back_as_a_new_version_to_the_same_reviewer(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest
) -> None:
    client.force_login(dr_osei)
    post(client, "save_review", asked, feedback="What did she say?", base="0", **{"return": "1"})
    assert Entry.objects.get().status == Entry.Status.RETURNED

    send_words(asked.entry, WORDS + " She said: at six.")

    asked.refresh_from_db()
    assert (asked.state, asked.rounds) == ("open", 2)
    assert asked.version.body.endswith("She said: at six.")
    assert EntryVersion.objects.filter(kind="submission").count() == 2
    page = open_desk(client, dr_osei, asked)
    assert "What did she say?" in page.text


def test_question_of_the_reader_stands_beside_the_text_that_is_written_again(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest
) -> None:
    client.force_login(dr_osei)
    post(client, "save_review", asked, feedback="What did she say?", base="0", **{"return": "1"})
    client.force_login(amara)

    page = client.get(reverse("reflections:write", args=[asked.entry.public_id]))

    assert "Dr Kwame Osei asks" in page.text
    assert "What did she say?" in page.text
    assert Review.objects.get().opened_at is not None


def test_author_sees_every_sent_version(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest
) -> None:
    client.force_login(dr_osei)
    post(client, "save_review", asked, feedback="What did she say?", base="0", **{"return": "1"})
    send_words(asked.entry, WORDS + " More.")

    page = open_entry(client, amara, asked.entry)

    assert "Version 1" in page.text
    assert "Version 2" in page.text


def test_author_and_reviewer_talk_on(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    release_review(drafted, at=NOON)
    client.force_login(amara)
    post(client, "remark", asked, token=str(uuid4()), body="I asked her.")
    client.force_login(dr_osei)
    post(client, "remark", asked, token=str(uuid4()), body="And?")

    page = open_entry(client, amara, asked.entry)

    assert page.text.index("I asked her.") < page.text.index("And?")
    assert Notice.objects.filter(kind="reply").count() == 2


def test_reply_sent_twice_stands_once(
    client: Client, amara: User, asked: ReviewRequest, drafted: Review
) -> None:
    release_review(drafted, at=NOON)
    client.force_login(amara)
    token = str(uuid4())

    for _ in range(2):
        post(client, "remark", asked, token=token, body="I asked her.")

    assert Remark.objects.count() == 1


@pytest.mark.parametrize("who", ["tomas", "ruth", "neema", "admin"])
def test_nobody_else_joins_the_talk(
    client: Client, asked: ReviewRequest, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert post(client, "remark", asked, token=str(uuid4()), body="x").status_code == 404
    assert not Remark.objects.exists()


def test_script_in_an_entry_does_not_run_on_the_desk(
    client: Client, entry: Entry, dr_osei: User
) -> None:
    send_words(entry, 'Hello <script>alert(1)</script> <img src=x onerror="alert(1)">')

    text = open_desk(client, dr_osei, ReviewRequest.objects.get()).text

    assert "<script>alert" not in text
    assert "<img" not in text


def test_mentor_answers_without_a_rubric(
    client: Client, amara: User, amara_part: TripMember, dr_osei: User, shipped: None
) -> None:
    send_words(begin_entry(amara, amara_part, Readers(mentor=True)), WORDS)

    page = open_desk(client, dr_osei, ReviewRequest.objects.get())

    assert "words, and no rubric" in page.text
    assert 'type="radio"' not in page.text


def test_host_supervisor_uses_the_same_desk(
    client: Client,
    amara: User,
    amara_part: TripMember,
    neema: User,
    neema_part: TripMember,
    shipped: None,
) -> None:
    send_words(begin_entry(amara, amara_part, Readers(hosts=True)), WORDS)
    asked = ReviewRequest.objects.get(reviewer=neema)

    assert "as host supervisor" in open_desk(client, neema, asked).text
    post(client, "save_review", asked, feedback=ANSWER, base="0", release="1")

    assert "Who else in the room knew?" in open_entry(client, amara, asked.entry).text


def test_visitor_of_a_host_mission_is_read_by_her_own_side(
    client: Client, amina: User, amina_part: TripMember, neema: User, shipped: None
) -> None:
    send_words(begin_entry(amina, amina_part, Readers(reviewers=True)), WORDS)

    assert ReviewRequest.objects.get().reviewer == neema
    assert WORDS in open_desk(client, neema, ReviewRequest.objects.get()).text


def test_released_answer_stays_when_the_reader_is_removed(
    client: Client, amara: User, dr_osei: User, asked: ReviewRequest, drafted: Review
) -> None:
    release_review(drafted, at=NOON)
    client.force_login(amara)
    client.post(reverse("reflections:readers", args=[asked.entry.public_id]), {})

    assert "Who else in the room knew?" in open_entry(client, amara, asked.entry).text
    assert "Who else in the room knew?" in open_desk(client, dr_osei, asked).text


def test_desk_is_for_reviewers(client: Client, tomas: User, shipped: None) -> None:
    client.force_login(tomas)

    assert client.get(reverse("reflections:desk")).status_code == 403


def test_empty_desk_says_so(client: Client, dr_osei: User, shipped: None) -> None:
    client.force_login(dr_osei)

    assert "All entries are answered" in client.get(reverse("reflections:desk")).text


def fill_queue(asked: ReviewRequest, n: int) -> None:
    entries = Entry.objects.bulk_create(
        Entry(
            author=asked.entry.author,
            title=f"Entry {i}",
            phase="during",
            body=WORDS,
            status="submitted",
            for_reviewers=True,
            started_at=NOON,
            saved_at=NOON,
            sent_at=NOON,
        )
        for i in range(n)
    )
    versions = EntryVersion.objects.bulk_create(
        EntryVersion(entry=e, kind="submission", number=1, body=WORDS, made_at=NOON)
        for e in entries
    )
    ReviewRequest.objects.bulk_create(
        ReviewRequest(
            entry=v.entry,
            version=v,
            reviewer=asked.reviewer,
            right="reviewer",
            since=NOON + timedelta(minutes=i),
        )
        for i, v in enumerate(versions)
    )


def test_queue_costs_the_same_for_any_length_and_depth(
    client: Client, dr_osei: User, asked: ReviewRequest, django_assert_max_num_queries: Any
) -> None:
    client.force_login(dr_osei)
    url = reverse("reflections:desk")
    client.get(url)
    fill_queue(asked, 120)

    seen, following = [], ""
    for _ in range(3):
        with django_assert_max_num_queries(8):
            page = client.get(url, {"after": following} if following else {})
        queue = page.context["queue"]
        seen += [item.pk for item in queue.requests]
        following = str(queue.following)

    assert len(seen) == len(set(seen)) == 121


@pytest.mark.parametrize("after", ["", "x", "~", "2026~1", "2026-06-01T00:00:00~x", "\0~1"])
def test_nonsense_in_the_address_shows_the_first_page(
    client: Client, dr_osei: User, asked: ReviewRequest, after: str
) -> None:
    client.force_login(dr_osei)

    assert "A test I did without" in client.get(reverse("reflections:desk"), {"after": after}).text


def test_desk_entry_stays_in_its_budget(
    client: Client, dr_osei: User, asked: ReviewRequest, django_assert_max_num_queries: Any
) -> None:
    open_desk(client, dr_osei, asked)
    fill_queue(asked, 60)

    with django_assert_max_num_queries(14):
        open_desk_url = reverse("reflections:desk_entry", args=[asked.public_id])
        client.get(open_desk_url)


def test_database_refuses_release_without_feedback(drafted: Review) -> None:
    with pytest.raises(IntegrityError, match="review_handed_over_is_complete"):
        Review.objects.filter(pk=drafted.pk).update(
            status="released", released_at=NOON, feedback=""
        )


def test_database_refuses_a_second_request(asked: ReviewRequest) -> None:
    with pytest.raises(IntegrityError):
        ReviewRequest.objects.create(
            entry=asked.entry,
            version=asked.version,
            reviewer=asked.reviewer,
            right="reviewer",
            since=NOON,
        )


def test_database_refuses_a_remark_without_words(asked: ReviewRequest) -> None:
    with pytest.raises(IntegrityError, match="remark_has_words"):
        Remark.objects.create(token=uuid4(), request=asked, author=asked.reviewer, body="", at=NOON)
