"""Publishing makes an edition with a copy of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from curriculum.models import LessonPage, ModulePage
from publishing.models import Edition, EditionDamaged, EditionFile
from tests.curriculum.making import (
    block,
    check,
    edition_of,
    make_lesson,
    picture,
    publish,
    source,
    table,
    text,
    translate,
)


def numbers(page: LessonPage) -> list[int]:
    """The editions of a page."""
    found = Edition.objects.filter(page=page).order_by("number")
    return list(found.values_list("number", flat=True))


def test_publishing_makes_an_edition_with_the_text(lesson: LessonPage) -> None:
    edition = edition_of(lesson)

    content = edition.read()
    assert edition.number == 1
    assert content["title"] == "What gets lost"
    assert content["body"][0]["value"] == text()["value"]
    assert content["body"][1]["id"] == check()["id"]
    assert edition.revision_id == lesson.live_revision_id


def test_draft_makes_no_edition(lesson: LessonPage) -> None:
    lesson.title = "Another title"
    lesson.save_revision()

    assert numbers(lesson) == [1]


def test_unchanged_content_makes_none(lesson: LessonPage) -> None:
    publish(lesson)

    assert numbers(lesson) == [1]


def test_changed_content_makes_the_next(lesson: LessonPage) -> None:
    publish(lesson, title="What an interpreter catches")

    assert numbers(lesson) == [1, 2]


def test_page_that_comes_back_unchanged_keeps_its_edition(lesson: LessonPage) -> None:
    lesson.unpublish()
    publish(lesson)

    assert numbers(lesson) == [1]


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [("wording", "wording"), ("re-read", "re-read"), ("re-test", "re-test"), ("", "re-read")],
)
def test_kind_of_change_comes_from_the_draft(lesson: LessonPage, chosen: str, kind: str) -> None:
    publish(lesson, title="New", change=chosen, change_note="The example is new.")

    assert edition_of(lesson).change == kind
    assert edition_of(lesson).note == "The example is new."


def test_next_draft_starts_without_a_kind(lesson: LessonPage) -> None:
    page = publish(lesson, title="New", change="re-test", change_note="All new.")

    draft = page.get_latest_revision_as_object()
    assert (draft.change, draft.change_note) == ("", "")


def test_copy_of_a_page_starts_at_one(module: ModulePage, lesson: LessonPage) -> None:
    publish(lesson, title="New")

    copy = lesson.copy(to=module, update_attrs={"slug": "copy", "title": "Copy"})

    assert numbers(copy) == [1]
    assert edition_of(copy).translates is None


def test_alias_makes_no_edition(module: ModulePage, lesson: LessonPage) -> None:
    alias = lesson.create_alias(parent=module, update_slug="alias")

    publish(lesson, title="New")

    assert numbers(alias) == []


def test_scheduled_page_makes_its_edition_when_it_is_due(
    module: ModulePage, lesson: LessonPage
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    publish(lesson, title="Later", change="re-test", go_live_at=tomorrow)
    assert numbers(lesson) == [1]

    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        call_command("publish_scheduled")

    assert numbers(lesson) == [1, 2]
    assert edition_of(lesson).change == "re-test"


def test_page_scheduled_before_its_first_day_has_no_edition(module: ModulePage) -> None:
    lesson = make_lesson(module, go_live_at=timezone.now() + timedelta(days=1))

    assert numbers(lesson) == []


def test_translation_points_to_its_source_and_inherits(
    lesson: LessonPage,
) -> None:
    publish(lesson, title="New", change="re-test")
    page = translate(lesson, title="Lo que se pierde", change="wording")
    assert edition_of(page).translates == edition_of(lesson)
    assert edition_of(page).change == "re-test"

    publish(lesson.specific_class.objects.get(pk=lesson.pk), title="Newer", change="wording")
    page = publish(page, title="Lo que falta", change="re-test")

    assert edition_of(page).translates == edition_of(lesson)
    assert edition_of(page).change == "wording"


def test_translation_between_source_editions_has_the_strongest_kind(lesson: LessonPage) -> None:
    page = translate(lesson, title="Lo que se pierde")
    publish(lesson, title="Two", change="re-test")
    publish(LessonPage.objects.get(pk=lesson.pk), title="Three", change="wording")

    page = publish(page, title="Tres")

    assert edition_of(page).change == "re-test"


def test_correction_of_a_translation_has_its_own_kind(lesson: LessonPage) -> None:
    page = translate(lesson, title="Lo que se pierde")

    page = publish(page, title="Lo que se perdió", change="wording")

    assert edition_of(page).change == "wording"


def figure(image: Any) -> dict[str, Any]:
    """A figure with this picture."""
    value = {
        "title": "2 % with 100 hours",
        "image": image.pk,
        "alt": "Bars.",
        "table": table(),
        "note": "",
        "source": "flores2012",
    }
    return block("figure", value)


def test_edition_keeps_the_picture_that_was_published(module: ModulePage) -> None:
    image = picture()
    lesson = make_lesson(module, body=[text(), figure(image)], sources=[source()])
    kept = edition_of(lesson).read()["files"][f"image:{image.pk}"]
    before = image.file.storage.open(kept["file"]).read()

    image.file.storage.delete(image.file.name)
    image.delete()

    assert image.file.storage.open(kept["file"]).read() == before
    assert EditionFile.objects.filter(name=kept["file"]).count() == 1


def test_replaced_picture_makes_a_new_edition(module: ModulePage) -> None:
    image = picture()
    lesson = make_lesson(module, body=[text(), figure(image)], sources=[source()])
    image.file = picture(
        "Other", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    ).file
    image.save()

    publish(lesson)

    assert numbers(lesson) == [1, 2]


def test_damaged_copy_is_noticed_when_it_is_read(lesson: LessonPage) -> None:
    edition = edition_of(lesson)
    Edition.objects.filter(pk=edition.pk).update(content=edition.content | {"title": "Other"})

    with pytest.raises(EditionDamaged):
        Edition.objects.get(pk=edition.pk).read()


def test_revision_of_an_edition_cannot_be_deleted(lesson: LessonPage) -> None:
    with pytest.raises(ProtectedError):
        lesson.live_revision.delete()


def test_page_of_an_edition_cannot_be_deleted(lesson: LessonPage) -> None:
    with pytest.raises(ProtectedError):
        lesson.delete()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 1}, "edition_number_taken|UNIQUE constraint failed"),
        ({"number": 0}, "edition_number_starts_at_one"),
    ],
)
def test_database_refuses_a_wrong_number(
    lesson: LessonPage, changes: dict[str, Any], constraint: str
) -> None:
    second = edition_of(publish(lesson, title="New"))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Edition.objects.filter(pk=second.pk).update(**changes)


def test_database_refuses_an_edition_that_translates_itself(lesson: LessonPage) -> None:
    edition = edition_of(lesson)

    with pytest.raises(IntegrityError, match="edition_translates_itself"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(translates=edition)


def test_database_refuses_a_file_listed_twice(lesson: LessonPage) -> None:
    edition = edition_of(lesson)
    EditionFile.objects.create(edition=edition, name="editions/a.svg")

    with pytest.raises(IntegrityError), transaction.atomic():
        EditionFile.objects.create(edition=edition, name="editions/a.svg")
