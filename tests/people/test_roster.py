"""A whole list: read, shown row by row, and sent only when somebody confirms."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from people.models import AuditEvent, Cohort, Invitation, Programme, User
from people.roster_files import LARGEST
from people.scheduled import mail_invitations

from .conftest import get, post

pytestmark = pytest.mark.django_db

HEAD = "name,email,role,programme,cohort\n"
GOOD = HEAD + (
    "Ines Halloran,Ines@example.org,,Anaesthesia residency,2026\n"
    "Dr Mina Farah,mina@example.org,faculty,,\n"
)


def upload(client: Client, who: User, content: str | bytes, name: str = "list.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return post(client, who, "roster", file=SimpleUploadedFile(name, data))


def look(client: Client, who: User, content: str | bytes, name: str = "list.csv") -> Any:
    """Upload and follow to the preview."""
    answer = upload(client, who, content, name)
    assert answer.status_code == 302, answer.text
    return client.get(answer.headers["Location"])


def confirm(client: Client, page: Any) -> Any:
    return client.post(f"/people/roster/{page.context['page'].key}/confirm/")


def outcomes(page: Any) -> list[str]:
    return [line.outcome for line in page.context["page"].lines]


def words(page: Any) -> list[str]:
    return [line.words for line in page.context["page"].lines]


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_page_opens_without_a_complaint(client: Client, ruth: User) -> None:
    page = get(client, ruth, "roster")

    assert page.status_code == 200
    assert "needs another look" not in page.text


def test_list_is_shown_first_and_sent_when_confirmed(
    client: Client, ruth: User, anaesthesia: Programme
) -> None:
    page = look(client, ruth, GOOD)
    assert outcomes(page) == ["invite", "invite"]
    assert not Invitation.objects.exists()

    confirm(client, page)
    mail_invitations(timezone.now())

    ines = Invitation.objects.get(email="ines@example.org")
    assert (ines.role, ines.cohort) == ("learner", Cohort.objects.get(year=2026))
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "ines@example.org",
        "mina@example.org",
    ]


def test_workbook_reads_like_csv(client: Client, ruth: User, anaesthesia: Programme) -> None:
    content = workbook(
        ["Name", "E-mail", "Role", "Program", "Year"],
        ["Ines Halloran", "ines@example.org", None, "anaesthesia residency", 2026.0],
        [None, None, None, None, None],
        ["Dr Mina Farah", "mina@example.org", "Reviewer", None, None],
    )

    page = look(client, ruth, content, "list.xlsx")

    assert outcomes(page) == ["invite", "invite"]
    assert [line.number for line in page.context["page"].lines] == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_every_usual_encoding_come_out_right(
    client: Client, ruth: User, encoding: str
) -> None:
    content = "name;email\nJosé Muñoz;jose@example.org\n".encode(encoding)

    page = look(client, ruth, content)

    assert page.context["page"].lines[0].name == "José Muñoz"


def test_known_rows_stay_as_they_are(client: Client, ruth: User, amara: User) -> None:
    confirm(client, look(client, ruth, "name,email\nIna,ina@example.org\n"))

    page = look(
        client, ruth, f"name,email\nIna,INA@example.org\nAmara,{amara.email}\nNew,n@example.org\n"
    )

    assert outcomes(page) == ["asked", "here", "invite"]


def test_known_address_can_be_asked_for_another_role(
    client: Client, ruth: User, amara: User
) -> None:
    page = look(client, ruth, f"name,email,role\nAmara,{amara.email},reviewer\n")

    assert outcomes(page) == ["invite"]


def test_confirming_twice_invites_once(client: Client, ruth: User, anaesthesia: Programme) -> None:
    page = look(client, ruth, GOOD)

    answers = [confirm(client, page), confirm(client, page)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Invitation.objects.count() == 2
    assert client.get(f"/people/roster/{page.context['page'].key}/").status_code == 302


def test_same_list_twice_changes_nothing(
    client: Client, ruth: User, anaesthesia: Programme
) -> None:
    for _ in range(2):
        confirm(client, look(client, ruth, GOOD))

    assert Invitation.objects.count() == 2
    assert AuditEvent.objects.filter(kind="invited").count() == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",a@example.org,,,", "The name is missing."),
        ("A,,,,", "This is no e-mail address."),
        ("A,no address,,,", "This is no e-mail address."),
        ("A,a@example.org,boss,,", "There is no role “boss”."),
        ("A,a@example.org,,Alchemy,", "There is no programme “Alchemy” here."),
        ("A,a@example.org,,,2026", "A cohort needs a programme"),
        ("A,a@example.org,,Anaesthesia residency,soon", "“soon” is no year."),
        ("A,a@example.org,,Anaesthesia residency,20277", "is no year."),
        ("=HYPERLINK(1),a@example.org,,,", "begins with “=”"),
        ("A,@SUM(1),,,", "begins with “@”"),
        ("A,a@example.org,+1,,", "begins with “+”"),
        ("A\0B,a@example.org,,,", "a character that cannot be stored"),
        ("x" * 121 + ",a@example.org,,,", "longer than 120 characters"),
    ],
)
def test_row_that_cannot_be_used_says_why_and_the_others_go_on(
    client: Client, ruth: User, anaesthesia: Programme, row: str, sentence: str
) -> None:
    page = look(client, ruth, f"{HEAD}{row}\nGood,good@example.org,,,\n")
    assert outcomes(page) == ["wrong", "invite"]
    assert sentence in words(page)[0]
    assert "Row 2:" in page.text

    confirm(client, page)

    assert Invitation.objects.get().email == "good@example.org"


def test_repeated_row_is_left_out(client: Client, ruth: User) -> None:
    page = look(client, ruth, "name,email\nA,a@example.org\nA,A@example.org\n")

    assert outcomes(page) == ["invite", "wrong"]
    assert "row 2" in words(page)[1]


def test_formula_cell_of_a_workbook_is_seen_and_refused(client: Client, ruth: User) -> None:
    content = workbook(["name", "email"], ['=CONCAT("A","B")', "a@example.org"])

    page = look(client, ruth, content, "l.xlsx")

    assert "as a formula does" in words(page)[0]


def test_markup_in_a_cell_is_shown_as_text(client: Client, ruth: User) -> None:
    page = look(client, ruth, "name,email\n<script>alert(1)</script>,a@example.org\n")

    assert "<script>alert" not in page.text


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to 30 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"0" * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \n\n", "This file is empty."),
        (b"name,email\n", "Below the heading there is no row."),
        (b"name,email\n,\n , \n", "Below the heading there is no row."),
        (b"first,second\na,b\n", "Missing: name, email."),
        (b"name\nAmara\n", "Missing: email."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a CSV file nor an Excel workbook"),
        (b"%PDF-1.7 \x01\x02\n", "neither a CSV file nor an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or a locked Excel file"),
        (b"PK\x03\x04 broken", "This is no Excel workbook, or it is damaged."),
        (b"x" * (LARGEST + 1), "larger than 1 MB"),
        (b"name,email\n" + b"A,a@example.org\n" * 501, "500 rows are possible at once"),
        (b'name,email\n"' + b"x" * 200_000, "neither a CSV file nor an Excel workbook"),
        (bomb(), "unpacks to far more"),
    ],
)
def test_file_that_cannot_be_used_gets_a_sentence(
    client: Client, ruth: User, content: bytes, sentence: str
) -> None:
    response = upload(client, ruth, content)

    assert response.status_code == 422
    assert sentence in response.text


def test_too_many_rows_of_a_workbook_are_refused(client: Client, ruth: User) -> None:
    rows = [["A", f"a{n}@example.org"] for n in range(700)]

    response = upload(client, ruth, workbook(["name", "email"], *rows), "l.xlsx")

    assert response.status_code == 422


def test_missing_file_gets_a_sentence(client: Client, ruth: User) -> None:
    response = post(client, ruth, "roster")

    assert response.status_code == 422
    assert "This field is required." in response.text


def test_list_is_seen_by_its_coordinator_only(
    client: Client, ruth: User, neema: User, tomas: User
) -> None:
    key = look(client, ruth, "name,email\nA,a@example.org\n").context["page"].key

    answers = [
        act(client, who, name, key).status_code
        for who in (neema, tomas)
        for act, name in ((get, "roster_preview"), (post, "roster_confirm"))
    ]

    assert answers == [404, 404, 404, 404]
    assert not Invitation.objects.exists()


def test_list_is_kept_for_an_hour(client: Client, ruth: User, time_machine: Any) -> None:
    page = look(client, ruth, "name,email\nA,a@example.org\n")
    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    client.force_login(ruth)

    assert get(client, ruth, "roster_preview", page.context["page"].key).status_code in {302, 404}
    assert not Invitation.objects.exists()


def test_learner_cannot_upload(client: Client, tomas: User) -> None:
    assert upload(client, tomas, GOOD).status_code == 403


def test_preview_costs_the_same_for_any_number(
    client: Client, ruth: User, count_queries: Any, anaesthesia: Programme
) -> None:
    def cost(rows: int) -> int:
        body = "".join(f"P{n},p{n}@example.org,,Anaesthesia residency,2026\n" for n in range(rows))
        key = look(client, ruth, HEAD + body).context["page"].key
        found: int = count_queries(lambda: get(client, None, "roster_preview", key))
        return found

    assert cost(1) == cost(200) <= 9


def test_five_hundred_rows_are_invited(client: Client, ruth: User) -> None:
    body = "".join(f"P{n},p{n}@example.org\n" for n in range(500))

    confirm(client, look(client, ruth, "name,email\n" + body))

    assert Invitation.objects.count() == 500
