"""Item analysis: people once each, few people never, doubts in words, for who may edit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from curriculum.check_words import flags_of
from curriculum.first_answers import Tally, first_answers, people_in, tallies
from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from curriculum.rendering import Check, checks_in
from curriculum.scheduled import count_checks
from curriculum.workflow import answer_check
from people.models import Institution, User
from publishing.models import Edition
from tests.conftest import make_person
from tests.curriculum.making import (
    block_id,
    check,
    edition_of,
    make_lesson,
    make_module,
    publish,
    text,
)
from tests.queries import assert_same_at_two_sizes

from .test_home import editor, index, lesson, module

__all__ = ["editor", "index", "lesson", "module"]

pytestmark = pytest.mark.django_db
PANEL = "Checks that perform badly"


def give(edition: Edition, person: User, letters: str, name: str = "check", day: int = 0) -> None:
    """The person answers the check of this name with these letters."""
    asked = next(c for c in checks_in(edition.content) if c.id == block_id(name))
    chosen = frozenset(block_id(f"{name}-{letter}") for letter in letters)
    answer_check(person, edition, asked, chosen=chosen, at=timezone.now() + timedelta(days=day))


def crowd(edition: Edition, answers: str, name: str = "check", who: str = "reader") -> list[User]:
    """As many people as letters, each with a letter."""
    people = [make_person(f"{who}{number}") for number in range(len(answers))]
    for person, letter in zip(people, answers, strict=True):
        give(edition, person, letter, name)
    return people


def shown(client: Client, person: User, edition: Edition) -> str:
    client.force_login(person)
    return client.get(url_of(edition)).text


def url_of(edition: Edition) -> str:
    return reverse("cms_checks_edition", args=[edition.public_id])


def count(edition: Edition, name: str = "check") -> Tally:
    """The tally of one check, by both ways of counting, which agree."""
    asked = [c.id for c in checks_in(edition.content)]
    one = first_answers(edition, asked).tallies[block_id(name)]
    editions = Edition.objects.filter(pk=edition.pk)
    assert tallies(editions).get((edition.pk, block_id(name)), Tally()) == one
    return one


def test_only_the_first_answer_of_a_person_counts(amara: User, lesson: LessonPage) -> None:
    edition = edition_of(lesson)
    for day, letter in enumerate("abb"):
        give(edition, amara, letter, day=day)

    found = count(edition)

    assert (found.n, found.right, dict(found.taken)) == (1, 0, {block_id("check-a"): 1})


def test_same_question_in_a_later_edition_is_no_first_answer(
    amara: User, tomas: User, lesson: LessonPage
) -> None:
    first = edition_of(lesson)
    give(first, amara, "a")
    publish(lesson, summary="Changed.", change="re-test")
    second = edition_of(lesson)
    give(second, amara, "b", day=1)
    give(second, tomas, "c", day=1)

    assert (count(first).n, count(second).n) == (1, 1)
    assert people_in(Edition.objects.all()) == {first.pk: 1, second.pk: 1}


def test_another_question_under_the_same_id_begins_anew(amara: User, lesson: LessonPage) -> None:
    give(edition_of(lesson), amara, "a")
    publish(lesson, body=[text(), check(right="a")], change="re-test")
    second = edition_of(lesson)
    give(second, amara, "a", day=1)

    assert (count(second).n, count(second).right) == (1, 1)


def test_four_people_are_not_shown(client: Client, editor: User, lesson: LessonPage) -> None:
    crowd(edition_of(lesson), "aaab")

    page = shown(client, editor, edition_of(lesson))

    assert "First answers: Fewer than 5 people." in page
    assert "of 4" not in page
    assert "is the key right" not in page
    assert "Nobody takes" not in page


def test_five_people_are(client: Client, editor: User, lesson: LessonPage) -> None:
    people = crowd(edition_of(lesson), "aaaab")

    page = shown(client, editor, edition_of(lesson))

    assert "Right at the first try: 1 of 5." in page
    assert "4 of 5" in page
    assert "Three quarters or more choose a: is the key right?" in page
    assert "Nobody takes c." in page
    assert "Not estimable: it needs at least two checks." in page
    assert not any(p.display_name in page or p.email in page for p in people)


def tally(n: int, right: int, **taken: int) -> Tally:
    found = Tally(n, right)
    found.taken.update({block_id(f"check-{letter}"): some for letter, some in taken.items()})
    return found


def asked(lesson: LessonPage) -> Check:
    return checks_in(edition_of(lesson).content)[0]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (tally(4, 0, a=4), []),
        (tally(5, 5, b=5), ["Everybody is right at the first try."]),
        (tally(5, 0, a=5), ["Everybody chooses a: is the key right?", "Nobody takes c."]),
        (tally(9, 2, a=6, b=2, c=1), ["Two thirds or more choose a: is the key right?"]),
        (tally(10, 4, a=5, b=4, c=1), ["Half or more choose a: is the key right?"]),
        (tally(10, 5, a=5, b=5), ["Nobody takes c."]),
        (tally(10, 4, a=3, b=4, c=3), ["Fewer than half are right at the first try."]),
        (tally(30, 20, a=9, b=20, c=1), ["Fewer than one in twenty takes c."]),
        (tally(20, 10, a=9, b=10, c=1), []),
    ],
)
def test_doubts_are_said_in_words(lesson: LessonPage, found: Tally, words: list[str]) -> None:
    assert flags_of(asked(lesson), found) == words


def test_right_answer_that_nobody_ticks(module: ModulePage) -> None:
    both = make_lesson(module, "Both", number=2, body=[text(), check(multiple=True, right="ab")])
    found = tally(6, 0, a=6, c=1)

    assert flags_of(asked(both), found) == ["Nobody takes b, which is right."]


def two_checks(module: ModulePage) -> Edition:
    body = [text(), check("one"), check("two")]
    return edition_of(make_lesson(module, "Two checks", number=2, body=body))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (19, "Not shown: fewer than 20 people have answered every check."),
        (60, "0.92 (95 % interval 0.86 to 0.95), from 60 people."),
    ],
)
def test_reliability_waits_for_twenty_people(
    client: Client, editor: User, module: ModulePage, people: int, words: str
) -> None:
    edition = two_checks(module)
    for number in range(people):
        person = make_person(f"reader{number}")
        give(edition, person, "b" if number % 2 else "a", "one")
        give(edition, person, "b" if number % 2 or number % 7 == 0 else "c", "two")

    page = shown(client, editor, edition)

    assert words in page
    assert ("Those who did well elsewhere got it right more often" in page) == (people >= 20)


def test_reliability_without_variation_is_not_estimable(
    client: Client, editor: User, module: ModulePage
) -> None:
    edition = two_checks(module)
    for number in range(20):
        person = make_person(f"reader{number}")
        give(edition, person, "b", "one")
        give(edition, person, "b", "two")

    assert "Not estimable: all total scores are equal." in shown(client, editor, edition)


def test_module_counts_a_question_of_any_edition(
    client: Client, editor: User, lesson: LessonPage, module: ModulePage
) -> None:
    old, edition = edition_of(lesson), two_checks(module)
    for number in range(30):
        person = make_person(f"reader{number}")
        give(old, person, "b" if number % 2 else "a")
        give(edition, person, "b" if number % 2 else "a", "one")
        give(edition, person, "b" if number % 2 or number % 8 == 0 else "c", "two")
    publish(lesson, summary="Changed.", change="wording")
    client.force_login(editor)

    page = client.get(reverse("cms_checks", args=[module.pk])).text

    assert "from 30 people." in page


def test_module_leads_to_every_edition(
    client: Client, editor: User, lesson: LessonPage, module: ModulePage
) -> None:
    first = edition_of(lesson)
    crowd(first, "aaaaab")
    publish(lesson, summary="Changed.", change="wording")
    crowd(edition_of(lesson), "bbbbbb", who="later")
    client.force_login(editor)

    page = client.get(reverse("cms_checks", args=[module.pk])).text

    assert url_of(first) in page
    assert url_of(edition_of(lesson)) in page
    assert "Check 1: Everybody is right at the first try." in page


def test_forms_and_lists_of_a_module_lead_there(
    client: Client, editor: User, lesson: LessonPage, module: ModulePage
) -> None:
    client.force_login(editor)
    link = reverse("cms_checks", args=[module.pk])

    for path in (f"{module.pk}/edit", module.pk, module.get_parent().pk):
        assert link in client.get(f"/cms/pages/{path}/").text
    assert link not in client.get(f"/cms/pages/{lesson.pk}/edit/").text


def test_who_may_not_edit_the_module_sees_nothing(
    client: Client, editor: User, amara: User, module: ModulePage, kilimari: Institution
) -> None:
    edition = edition_of(make_lesson(module))
    crowd(edition, "aaaaa")
    publish(module, leading_institution=kilimari, reviewing_institution=None)
    urls = [url_of(edition), reverse("cms_checks", args=[module.pk])]

    client.force_login(editor)
    assert [client.get(url).status_code for url in urls] == [403, 403]
    assert PANEL not in client.get("/cms/").text
    client.force_login(amara)
    assert [client.get(url).status_code for url in urls] == [403, 403]


def test_first_page_names_the_check_and_leads_to_it(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    edition = edition_of(lesson)
    crowd(edition, "aaaac")
    client.force_login(editor)

    page = client.get("/cms/").text

    assert PANEL in page
    assert f"{url_of(edition)}#{block_id('check')}" in page
    assert "Three quarters or more choose a: is the key right?" in page


@pytest.mark.parametrize("answers", ["aaaa", "bbbbb", "bbbac"])
def test_first_page_is_silent_without_a_doubt(
    client: Client, editor: User, lesson: LessonPage, answers: str
) -> None:
    crowd(edition_of(lesson), answers)
    client.force_login(editor)

    assert PANEL not in client.get("/cms/").text


def test_first_page_tells_what_the_clock_counted(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    client.force_login(editor)
    assert PANEL not in client.get("/cms/").text
    crowd(edition_of(lesson), "aaaac")
    assert PANEL not in client.get("/cms/").text

    count_checks(timezone.now())

    assert PANEL in client.get("/cms/").text


def test_what_was_mended_is_not_named_any_more(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    crowd(edition_of(lesson), "aaaaa")
    client.force_login(editor)
    assert PANEL in client.get("/cms/").text

    publish(lesson, body=[text(), check(right="a")], change="re-test")

    assert PANEL not in client.get("/cms/").text


def grow(module: ModulePage, edition: Edition) -> None:
    """More lessons of several editions, all badly answered, and more people."""
    for number in range(3, 7):
        page = make_lesson(module, f"Lesson {number}", number=number)
        crowd(edition_of(page), "aaaaa", who=f"first{number}")
        publish(page, body=[text(), check(right="c")], change="wording")
        crowd(edition_of(page), "aaaaa", who=f"then{number}")
    crowd(edition, "aaaaaaa", who="more")


@pytest.mark.parametrize("where", ["home", "module", "edition"])
def test_costs_the_same_for_few_and_many(
    client: Client,
    settings: Settings,
    editor: User,
    index: CurriculumIndexPage,
    lesson: LessonPage,
    module: ModulePage,
    where: str,
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    edition = edition_of(lesson)
    crowd(edition, "aaaaa")
    url = {
        "home": "/cms/",
        "module": reverse("cms_checks", args=[module.pk]),
        "edition": url_of(edition),
    }[where]

    assert_same_at_two_sizes(client, editor, url, lambda: grow(module, edition), most=45)


def test_modules_of_others_do_not_count(index: CurriculumIndexPage, lesson: LessonPage) -> None:
    other = make_lesson(make_module(index, "Other", number=5), "Other")
    crowd(edition_of(other), "aaaaa")

    assert count(edition_of(lesson)).n == 0
