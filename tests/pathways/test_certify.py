"""A certificate is made of facts, once, and nothing that changes later reaches it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from curriculum.models import LessonPage, ModulePage
from partnerships.models import TripMember
from partnerships.workflow import Part, join_trip
from pathways.certifying import certify_module, choose_name, give_again, revoke
from pathways.export import erase, export_for
from pathways.models import Certificate
from pathways.names import initials, public_name
from pathways.scheduled import certify_ready_visits
from pathways.tasks import certify_missing
from pathways.workflow import enrol
from people.models import Institution, Notice, User
from publishing.models import Edition
from tests.conftest import NOON
from tests.curriculum.making import make_lesson, make_module, publish, translate
from tests.curriculum.test_complete import finish

from .conftest import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(
    amara: User, signed: ModulePage, lesson: LessonPage, second: LessonPage
) -> Certificate:
    """Amara's, of the module that both institutions stand behind."""
    completion = complete(amara, lesson, second)
    return Certificate.objects.get(completion=completion)


def test_last_lesson_makes_the_certificate(
    amara: User, signed: ModulePage, lesson: LessonPage, second: LessonPage
) -> None:
    finish(amara, lesson)
    assert not Certificate.objects.exists()

    finish(amara, second, at=NOON + timedelta(days=1))

    found = Certificate.objects.get()
    assert (found.user, found.name, found.title) == (amara, "Amara Reyes", "Language")
    assert [
        (row["title"], row["edition"], row["completed"])
        for row in found.content["modules"][0]["lessons"]
    ] == [("What gets lost", 1, "2026-06-10"), ("The interpreter", 1, "2026-06-11")]


def test_it_bears_both_institutions_and_who_read_the_module(certificate: Certificate) -> None:
    assert [(row["name"], row["part"], row["reader"]) for row in certificate.content["places"]] == [
        ("Harrow Lake University Hospital", "led", ""),
        (
            "Kilimari Regional Referral Hospital",
            "reviewed",
            "Sister Agnes Tarimo, interpreter trainer",
        ),
    ]


def test_days_are_those_of_the_persons_own_calendar(
    tomas: User, signed: ModulePage, lesson: LessonPage
) -> None:
    tomas.time_zone = "Africa/Dar_es_Salaam"
    tomas.save()

    finish(tomas, lesson, at=NOON.replace(hour=22))

    assert Certificate.objects.get().content["modules"][0]["completed"] == "2026-06-11"


def test_hours_stand_on_it_only_where_the_editor_states_them(
    amara: User, signed: ModulePage, lesson: LessonPage, tomas: User
) -> None:
    finish(amara, lesson)
    publish(signed, cme_hours="1.50", cme_granted_by="Office of Education, no. 12")
    finish(tomas, lesson)

    hours = [
        (row.content["modules"][0]["hours"], row.content["modules"][0]["granted_by"])
        for row in Certificate.objects.order_by("pk")
    ]
    assert hours == [("", ""), ("1.5", "Office of Education, no. 12")]


def test_nothing_that_changes_later_reaches_it(
    certificate: Certificate,
    signed: ModulePage,
    lesson: LessonPage,
    amara: User,
    kilimari: Institution,
) -> None:
    before = Certificate.objects.values().get()

    publish(lesson, title="Something else", change="re-test")
    publish(signed, title="Another module", cme_hours="9", cme_granted_by="X", validity_months=1)
    kilimari.name = "Kilimari Hospital"
    kilimari.save()
    amara.display_name = "A. R. Osei"
    amara.save()
    lesson.unpublish()

    assert Certificate.objects.values().get() == before


def test_new_test_is_a_second_certificate_beside_the_first(
    certificate: Certificate, amara: User, lesson: LessonPage
) -> None:
    publish(lesson, summary="New.", change="re-test")

    finish(amara, lesson, at=NOON + timedelta(days=30))

    editions = [row.content["modules"][0]["lessons"][0]["edition"] for row in all_by_age()]
    assert editions == [1, 2]


def all_by_age() -> list[Certificate]:
    return list(Certificate.objects.order_by("issued_at"))


def test_it_records_the_language_of_each_lesson(
    amara: User, lesson: LessonPage, second: LessonPage
) -> None:
    translate(lesson)
    spanish = translate(second, title="La intérprete")
    finish(amara, lesson)
    finish(amara, spanish, at=NOON + timedelta(hours=1))

    lines = Certificate.objects.get().content["modules"][0]["lessons"]
    assert [(row["title"], row["language"]) for row in lines] == [
        ("What gets lost", "en"),
        ("La intérprete", "es"),
    ]


def test_worker_makes_those_that_are_missing(certificate: Certificate) -> None:
    Certificate.objects.all().delete()

    certify_missing.call()
    certify_missing.call()

    again = Certificate.objects.get()
    assert (again.content, again.issued_at) == (certificate.content, certificate.issued_at)


def test_certifying_twice_is_once(certificate: Certificate) -> None:
    assert certificate.completion is not None

    assert certify_module(certificate.completion) == certificate


@pytest.fixture
def required(index: Any) -> list[LessonPage]:
    """Two modules of one lesson that are required before departure."""
    first = make_module(index, "Language", number=1, required="before")
    other = make_module(index, "Scope", number=2, required="before")
    return [make_lesson(first), make_lesson(other, "Two cards")]


def test_last_required_module_certifies_the_visit(
    amara: User, amara_part: TripMember, required: list[LessonPage]
) -> None:
    enrol(amara_part, at=NOON)
    finish(amara, required[0])
    assert not Certificate.objects.filter(trip_member=amara_part).exists()

    finish(amara, required[1])

    found = Certificate.objects.get(trip_member=amara_part)
    assert [row["title"] for row in found.content["modules"]] == ["Language", "Scope"]
    assert [row["part"] for row in found.content["places"]] == ["visiting", "host"]
    assert found.content["visit"]["host"] == "Kilimari Regional Referral Hospital"


