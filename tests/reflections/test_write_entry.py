"""Writing: begun with named readers, saved without ever overwriting, sent once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.models import TripMember
from people.models import Notice, User
from reflections.findings import findings_in
from reflections.models import Entry, EntryVersion, ReviewRequest
from reflections.workflow.entries import (
    Readers,
    change_readers,
    save_entry,
    settle_versions,
    start_entry,
    submit_entry,
    take_back,
)
from reflections.workflow.reviews import note_reading
from tests.conftest import NOON
from tests.reflections.conftest import WORDS, begin_entry, send_words

pytestmark = pytest.mark.django_db


def autosave(client: Client, entry: Entry, body: Any, base: Any) -> Any:
    return client.post(
        reverse("reflections:autosave", args=[entry.public_id]),
        json.dumps({"fields": {"body": body}, "base": base}),
        content_type="application/json",
    )


def post(client: Client, name: str, *ids: Any, **data: Any) -> Any:
    return client.post(reverse(f"reflections:{name}", args=ids), data)


def test_readers_are_named_before_writing(
    client: Client,
    amara: User,
    amara_part: TripMember,
    dr_osei: User,
    neema_part: TripMember,
    shipped: None,
) -> None:
    client.force_login(amara)

    page = client.get(reverse("reflections:new_entry"), {"prompt": "did-without"})

    assert "My mentor: Dr Kwame Osei, with comments, without a rubric" in page.text
    assert "My host supervisors: Dr Neema Mushi, with comments and a rubric" in page.text


def test_opening_the_page_makes_no_entry(
    client: Client, amara: User, amara_part: TripMember, shipped: None
) -> None:
    client.force_login(amara)

    client.get(reverse("reflections:new_entry"), {"prompt": "did-without"})

    assert not Entry.objects.exists()


def test_first_entry_waits_for_the_privacy_notice(
    client: Client, amara: User, amara_part: TripMember, shipped: None
) -> None:
    amara.acceptances.all().delete()
    client.force_login(amara)

    response = client.get(reverse("reflections:new_entry"), {"prompt": "did-without"})

    assert response.status_code == 302
    assert reverse("people:policies") in response.headers["Location"]


def test_entry_keeps_the_question_as_it_was_asked(entry: Entry) -> None:
    assert entry.prompt is not None
    entry.prompt.text = "Another question?"
    entry.prompt.save()

    entry.refresh_from_db()
    assert entry.prompt_text.startswith("A test, drug or device you did without.")


def test_same_client_id_finds_the_same_entry(amara: User, entry: Entry) -> None:
    again = start_entry(
        amara,
        public_id=entry.public_id,
        member=None,
        prompt=None,
        phase="during",
        readers=Readers(),
        title="",
        at=NOON,
    )

    assert again == entry


def test_another_persons_id_is_not_taken_over(tomas: User, entry: Entry) -> None:
    with pytest.raises(Entry.DoesNotExist):
        start_entry(
            tomas,
            public_id=entry.public_id,
            member=None,
            prompt=None,
            phase="during",
            readers=Readers(),
            title="",
            at=NOON,
        )


def test_save_is_acknowledged_with_the_new_version(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)

    answer = autosave(client, entry, "First words.", 1)

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert Entry.objects.get().body == "First words."


def test_replayed_save_changes_nothing(client: Client, amara: User, entry: Entry) -> None:
    client.force_login(amara)

    answers = [autosave(client, entry, "First words.", 1) for _ in range(3)]

    assert [a.status_code for a in answers] == [200, 200, 200]
    assert [a.json()["version"] for a in answers] == [2, 2, 2]


def test_stale_save_overwrites_nothing_and_keeps_both(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)
    autosave(client, entry, "From the computer.", 1)

    answer = autosave(client, entry, "From the phone.", 1)

    assert answer.status_code == 409
    assert Entry.objects.get().body == "From the computer."
    assert EntryVersion.objects.get(kind="other").body == "From the phone."


def test_both_versions_are_shown_side_by_side(client: Client, amara: User, entry: Entry) -> None:
    client.force_login(amara)
    autosave(client, entry, "He counted aloud.", 1)
    autosave(client, entry, "He counted twice.", 1)

    page = client.get(reverse("reflections:write", args=[entry.public_id]))

    assert "He counted aloud." in page.text
    assert "twice" in page.text
    assert page.text.count("Keep this one") == 2


def test_without_javascript_a_stale_save_shows_both(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)
    post(client, "save_entry", entry.public_id, body="One.", base="1")

    page = post(client, "save_entry", entry.public_id, body="Other.", base="1")

    assert page.status_code == 409
    assert "Keep both, one under the other" in page.text


@pytest.mark.parametrize(
    ("keep", "text"),
    [("mine", "Phone."), ("theirs", "Computer."), ("both", "Computer.\n\nPhone.")],
)
def test_author_chooses_between_versions(
    client: Client, amara: User, entry: Entry, keep: str, text: str
) -> None:
    client.force_login(amara)
    autosave(client, entry, "Computer.", 1)
    autosave(client, entry, "Phone.", 1)
    other = EntryVersion.objects.get(kind="other")

    for _ in range(2):
        post(client, "settle", entry.public_id, other.public_id, keep=keep)

    assert Entry.objects.get().body == text
    assert set(EntryVersion.objects.values_list("body", flat=True)) >= {"Phone."}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 6)), max_size=8))
def test_no_order_of_saves_loses_a_word(entry: Entry, saves: list[tuple[str, int]]) -> None:
    EntryVersion.objects.all().delete()
    Entry.objects.filter(pk=entry.pk).update(body="", version=1)
    acknowledged = set()
    for word, base in saves:
        row = Entry.objects.get(pk=entry.pk)
        before = row.body
        saved = save_entry(row, body=word, base=base, at=NOON)
        if saved.other or saved.entry.body == word:
            acknowledged.add(word)
        if base == row.version and before and before != word:
            acknowledged.discard(before)  # replaced knowingly, by who had read it

    kept = {Entry.objects.get(pk=entry.pk).body}
    kept |= set(EntryVersion.objects.filter(entry=entry).values_list("body", flat=True))
    assert acknowledged <= kept


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("nul \0 byte", "nul  byte"),
        ("emoji 🏥 stays", "emoji 🏥 stays"),
        ("كتبت هذا في الليل", "كتبت هذا في الليل"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=cmd()", "=cmd()"),
        ("line\r\nline", "line\nline"),
    ],
)
def test_unusual_text_is_kept_and_shown_safely(
    client: Client, amara: User, entry: Entry, body: str, kept: str
) -> None:
    client.force_login(amara)

    assert autosave(client, entry, body, 1).status_code == 200

    assert Entry.objects.get().body == kept
    page = client.get(reverse("reflections:write", args=[entry.public_id])).text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"fields": {"body": 3}, "base": 1}',
        '{"fields": [], "base": 1}',
        '{"fields": {"body": null}, "base": 1}',
    ],
)
def test_unreadable_save_is_refused_and_changes_nothing(
    client: Client, amara: User, entry: Entry, payload: str
) -> None:
    client.force_login(amara)
    url = reverse("reflections:autosave", args=[entry.public_id])

    answer = client.post(url, payload, content_type="application/json")

    assert answer.status_code == 400
    assert Entry.objects.get().version == 1


@pytest.mark.parametrize("base", ["x", None, -5, 99, 1.5, [], "1"])
def test_wrong_base_version_never_overwrites(
    client: Client, amara: User, entry: Entry, base: Any
) -> None:
    client.force_login(amara)
    autosave(client, entry, "What stands.", 1)

    answer = autosave(client, entry, "What came.", base)

    assert answer.status_code == 409
    assert Entry.objects.get().body == "What stands."


def test_too_long_a_text_comes_back_with_a_sentence(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)
    text = "long " * 12_001

    page = post(client, "save_entry", entry.public_id, body=text, base="1")

    assert page.status_code == 422
    assert "at most 60,000 characters" in page.text
    assert text.strip() in page.text
    assert autosave(client, entry, text, 1).status_code == 422


def test_body_over_the_limit_of_a_request_gets_a_sentence(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)

    page = post(client, "save_entry", entry.public_id, body="x" * 2_700_000, base="1")

    assert page.status_code == 413
    assert "That was too much at once" in page.text


def test_save_of_a_draft_costs_at_most_six_queries(
    client: Client, amara: User, entry: Entry, django_assert_max_num_queries: Any
) -> None:
    client.force_login(amara)
    autosave(client, entry, "Warm.", 1)

    with django_assert_max_num_queries(6 + 2):  # two of them are the savepoint
        assert autosave(client, entry, "Warm and saved.", 2).status_code == 200


@pytest.mark.parametrize("who", ["tomas", "dr_osei", "ruth", "neema", "eleni", "admin"])
@pytest.mark.parametrize("name", ["entry", "write", "readers"])
def test_nobody_else_can_tell_that_a_draft_exists(
    client: Client, entry: Entry, who: str, name: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    url = reverse(f"reflections:{name}", args=[entry.public_id])
    assert client.get(url).status_code == 404
    assert autosave(client, entry, "x", 1).status_code == 404


def test_sending_asks_the_reviewer_once(client: Client, amara: User, entry: Entry) -> None:
    client.force_login(amara)
    data = {"body": WORDS, "base": "1", "send": "1"}

    for _ in range(2):
        post(client, "save_entry", entry.public_id, **data)

    assert ReviewRequest.objects.count() == 1
    assert Entry.objects.get().status == Entry.Status.SUBMITTED
    assert Notice.objects.filter(kind="entry-waits").count() == 1


def test_entry_for_oneself_is_kept_and_asks_nobody(
    client: Client, amara: User, amara_part: TripMember, shipped: None, dr_osei: User
) -> None:
    entry = begin_entry(amara, amara_part, Readers())
    client.force_login(amara)

    post(client, "save_entry", entry.public_id, body=WORDS, base="1", send="1")

    assert Entry.objects.get().status == Entry.Status.KEPT
    assert not ReviewRequest.objects.exists()


def test_marked_words_hold_the_entry_back_and_the_draft_is_saved(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)
    text = "On Tuesday 9 June a man of 91 came for a hip."

    page = post(client, "save_entry", entry.public_id, body=text, base="1", send="1")

    assert page.status_code == 422
    assert "2 words to check" in page.text
    assert "in the first week" in page.text
    assert Entry.objects.get().body == text
    assert Entry.objects.get().status == Entry.Status.DRAFT


def test_author_makes_one_general_and_keeps_the_other_with_a_reason(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)
    post(client, "save_entry", entry.public_id, body="On 9 June a man of 91 came.", base="1")

    day, age = findings_in(Entry.objects.with_visit().get())

    post(client, "mark", entry.public_id, day.fingerprint, general="1")
    post(client, "mark", entry.public_id, age.fingerprint, reason="Many men here are that old.")
    fresh = Entry.objects.get()
    post(client, "save_entry", entry.public_id, body=fresh.body, base=str(fresh.version), send="1")

    fresh.refresh_from_db()
    assert fresh.body == "On in the first week a man of 91 came." or "first week" in fresh.body
    assert fresh.status == Entry.Status.SUBMITTED
    assert list(fresh.kept_findings.values()) == ["Many men here are that old."]


def test_reason_must_have_words(client: Client, amara: User, entry: Entry) -> None:

    client.force_login(amara)
    post(client, "save_entry", entry.public_id, body="A man of 91 came.", base="1")
    found = findings_in(Entry.objects.with_visit().get())[0]

    page = post(client, "mark", entry.public_id, found.fingerprint, reason="  ")

    assert page.status_code == 422
    assert Entry.objects.get().kept_findings == {}


def test_names_of_the_visit_are_marked(
    client: Client, amara: User, entry: Entry, neema_part: TripMember
) -> None:
    client.force_login(amara)

    page = post(client, "save_entry", entry.public_id, body="I told Neema.", base="1", send="1")

    assert page.status_code == 422
    assert "<mark>Neema</mark>" in page.text


def test_entry_is_taken_back_while_nobody_opened_it(
    client: Client, amara: User, sent: Entry
) -> None:
    client.force_login(amara)

    post(client, "take_back", sent.public_id)

    assert Entry.objects.get().status == Entry.Status.DRAFT
    assert ReviewRequest.objects.get().state == "withdrawn"
    assert Notice.objects.get(kind="entry-waits").withdrawn_at is not None


def test_entry_that_was_opened_stays_sent(client: Client, amara: User, sent: Entry) -> None:
    note_reading(ReviewRequest.objects.get(), at=NOON)
    client.force_login(amara)

    page = client.post(reverse("reflections:take_back", args=[sent.public_id]), follow=True)

    assert "it cannot be taken back" in page.text
    assert Entry.objects.get().status == Entry.Status.IN_REVIEW


def test_sent_again_after_taking_back_asks_the_same_reviewer(sent: Entry) -> None:
    take_back(sent, at=NOON)

    send_words(sent, WORDS + " More.")

    request = ReviewRequest.objects.get()
    assert (request.state, request.version.body) == ("open", WORDS + " More.")


def test_removed_reader_can_no_longer_open_it(
    client: Client, amara: User, dr_osei: User, sent: Entry
) -> None:
    change_readers(sent, Readers(), at=NOON)
    client.force_login(dr_osei)
    url = reverse("reflections:desk_entry", args=[ReviewRequest.objects.get().public_id])

    assert client.get(url).status_code == 404
    assert Entry.objects.get().status == Entry.Status.KEPT


def test_added_reader_gets_what_was_sent(sent: Entry, neema_part: TripMember, neema: User) -> None:
    change_readers(sent, Readers(reviewers=True, hosts=True), at=NOON)

    assert ReviewRequest.objects.get(reviewer=neema).version.body == WORDS


def test_draft_can_be_deleted_and_a_sent_entry_cannot(
    client: Client, amara: User, entry: Entry
) -> None:
    client.force_login(amara)
    other = begin_entry(amara, None, Readers())

    post(client, "discard", other.public_id)
    send_words(entry, WORDS)
    post(client, "discard", entry.public_id)

    assert list(Entry.objects.all()) == [entry]


def test_blank_entry_is_not_sent(client: Client, amara: User, entry: Entry) -> None:
    client.force_login(amara)

    page = post(client, "save_entry", entry.public_id, body="  \n ", base="1", send="1")

    assert page.status_code == 422
    assert "There are no words yet." in page.text


def test_entry_without_a_reader_today_is_not_sent_into_the_void(
    client: Client, amara: User, amara_part: TripMember, shipped: None
) -> None:
    entry = begin_entry(amara, amara_part, Readers(mentor=True))
    client.force_login(amara)

    page = post(client, "save_entry", entry.public_id, body=WORDS, base="1", send="1")

    assert page.status_code == 422
    assert "None of the readers you chose is here today" in page.text


def test_journal_costs_the_same_for_any_length(
    client: Client, amara: User, entry: Entry, django_assert_max_num_queries: Any
) -> None:
    client.force_login(amara)
    save_entry(entry, body=WORDS, base=1, at=NOON)
    client.get(reverse("reflections:journal"))
    Entry.objects.bulk_create(
        Entry(
            author=amara,
            title=f"Entry {n}",
            phase="during",
            body=WORDS,
            words=17,
            started_at=NOON,
            saved_at=NOON,
        )
        for n in range(300)
    )

    with django_assert_max_num_queries(6):
        page = client.get(reverse("reflections:journal"))

    assert "Page 1 of 7" in page.text


def test_empty_journal_offers_the_first_prompt(client: Client, amara: User, shipped: None) -> None:
    client.force_login(amara)

    assert "Write “Before I go”" in client.get(reverse("reflections:journal")).text


def test_second_thoughts_are_written_beside_the_first_answer(
    client: Client, amara: User, amara_part: TripMember, shipped: None
) -> None:
    first = begin_entry(amara, amara_part, Readers(), "before-i-go")
    save_entry(first, body="I expect to give two lessons.", base=first.version, at=NOON)
    second = begin_entry(amara, amara_part, Readers(), "first-answer-again")
    client.force_login(amara)

    page = client.get(reverse("reflections:write", args=[second.public_id]))

    assert "I expect to give two lessons." in page.text


def test_draft_without_words_is_not_listed(client: Client, amara: User, entry: Entry) -> None:
    client.force_login(amara)

    assert entry.title not in client.get(reverse("reflections:journal")).text


def test_settling_twice_changes_nothing(entry: Entry) -> None:
    save_entry(entry, body="One.", base=1, at=NOON)
    other = save_entry(entry, body="Two.", base=1, at=NOON).other
    assert other is not None

    settle_versions(entry, other, keep="both", at=NOON)
    settle_versions(entry, other, keep="both", at=NOON)

    assert Entry.objects.get().body == "One.\n\nTwo."


def test_database_refuses_a_sent_entry_without_readers(sent: Entry) -> None:
    with pytest.raises(IntegrityError, match="entry_sent_has_readers"):
        Entry.objects.filter(pk=sent.pk).update(for_reviewers=False)


def test_database_refuses_a_sent_entry_without_words(sent: Entry) -> None:
    with pytest.raises(IntegrityError, match="entry_sent_has_words_and_date"):
        Entry.objects.filter(pk=sent.pk).update(body="")


def test_submitting_a_sent_entry_changes_nothing(sent: Entry) -> None:
    submit_entry(sent, at=NOON)

    assert EntryVersion.objects.count() == 1
