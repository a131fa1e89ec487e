"""The demonstration: everything a visitor of it is promised, and nothing that does not hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from home.demo.invariants import faults
from home.demo.load import load_demo
from home.demo.stage import ACCOUNTS, PASSWORD
from measures.change import paired_change
from partnerships.models import Partnership, Trip, TripMember
from people.models import Institution, Notice, User
from people.notices import send_due
from people.policies import pending_for
from reflections.models import Assessment, Entry, Remark, Review, ReviewRequest
from reflections.outcomes import group_outcome, own_outcomes, visitors_between

NOW = timezone.now()


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for this file, and taken away at its end."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        load_demo(NOW)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _database(db: None, settings: Settings) -> None:
    """Each test on top of the demo, with its settings."""
    settings.DEMO = True


def person(account: str) -> User:
    """One of the six."""
    return User.objects.get(email=f"{account}@bothways.example")


def see(client: Client, account: str, url: str) -> str:
    """A page as one of the six sees it."""
    client.force_login(person(account))
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(response.text.split())


def phases() -> list[str]:
    return [trip.phase(NOW) for trip in Trip.objects.all()]


def test_three_institutions_are_joined_by_two_partnerships() -> None:
    assert Institution.objects.count() == 3
    assert Partnership.objects.agreed().count() == 2


def test_six_visits_are_over_one_is_under_way_one_is_ahead() -> None:
    assert sorted(phases()) == ["before", *["over"] * 6, "under_way"]
    assert Trip.objects.filter(is_demo=True).count() == 8


def test_visits_go_in_both_directions_in_both_partnerships() -> None:
    for pair in Partnership.objects.all():
        assert {trip.host_id for trip in pair.trips.all()} == {p.pk for p in pair.sides}


def test_at_least_24_people_answered_both_times() -> None:
    both = Assessment.objects.submitted().filter(wave="post", trip_member__assessments__wave="pre")

    assert both.values("trip_member__user").distinct().count() >= 24


def test_some_people_answered_only_before() -> None:
    late = TripMember.objects.visitors().filter(returns__lt=NOW.date() - timedelta(days=61))

    assert late.filter(assessments__wave="pre").exclude(assessments__wave="post").exists()


def test_entries_are_many_long_and_of_many_people() -> None:
    entries = Entry.objects.filter(words__range=(80, 300))

    assert entries.count() >= 20
    assert entries.values("author").distinct().count() >= 15
    assert entries.values("trip_member__membership__institution").distinct().count() == 3


def test_no_two_entries_begin_alike() -> None:
    openings = [entry.body[:20] for entry in Entry.objects.all()]

    assert len(set(openings)) == len(openings)


def test_answers_quote_and_ask() -> None:
    handed = Review.objects.filter(status__in=Review.HANDED_OVER)

    assert handed.count() >= 12
    assert handed.filter(feedback__contains="?").count() >= 12
    assert handed.filter(feedback__contains="“").count() >= 12


def test_people_talk_on_in_both_directions() -> None:
    assert Remark.objects.count() >= 15
    assert Remark.objects.values("author").distinct().count() >= 10


def test_some_entries_are_for_nobody_else() -> None:
    kept = Entry.objects.filter(status=Entry.Status.KEPT)

    assert 1 <= kept.count() <= 2
    assert not ReviewRequest.objects.filter(entry__in=kept).exists()


def test_one_entry_is_with_its_author_for_another_look() -> None:
    assert Entry.objects.get(status=Entry.Status.RETURNED).requests.get().reviewer.email == (
        "faculty@bothways.example"
    )


def test_an_entry_has_waited_for_faculty_for_more_than_a_week() -> None:
    oldest = ReviewRequest.objects.filter(reviewer=person("faculty")).waiting().earliest("since")

    assert NOW - oldest.since > timedelta(days=7)


@pytest.mark.parametrize("account", ["faculty", "host"])
def test_several_entries_wait_for(account: str) -> None:
    assert ReviewRequest.objects.filter(reviewer=person(account)).waiting().count() >= 3


def test_everything_that_the_workflow_promises_holds() -> None:
    assert faults(NOW) == []


def test_broken_promise_is_named() -> None:
    review = Review.objects.filter(status=Review.Status.RELEASED)[0]
    Review.objects.filter(pk=review.pk).update(feedback=" ")
    Entry.objects.filter(status=Entry.Status.KEPT).update(for_mentor=True)
    Assessment.objects.filter(wave="pre").update(submitted_at=NOW, started_at=NOW)

    text = " ".join(faults(NOW))

    assert "was handed over without words" in text
    assert "is kept for its author, and somebody was asked" in text
    assert "were given outside of their window" in text


@pytest.mark.parametrize("outgoing", [True, False])
def test_every_theme_rises_for_some_and_falls_for_some(outgoing: bool) -> None:
    place = Institution.objects.get(slug="harrow-lake")
    group = group_outcome("x", visitors_between(place, outgoing=outgoing, on=NOW.date()))

    for scale, pairs in group.pairs.items():
        change = paired_change([a for a, _ in pairs], [b for _, b in pairs])
        assert change.n_up, scale
        assert change.n_same, scale
        assert change.n_down or not outgoing, scale


def test_answers_are_the_same_in_every_demo() -> None:
    mine = own_outcomes(person("resident"))[1]

    assert (mine.scales[0].before, mine.scales[0].after) == (3.0, 4.25)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_everybody_signs_in_and_sees_what_is_next(client: Client, account: str) -> None:
    fields = {"login": f"{account}@bothways.example", "password": PASSWORD}

    signed_in = client.post(reverse("account_login"), fields)

    assert signed_in.status_code == 302
    assert client.get("/dashboard/").status_code == 200


@pytest.mark.parametrize("account", ACCOUNTS)
def test_nobody_has_to_accept_the_terms_again(account: str) -> None:
    assert pending_for(person(account), at=NOW) == []


def test_only_the_six_can_sign_in() -> None:
    able = {user.email for user in User.objects.all() if user.has_usable_password()}

    assert able == {f"{account}@bothways.example" for account in ACCOUNTS}


def test_resident_has_the_whole_story_before_her(client: Client) -> None:
    page = see(client, "resident", "/dashboard/")

    for words in [
        "Read what your reader wrote",
        "Answer 21 sentences about how you work now",
        "required lessons are left",
        "Write “Before I go”",
    ]:
        assert words in page
    assert "1 of 4 lessons complete" in page


def test_faculty_is_shown_the_oldest_entry_first(client: Client) -> None:
    page = see(client, "faculty", "/dashboard/")

    assert "4 entries wait for you" in page
    assert "Read the reply to your answer on “A moment that surprised me”" in page


def test_coordinator_has_a_visit_to_close_and_a_letter_to_send_again(client: Client) -> None:
    page = see(client, "coordinator", "/dashboard/")

    assert "Close the visit: Spinal anaesthesia" in page
    assert "Invite Dr Paula Ferreira again" in page


def test_resident_has_a_certificate_for_each_module_she_completed(client: Client) -> None:
    page = see(client, "resident", "/certificates/")

    assert page.count('class="tag tag-done"') == 5
    assert "Why we go, and who decides" in page


def test_a_visit_in_each_direction_has_a_certificate() -> None:
    trips = Trip.objects.filter(members__certificates__isnull=False)

    assert {trip.host.slug for trip in trips} == {"harrow-lake", "san-rafael"}


def test_editor_has_a_draft_that_readers_do_not_see(client: Client) -> None:
    assert "One minute before, one minute after" in see(client, "editor", "/dashboard/")
    assert "Two minutes in all." not in see(
        client, "resident", "/curriculum/language-interpreters-consent/"
    )


def test_resident_sees_how_she_changed(client: Client) -> None:
    page = see(client, "resident", "/outcomes/")

    assert "Show as a table" in page
    assert "4.25" in page


def test_resident_reads_her_dialogue(client: Client) -> None:
    entry = Entry.objects.get(author=person("resident"), title="A test I did without")

    page = see(client, "resident", reverse("reflections:entry", args=[entry.public_id]))

    assert "hoped that he would fail" in page
    assert "nice to have a start" in page


@pytest.mark.parametrize("account", ["faculty", "host", "coordinator"])
def test_programme_page_shows_numbers(client: Client, account: str) -> None:
    page = see(client, account, "/outcomes/programme/")

    assert "people who answered both times" in page
    assert "Demonstration data" in page


def test_host_counts_the_people_that_harrow_lake_counts() -> None:
    kilimari = Institution.objects.get(slug="kilimari")
    guests = visitors_between(kilimari, outgoing=False, on=NOW.date())
    sent = visitors_between(
        Institution.objects.get(slug="harrow-lake"), outgoing=True, on=NOW.date()
    )

    there = TripMember.objects.filter(pk__in=[m.pk for m in sent], trip__host=kilimari)
    assert {m.pk for m in guests} == set(there.values_list("pk", flat=True))


def test_both_sides_see_the_same_visits(client: Client) -> None:
    pair = Partnership.objects.get(slug__contains="kilimari")
    for trip in pair.trips.all():
        url = reverse("partnerships:trip_detail", args=[trip.public_id])
        assert trip.purpose in see(client, "host", url)
        assert trip.purpose in see(client, "coordinator", url)


def test_partner_sees_nothing_of_the_other_partnership(client: Client) -> None:
    client.force_login(person("host"))
    for trip in Trip.objects.exclude(partnership__slug__contains="kilimari"):
        url = reverse("partnerships:trip_detail", args=[trip.public_id])
        assert client.get(url).status_code == 404


def test_modules_name_their_partner(client: Client) -> None:
    assert "Sister Agnes Tarimo" in see(
        client, "resident", "/curriculum/language-interpreters-consent/"
    )


def test_first_start_mails_a_handful(mailoutbox: list[Any]) -> None:
    send_due(NOW)

    assert 1 <= len(mailoutbox) <= 5
    assert {to for mail in mailoutbox for to in mail.to} <= {
        f"{account}@bothways.example" for account in ACCOUNTS
    }
    assert not Notice.objects.to_mail(NOW).exists()


def test_second_run_changes_nothing_and_is_quick() -> None:
    before = (Entry.objects.count(), User.objects.count(), Notice.objects.count())

    begun = monotonic()
    call_command("load_demo", stdout=io.StringIO())

    assert monotonic() - begun < 1
    assert (Entry.objects.count(), User.objects.count(), Notice.objects.count()) == before


def test_house_where_somebody_works_is_left_alone() -> None:
    Trip.objects.update(is_demo=False)
    out = io.StringIO()

    call_command("load_demo", stdout=out)

    assert "somebody has begun to work here" in out.getvalue()


def test_demo_never_enters_a_house_of_real_people(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="never for real people"):
        call_command("load_demo")