def test_who_joins_with_all_modules_done_is_certified_at_once(
    amara: User, trip: Any, required: list[LessonPage]
) -> None:
    for page in required:
        finish(amara, page)
    soon = timezone.now().date() + timedelta(days=9)

    member = join_trip(trip, amara.memberships.get(), Part("resident", soon, soon))

    assert Certificate.objects.filter(trip_member=member).count() == 1


def test_visit_is_certified_once_and_never_after_it_is_over(
    amara: User, amara_part: TripMember, required: list[LessonPage]
) -> None:
    enrol(amara_part, at=NOON)
    for page in required:
        finish(amara, page, at=NOON + timedelta(days=60))

    assert not Certificate.objects.filter(trip_member=amara_part).exists()


def test_module_that_is_no_longer_required_leaves_the_visit_ready(
    amara: User, amara_part: TripMember, required: list[LessonPage]
) -> None:
    enrol(amara_part, at=NOON)
    finish(amara, required[0])
    ModulePage.objects.get(number=2).unpublish()

    certify_ready_visits(NOON)
    certify_ready_visits(NOON)

    assert Certificate.objects.filter(trip_member=amara_part).count() == 1


def test_no_visit_is_certified_for_nothing(amara: User, amara_part: TripMember) -> None:
    enrol(amara_part, at=NOON)

    certify_ready_visits(NOON)

    assert not Certificate.objects.exists()


def test_revoking_keeps_the_first_reason_and_tells_the_owner(
    certificate: Certificate, neema: User, ruth: User
) -> None:
    revoke(certificate, by=neema, reason="Given to the wrong person.", at=NOON)
    revoke(certificate, by=ruth, reason="Another reason.", at=NOON + timedelta(days=1))

    found = Certificate.objects.get()
    assert (found.revoked_by, found.revocation_reason) == (neema, "Given to the wrong person.")
    assert Notice.objects.get().user == certificate.user
    assert "wrong person" not in Notice.objects.get().body


def test_revoked_by_mistake_is_given_again_under_a_new_code(
    certificate: Certificate, neema: User
) -> None:
    revoke(certificate, by=neema, reason="Given to the wrong person.", at=NOON)

    made = give_again(certificate, at=NOON)

    assert give_again(certificate, at=NOON) == made
    assert made.code != certificate.code
    assert (made.content, made.issued_at) == (certificate.content, certificate.issued_at)
    assert Certificate.objects.get(pk=certificate.pk).is_revoked


def test_worker_does_not_give_again_what_was_revoked(certificate: Certificate, neema: User) -> None:
    revoke(certificate, by=neema, reason="Given to the wrong person.", at=NOON)

    certify_missing.call()

    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dr Amina Said", "A. S."),
        ("Dra. Lucía Batz Ordóñez", "L. B. O."),
        ("Mei-Ling Zhou", "M. Z."),
        ("Prof", "P."),
        ("نعيمة", "ن."),
    ],
)
def test_initials_leave_titles_out(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_owner_chooses_what_others_see(certificate: Certificate) -> None:
    seen = []
    for shown in ("initials", "full", "nothing"):
        choose_name(certificate, shown=shown)
        seen.append(public_name(certificate))

    assert seen == ["A. R.", "Amara Reyes", ""]


def test_new_name_comes_onto_it_only_on_request(certificate: Certificate, amara: User) -> None:
    amara.display_name = "Amara Osei"
    amara.save()
    certificate.refresh_from_db()

    choose_name(certificate, shown="full")
    assert certificate.name == "Amara Reyes"
    choose_name(certificate, shown="full", renew=True)
    assert certificate.name == "Amara Osei"


def test_export_holds_all_that_it_says(certificate: Certificate, amara: User, tomas: User) -> None:
    mine = export_for(amara)["certificates"][0]

    assert mine["code"] == certificate.printed_code
    assert mine["modules"][0]["lessons"][0]["edition"] == 1
    assert export_for(tomas)["certificates"] == []


def test_certificate_stays_when_its_owner_goes(certificate: Certificate, amara: User) -> None:
    erase(amara)
    erase(amara)

    assert Certificate.objects.get().name == "Amara Reyes"


def broken(certificate: Certificate, **fields: Any) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(**fields)


def test_database_refuses_a_certificate_of_two_things_or_none(
    certificate: Certificate, amara_part: TripMember
) -> None:
    with pytest.raises(IntegrityError, match="certificate_is_of_one_thing"):
        broken(certificate, trip_member=amara_part)


def test_database_refuses_a_revocation_without_a_reason(
    certificate: Certificate, neema: User
) -> None:
    with pytest.raises(IntegrityError, match="certificate_revocation_is_whole"):
        broken(certificate, revoked_at=NOON, revoked_by=neema)


def test_completion_is_certified_under_one_code(certificate: Certificate) -> None:
    with pytest.raises(IntegrityError):
        Certificate.objects.create(
            user=certificate.user,
            completion=certificate.completion,
            content=certificate.content,
            issued_at=NOON,
        )


def test_edition_that_a_certificate_names_is_still_there(certificate: Certificate) -> None:
    assert certificate.completion is not None
    named = [row["edition"] for row in certificate.completion.manifest]

    assert Edition.objects.filter(public_id__in=named).count() == 2
    assert date.fromisoformat(certificate.content["modules"][0]["completed"]) == date(2026, 6, 10)
