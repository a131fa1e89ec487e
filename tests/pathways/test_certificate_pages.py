"""One's own certificates, the page on which anybody checks one, and what coordinators do there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage, ModulePage
from pathways.certifying import choose_name, revoke
from pathways.codes import ALPHABET, grouped, new_code, read_code
from pathways.models import Certificate
from people.models import User
from publishing.models import Edition
from tests.conftest import NOON, make_person
from tests.curriculum.making import publish
from tests.queries import assert_same_at_two_sizes, queries_of

from .conftest import complete
from .making import certify

pytestmark = pytest.mark.django_db
REASON = "The lessons were answered by somebody else."


@pytest.fixture
def certificate(
    amara: User, signed: ModulePage, lesson: LessonPage, second: LessonPage
) -> Certificate:
    """Amara's."""
    return Certificate.objects.get(completion=complete(amara, lesson, second))


def address(name: str, certificate: Certificate, *more: str) -> str:
    return reverse(f"pathways:{name}", args=[certificate.printed_code, *more])


def see(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return " ".join(response.text.split())


def test_code_is_read_however_it_is_typed() -> None:
    code = new_code()

    assert len(code) == 12
    assert set(code) <= set(ALPHABET)
    assert read_code(grouped(code).lower()) == code
    assert read_code("o1l-iabc defgh") == "0111ABCDEFGH"
    assert read_code("7KQ4-M2DX") == read_code("7KQ4-M2DX-9TB!") == read_code("x" * 900) == ""


def test_module_page_leads_to_the_certificate(
    client: Client, amara: User, certificate: Certificate
) -> None:
    client.force_login(amara)
    assert certificate.completion is not None
    url = reverse("pathways:of_completion", args=[certificate.completion.public_id])

    assert url in see(client, "/curriculum/language/")
    assert client.get(url)["Location"] == address("certificate", certificate)


def test_list_names_each_with_its_code(
    client: Client, amara: User, certificate: Certificate
) -> None:
    client.force_login(amara)

    page = see(client, reverse("pathways:certificates"))

    assert "Language" in page
    assert certificate.printed_code in page
    assert "Nothing yet" not in page


def test_list_without_any_says_when_one_is_made(client: Client, tomas: User) -> None:
    client.force_login(tomas)

    assert "Nothing yet. A certificate is made when" in see(
        client, reverse("pathways:certificates")
    )


def test_sheet_says_everything_with_both_names_in_one_size(
    client: Client, amara: User, certificate: Certificate
) -> None:
    client.force_login(amara)

    page = see(client, address("certificate", certificate))

    for words in [
        "Amara Reyes",
        "3. Language",
        "The interpreter",
        "10 June 2026",
        '<p class="side-name">Harrow Lake University Hospital</p>',
        '<p class="side-name">Kilimari Regional Referral Hospital</p>',
        f"http://testserver{address('check', certificate)}",
        "<svg",
    ]:
        assert words in page
    assert "CME" not in page


def test_module_that_no_partner_reviewed_says_so(
    client: Client, amara: User, module: ModulePage, lesson: LessonPage
) -> None:
    complete(amara, lesson)
    client.force_login(amara)

    page = see(client, address("certificate", Certificate.objects.get()))

    assert "No partner had reviewed this module." in page


def test_hours_stand_on_the_module_page_and_the_sheet(
    client: Client, amara: User, signed: ModulePage, lesson: LessonPage
) -> None:
    publish(signed, cme_hours="2.00", cme_granted_by="Office of Education, no. 12")
    complete(amara, lesson)
    client.force_login(amara)

    assert "2, granted by Office of Education, no. 12" in see(client, "/curriculum/language/")
    sheet = see(client, address("certificate", Certificate.objects.get()))
    assert "2 CME or CPD hours, granted by Office of Education, no. 12" in sheet


def test_anybody_with_the_code_sees_initials_and_what_was_completed(
    client: Client, certificate: Certificate
) -> None:
    response = client.get(address("check", certificate))

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert "genuine and counts" in response.text
    assert "A. R." in response.text
    assert "Amara" not in response.text
    assert "What gets lost" in response.text
    assert "example.org" not in response.text


def test_check_shows_the_name_that_the_owner_chose(
    client: Client, amara: User, certificate: Certificate
) -> None:
    client.force_login(amara)
    answer = client.post(address("certificate_name", certificate), {"shown": "full"})
    assert answer.status_code == 302

    assert "Amara Reyes" in see(Client(), address("check", certificate))
    choose_name(certificate, shown="nothing")
    page = see(Client(), address("check", certificate))
    assert "The owner shows no name here." in page
    assert "A. R." not in page


def test_choice_that_does_not_exist_is_refused(
    client: Client, amara: User, certificate: Certificate
) -> None:
    client.force_login(amara)

    answer = client.post(address("certificate_name", certificate), {"shown": "nickname"})

    assert answer.status_code == 422
    assert Certificate.objects.get().shown == "initials"


def test_unknown_code_is_a_calm_sentence(client: Client, certificate: Certificate) -> None:
    for code in ("7KQ4-M2DX-9TBW", "nothing", "x" * 300):
        page = see(client, f"/certificates/{code}/", status=404)
        assert "No certificate has this code" in page


def test_check_is_limited_for_visitors(client: Client, certificate: Certificate) -> None:
    url = address("check", certificate)
    answers = {client.get(url).status_code for _ in range(60)}

    assert answers == {200}
    assert client.get(url).status_code == 429
    assert client.get("/certificates/7KQ4-M2DX-9TBW/").status_code == 429


def test_certificate_that_ran_out_is_genuine_and_says_until_when(
    client: Client, amara: User, signed: ModulePage, lesson: LessonPage
) -> None:
    publish(signed, validity_months=1)
    complete(amara, lesson)

    page = see(client, address("check", Certificate.objects.get()))

    assert "This certificate is genuine. It was valid until 10 July 2026." in page


@pytest.mark.parametrize("who", ["ruth", "neema"])
def test_coordinator_of_either_institution_revokes_with_a_reason(
    client: Client, who: str, request: pytest.FixtureRequest, certificate: Certificate
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert "Revoke this certificate" in see(client, address("check", certificate))

    client.post(address("certificate_revoke", certificate), {"reason": REASON})

    page = see(Client(), address("check", certificate))
    assert "It no longer counts." in page
    assert REASON in page
    assert "genuine" not in page


def test_revoking_without_a_reason_is_refused(
    client: Client, ruth: User, certificate: Certificate
) -> None:
    client.force_login(ruth)

    answer = client.post(address("certificate_revoke", certificate), {"reason": " "})

    assert answer.status_code == 422
    assert not Certificate.objects.get().is_revoked


@pytest.mark.parametrize("who", ["amara", "tomas", "dr_osei", "eleni", "admin"])
def test_nobody_else_revokes(
    client: Client, who: str, request: pytest.FixtureRequest, certificate: Certificate
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert "Revoke this certificate" not in see(client, address("check", certificate))

    answer = client.post(address("certificate_revoke", certificate), {"reason": REASON})

    assert answer.status_code == 404
    assert not Certificate.objects.get().is_revoked


def test_revoked_sheet_says_so_too(
    client: Client, amara: User, ruth: User, certificate: Certificate
) -> None:
    revoke(certificate, by=ruth, reason=REASON, at=NOON)
    client.force_login(amara)

    assert "Revoked on 10 June 2026." in see(client, address("certificate", certificate))


def test_mistake_is_put_right_under_a_new_code(
    client: Client, ruth: User, certificate: Certificate
) -> None:
    revoke(certificate, by=ruth, reason=REASON, at=NOON)
    client.force_login(ruth)

    answer = client.post(address("certificate_again", certificate))

    assert "genuine and counts" in see(Client(), answer["Location"])
    assert "It no longer counts." in see(Client(), address("check", certificate))
    assert "Give it again" not in see(client, address("check", certificate))


def test_coordinator_finds_them_on_the_persons_page(
    client: Client, ruth: User, amara: User, certificate: Certificate
) -> None:
    client.force_login(ruth)
    url = reverse("pathways:person_certificates", args=[amara.public_id])

    assert url in see(client, f"/people/{amara.public_id}/")
    assert certificate.printed_code in see(client, url)


def test_partner_does_not_list_people_of_the_other_side(
    client: Client, neema: User, amara: User, certificate: Certificate
) -> None:
    client.force_login(neema)

    assert client.get(f"/people/{amara.public_id}/certificates/").status_code == 404


def more(user: User, module: ModulePage, count: int) -> None:
    """Certificates of renewals."""
    edition = Edition.objects.all()[0]
    for number in range(count):
        certify(user, module, edition, at=timezone.now() + timedelta(days=number))


def test_list_costs_the_same_for_many(
    client: Client, amara: User, signed: ModulePage, certificate: Certificate
) -> None:
    assert_same_at_two_sizes(
        client, amara, "/certificates/", lambda: more(amara, signed, 12), most=8
    )


def test_list_of_a_person_costs_the_same_for_many(
    client: Client, ruth: User, amara: User, signed: ModulePage, certificate: Certificate
) -> None:
    url = f"/people/{amara.public_id}/certificates/"

    assert_same_at_two_sizes(client, ruth, url, lambda: more(amara, signed, 12), most=10)


def test_check_costs_the_same_among_many(
    client: Client, signed: ModulePage, certificate: Certificate, amara: User
) -> None:
    few = queries_of(client, address("check", certificate))
    make_person("other")
    more(amara, signed, 12)

    assert len(queries_of(client, address("check", certificate))) == len(few) <= 2


def test_sheet_is_light_in_queries(client: Client, amara: User, certificate: Any) -> None:
    client.force_login(amara)

    assert len(queries_of(client, address("certificate", certificate))) <= 6
