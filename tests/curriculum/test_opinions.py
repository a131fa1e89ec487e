"""What do you think now? Asked before the first lesson and after the last, seen by nobody else."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from curriculum.models import LessonPage, ModulePage, Opinion
from people.models import User
from tests.curriculum.files import MODULE, write_module
from tests.curriculum.making import block, block_id, item, publish
from tests.curriculum.test_complete import NOON, finish
from tests.curriculum.test_load import load

URL = "/curriculum/language/"
WHO = "Who explains, you or the interpreter?"
KEY = block_id("who")


@pytest.fixture
def asking(module: ModulePage, lesson: LessonPage) -> ModulePage:
    """Module 3 with one lesson, asking who explains."""
    answers = [item("I do", "i"), item("She does", "she")]
    raw = [block("opinion", {"question": WHO, "answers": answers}, "who")]
    value = ModulePage._meta.get_field("opinions").stream_block.to_python(raw)
    found: ModulePage = publish(module, opinions=value)
    return found


def give(client: Client, module: ModulePage, answer: str | None) -> Any:
    """Send the form."""
    url = reverse("curriculum:opinions", args=[module.translation_key])
    return client.post(url, {KEY: answer} if answer else {}, follow=True)


def test_module_asks_before_the_first_lesson(
    client: Client, amara: User, asking: ModulePage
) -> None:
    client.force_login(amara)

    page = client.get(URL).text

    assert WHO in page
    assert "Nothing is right or wrong" in page


def test_answer_is_kept_and_comes_back(client: Client, amara: User, asking: ModulePage) -> None:
    client.force_login(amara)

    page = give(client, asking, "I do").text

    assert "Kept. Only you can see it." in page
    assert "You answered on" in page
    assert Opinion.objects.get().question == WHO


def test_missing_answer_is_asked_for(client: Client, amara: User, asking: ModulePage) -> None:
    client.force_login(amara)

    response = give(client, asking, None)

    assert response.status_code == 422
    assert "Choose one of the answers below." in response.text


def test_unknown_answer_is_refused(client: Client, amara: User, asking: ModulePage) -> None:
    client.force_login(amara)

    assert give(client, asking, "Nobody").status_code == 422
    assert not Opinion.objects.exists()


def test_first_thought_is_not_replaced(client: Client, amara: User, asking: ModulePage) -> None:
    client.force_login(amara)
    give(client, asking, "I do")

    give(client, asking, "She does")

    assert Opinion.objects.get().answer == "I do"


def test_nothing_is_asked_between_first_and_last_lesson(
    client: Client, amara: User, asking: ModulePage, lesson: LessonPage, second: LessonPage
) -> None:
    finish(amara, lesson)
    client.force_login(amara)

    assert WHO not in client.get(URL).text
    give(client, asking, "I do")
    assert not Opinion.objects.exists()


def test_end_shows_both_answers_beside_each_other(
    client: Client, amara: User, asking: ModulePage, lesson: LessonPage
) -> None:
    client.force_login(amara)
    give(client, asking, "I do")
    finish(amara, lesson)

    asked = client.get(URL).text
    page = give(client, asking, "She does").text

    assert "before you look at what you said then" in asked
    assert '<td role="cell" data-l="Before">I do</td>' in page
    assert "<mark>She does</mark>" in page


def test_visitors_are_not_asked(client: Client, asking: ModulePage) -> None:
    publish(asking, open_to_visitors=True)

    assert WHO not in client.get(URL).text


def test_nobody_sees_what_somebody_else_said(
    client: Client, amara: User, tomas: User, asking: ModulePage
) -> None:
    client.force_login(amara)
    give(client, asking, "I do")

    client.force_login(tomas)

    assert "You answered on" not in client.get(URL).text
    assert not Opinion.objects.visible_to(tomas).exists()


def test_withdrawn_module_takes_no_answers(client: Client, amara: User, asking: ModulePage) -> None:
    asking.unpublish()
    client.force_login(amara)

    assert give(client, asking, "I do").status_code == 404


def test_database_refuses_a_second_first_thought(amara: User, asking: ModulePage) -> None:
    fields = {
        "user": amara,
        "translation_key": asking.translation_key,
        "block_id": KEY,
        "moment": "before",
        "question": WHO,
        "at": NOON,
    }
    Opinion.objects.create(answer="I do", **fields)

    with pytest.raises(IntegrityError, match=r"opinion_already_given|curriculum_opinion\.user_id"):
        Opinion.objects.create(answer="She does", **fields)


LISTS = """opinions:
  - {id: who, question: "Who explains?", answers: [I do, She does]}
further_reading:
  - cite: "Wu MS. PLoS One 2017. doi 10.1371/journal.pone.0185659"
    gives: Fifteen voices.
    access: open
validity_months: 24
"""


@pytest.mark.django_db
def test_files_bring_questions_and_texts_to_read_on(client: Client, tmp_path: Path) -> None:
    write_module(tmp_path, module=MODULE.replace("validity_months: 24\n", LISTS))

    load(tmp_path)

    assert "unchanged" in load(tmp_path)
    page = client.get(URL).text
    assert "Fifteen voices." in page
    assert 'href="https://doi.org/10.1371/journal.pone.0185659"' in page
    assert "free to read" in page
    assert [b.value["question"] for b in ModulePage.objects.get().opinions] == ["Who explains?"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lists", "sentence"),
    [
        ('opinions: [{id: who, question: "Why?"}]', "An opinion has"),
        ('opinions: [{id: a, question: "Why?", answers: [x, x]}]', "different ones"),
        (
            'opinions: [{id: a, question: "Why?", answers: [x, y]}, '
            '{id: a, question: "How?", answers: [x, y]}]',
            "an “id” of its own",
        ),
        ("opinions: none", "“opinions” is a list."),
        ("further_reading: [{cite: Somebody, gives: Much, access: bought}]", "open, abstract"),
        ("further_reading: [Somebody]", "A text has “cite”"),
    ],
)
def test_lists_that_do_not_hold_are_refused(tmp_path: Path, lists: str, sentence: str) -> None:
    write_module(tmp_path, module=MODULE.replace("validity_months: 24", lists))

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("load_curriculum", str(tmp_path), stdout=out, stderr=out)
    assert sentence in out.getvalue()
