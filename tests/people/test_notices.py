"""News is told once, mailed when due, and opened by its reader only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext_lazy

from people.models import Notice, User
from people.notices import notify, send_due, withdraw

from .conftest import get, post

pytestmark = pytest.mark.django_db


def tell(user: User, key: str = "k", **fields: Any) -> Notice:
    now = timezone.now()
    return notify(user, "test", key, "Your feedback is ready", "", "/journal/", now, **fields)


def test_same_key_is_told_once(amara: User) -> None:
    notices = [tell(amara) for _ in range(2)]

    assert notices[0] == notices[1]


def test_due_notice_is_mailed_once(amara: User) -> None:
    now = timezone.now()
    tell(amara, mail_at=now + timedelta(minutes=10))

    for minutes in (9, 11, 12):
        send_due(now + timedelta(minutes=minutes))

    assert [letter.subject for letter in mail.outbox] == ["Your feedback is ready"]
    assert "http://testserver/journal/" in mail.outbox[0].body


@pytest.mark.parametrize("why", ["read", "withdrawn", "no mail wanted", "gone"])
def test_settled_notice_is_not_mailed(amara: User, why: str) -> None:
    now = timezone.now()
    notice = tell(amara, mail_at=None if why == "no mail wanted" else now)
    if why == "read":
        Notice.objects.update(read_at=now)
    elif why == "withdrawn":
        withdraw(notice.key)
    elif why == "gone":
        User.objects.update(is_active=False)

    send_due(now + timedelta(minutes=1))

    assert mail.outbox == []


def test_mail_waits_while_the_server_is_away(amara: User, settings: Any) -> None:
    now = timezone.now()
    tell(amara, mail_at=now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_due(now)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_due(now + timedelta(minutes=1))

    assert len(mail.outbox) == 1


def test_subject_that_no_mail_can_carry_does_not_stop_the_others(amara: User) -> None:
    now = timezone.now()
    notify(amara, "test", "bad", "a\nb", "", "/", now, now - timedelta(minutes=1))
    tell(amara, mail_at=now)

    send_due(now)

    assert [letter.subject for letter in mail.outbox] == ["Your feedback is ready"]


def test_stale_news_is_not_mailed(amara: User) -> None:
    now = timezone.now()
    tell(amara, mail_at=now)

    send_due(now + timedelta(days=4))

    assert mail.outbox == []


def test_withdrawn_notice_comes_back_when_told_again(client: Client, amara: User) -> None:
    tell(amara)
    withdraw("k")
    assert "Your feedback is ready" not in get(client, amara, "notices").text

    tell(amara)

    assert "Your feedback is ready" in get(client, amara, "notices").text


def test_words_come_in_the_readers_language(amara: User) -> None:
    amara.language = "es"
    amara.save(update_fields=["language"])

    notice = notify(amara, "t", "k", gettext_lazy("Yes"), "", "/", timezone.now())

    assert notice.subject == "Sí"


def test_unread_stand_first(client: Client, amara: User) -> None:
    now = timezone.now()
    for number, word in enumerate(["old", "read", "new"]):
        notify(amara, "t", word, f"{word} news", "", "/", now + timedelta(minutes=number))
    Notice.objects.filter(key="read").update(read_at=now)

    text = get(client, amara, "notices").text

    assert text.index("new news") < text.index("old news") < text.index("read news")


def test_opening_marks_read_and_goes_there(client: Client, amara: User) -> None:
    notice = tell(amara)

    answers = [post(client, amara, "notice_open", notice.public_id) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/journal/", "/journal/"]
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_notice_leads_to_no_foreign_page(client: Client, amara: User) -> None:
    notice = notify(amara, "t", "k", "s", "", "https://evil.example/", timezone.now())

    response = post(client, amara, "notice_open", notice.public_id)

    assert response.headers["Location"] == "/me/notices/"


def test_stranger_cannot_open_a_notice(client: Client, amara: User, tomas: User) -> None:
    notice = tell(amara)

    assert post(client, tomas, "notice_open", notice.public_id).status_code == 404


def test_all_are_read_at_once(client: Client, amara: User, tomas: User) -> None:
    tell(amara)
    tell(tomas, "other")

    post(client, amara, "notices_read")

    assert Notice.objects.unread().get().user == tomas


def test_account_menu_counts_what_is_new(client: Client, amara: User) -> None:
    tell(amara)

    assert "1 new" in get(client, amara, "notices").text


def test_notices_page_costs_the_same_for_any_number(
    client: Client, amara: User, count_queries: Any
) -> None:
    client.force_login(amara)
    tell(amara)
    few = count_queries(lambda: get(client, None, "notices"))
    for number in range(40):
        tell(amara, f"k{number}")

    assert count_queries(lambda: get(client, None, "notices")) == few <= 7
