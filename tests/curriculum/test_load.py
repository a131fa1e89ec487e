"""Modules come from text files, by the same way as from the CMS."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from curriculum.loading.module_file import find_folders
from curriculum.management.commands.load_curriculum import CONTENT
from curriculum.models import Competency, LessonPage, ModulePage
from people.models import User
from publishing.models import Edition, Image
from tests.curriculum.files import LESSON, MODULE, write_module
from tests.curriculum.making import edition_of, publish

pytestmark = pytest.mark.django_db
URL = "/curriculum/language/what-gets-lost/"


def load(*arguments: Any) -> str:
    """Run the command; what it prints."""
    out = StringIO()
    call_command("load_curriculum", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


SAID = [
    "An invented case",
    "Rehema is mopping the corridor.",
    '<h2 id="you-could-have-timed-it">',
    "<b>choking</b>",
    "<li>one</li>",
    "57 visits, 1,884 errors.",
    'alt="Bars. Untrained helper 22 percent, professional 2."',
    "Shares of errors, not of visits.",
    "not in the summary",
    "Has anyone told her that she may interrupt?",
    "An invented voice.",
    "<b>Ask the host team</b>",
    "What do you do first?",
    "Several answers are right.",
    "We read: table 1.",
    "brief an interpreter before a talk and debrief after it",
]


def test_reader_sees_the_lesson_of_the_file(client: Client, amara: User, tmp_path: Path) -> None:
    load(write_module(tmp_path))
    client.force_login(amara)

    shown = client.get(URL).text

    assert [words for words in SAID if words not in shown] == []
    assert "A small piece" not in shown
    assert edition_of(LessonPage.objects.get()).note == "First edition."


def test_tree_of_pages_is_whole(tmp_path: Path) -> None:
    load(write_module(tmp_path))

    assert [page.title for page in ModulePage.objects.get().get_children()] == [
        LessonPage.objects.get().title
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_module_has_what_its_file_says(tmp_path: Path) -> None:
    load(write_module(tmp_path))

    module = ModulePage.objects.get()
    assert (module.number, module.themes, module.required) == (3, "CKE", "before")
    assert (module.validity_months, module.open_to_visitors) == (24, True)
    assert module.facts_due == date(2027, 3, 1)
    assert [outcome.value for outcome in module.outcomes][1].startswith("judge when")
    assert module.competencies.get() == Competency.objects.get(code="ICS1")


def test_second_run_changes_nothing(tmp_path: Path) -> None:
    place = write_module(tmp_path)
    load(place)
    before = list(Edition.objects.values_list("pk", "revision_id"))

    said = load(place)

    assert said.count("unchanged") == 2
    assert list(Edition.objects.values_list("pk", "revision_id")) == before
    assert Image.objects.count() == 1


def test_changed_file_makes_one_edition_of_its_kind(tmp_path: Path) -> None:
    load(write_module(tmp_path))

    changed = LESSON.replace("did not lie", "never lied").replace("re-read", "wording")
    said = load(write_module(tmp_path, changed))

    assert "edition 2, wording" in said
    assert Edition.objects.count() == 2


def test_ids_of_blocks_stay(tmp_path: Path) -> None:
    load(write_module(tmp_path))
    before = edition_of(LessonPage.objects.get()).read()["body"]

    load(write_module(tmp_path, LESSON.replace("eight seconds", "ten seconds")))

    after = edition_of(LessonPage.objects.get()).read()["body"]
    assert [block["id"] for block in before] == [block["id"] for block in after]
    choices = [[c["id"] for c in body[-1]["value"]["choices"]] for body in (before, after)]
    assert choices[0] == choices[1]


def test_changed_drawing_makes_a_new_edition(tmp_path: Path) -> None:
    place = write_module(tmp_path)
    load(place)
    drawing = place / "figures" / "shares.svg"
    drawing.write_text(drawing.read_text().replace('"9"', '"8"'))

    assert "edition 2" in load(place)


def test_nobody_stands_behind_it_outside_the_demo(
    client: Client, amara: User, tmp_path: Path
) -> None:
    load(write_module(tmp_path))
    client.force_login(amara)

    assert "No partner has reviewed this yet." in client.get("/curriculum/language/").text
    assert "Leila" not in client.get("/curriculum/language/").text
    assert "Agreed with" not in client.get(URL).text


def test_demo_names_its_invented_people(
    client: Client, amara: User, tmp_path: Path, harrow_lake: Any, kilimari: Any
) -> None:
    place = write_module(tmp_path)
    load(place, "--demo")
    client.force_login(amara)

    shown = client.get("/curriculum/language/").text
    assert "Dr Leila Haddad, Harrow Lake University Hospital, United States" in shown
    assert "Kilimari Regional Referral Hospital" in shown
    assert "2 March 2026" in shown
    assert "each from <i>one</i> morning" in shown
    assert "Agreed with Sister Agnes Tarimo." in client.get(URL).text
    assert load(place, "--demo").count("unchanged") == 2


def test_what_editors_changed_is_left_alone(tmp_path: Path, eleni: User) -> None:
    place = write_module(tmp_path)
    load(place)
    lesson = LessonPage.objects.get()
    lesson.title = "Edited"
    lesson.save_revision(user=eleni).publish()

    assert "left alone: it was edited in the CMS" in load(place)
    assert LessonPage.objects.get().title == "Edited"
    assert "edition 3" in load(place, "--overwrite")
    assert LessonPage.objects.get().title == "What an interpreter catches"


def test_what_editors_withdrew_stays_withdrawn(tmp_path: Path) -> None:
    place = write_module(tmp_path)
    load(place)
    LessonPage.objects.get().unpublish()

    assert "left alone: it was withdrawn in the CMS" in load(place)
    assert not LessonPage.objects.live().exists()


def test_translation_hangs_on_its_source(client: Client, amara: User, tmp_path: Path) -> None:
    load(write_module(tmp_path / "en"))
    spanish = LESSON.replace("language: en", "language: es").replace(
        "What an interpreter catches", "Lo que capta"
    )
    place = write_module(tmp_path / "es", spanish, MODULE.replace("language: en", "language: es"))

    load(place)

    lesson = LessonPage.objects.get(locale__language_code="es")
    original = LessonPage.objects.get(locale__language_code="en")
    assert edition_of(lesson).translates == edition_of(original)
    assert load(place).count("unchanged") == 2
    client.force_login(amara)
    assert "Lo que capta" in client.get(f"{URL}?lang=es").text


def test_modules_may_point_to_each_other(tmp_path: Path) -> None:
    write_module(tmp_path / "a", module=MODULE.replace("open: true", "prerequisites: [other]"))
    other = MODULE.replace("slug: language", "slug: other").replace("module: 3", "module: 7")
    write_module(tmp_path / "b", LESSON.replace('"3.1"', '"7.1"'), other)

    load(tmp_path)

    page = ModulePage.objects.get(slug="language")
    assert page.prerequisites.get().slug == "other"


def test_folder_without_modules_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no module\.md"):
        load(tmp_path)


@pytest.mark.parametrize("folder", find_folders([CONTENT]), ids=lambda folder: folder.name)
def test_module_that_comes_with_bothways_loads_twice(folder: Path) -> None:
    original = CONTENT / "en" / folder.name  # a translation is loaded together with it
    assert "edition 1" in load(original, folder)

    assert "edition" not in load(original, folder)


def test_page_published_in_the_cms_is_found_by_its_address(
    tmp_path: Path, lesson: LessonPage
) -> None:
    said = load(write_module(tmp_path))

    assert LessonPage.objects.get().pk == lesson.pk
    assert "edition 2" in said
    publish(LessonPage.objects.get())
