"""Editors write, preview and publish in the CMS, over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import streamfield

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from people.models import User
from publishing.models import Media, MediaTrack
from tests.curriculum.forms import (
    child_of,
    choice,
    cited,
    every_block,
    grid,
    lesson_form,
    page_errors,
    question,
    words,
)
from tests.curriculum.making import edition_of, picture, publish


@pytest.fixture
def editor(eleni: User, index: CurriculumIndexPage) -> User:
    """Eleni, with an editor's rights on the curriculum."""
    group = Group.objects.create(name="Editors of Harrow Lake")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=index, permission=Permission.objects.get(codename=name)
        )
    eleni.groups.add(group)
    return eleni


@pytest.fixture
def recording(db: None) -> Media:
    """Audio with captions and a transcript."""
    media = Media.objects.create(
        title="Agnes", type="audio", duration=60, file=ContentFile(b"mp3", name="a.mp3")
    )
    captions = ContentFile(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", name="a.vtt")
    media.tracks.create(kind=MediaTrack.Kind.CAPTIONS, file=captions)
    media.tracks.create(kind=MediaTrack.Kind.TRANSCRIPT, text="Hello, says Agnes.")
    media.save()
    return media


def create(client: Client, module: ModulePage, data: dict[str, Any], action: str = "") -> Any:
    """Post the form of a new lesson."""
    url = reverse("wagtailadmin_pages:add", args=["curriculum", "lessonpage", module.pk])
    return client.post(url, data | ({f"action-{action}": "1"} if action else {}))


def edit(client: Client, page: LessonPage, data: dict[str, Any], action: str = "") -> Any:
    """Post the form of a lesson that exists."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, data | ({f"action-{action}": "1"} if action else {}))


SAID = [
    "You could have timed it",
    "An invented case",
    "Rehema is mopping.",
    "57 visits, 1,884 errors.",
    "Bars: 22 and 2 percent.",
    "Sister Agnes explains",
    "Hello, says Agnes.",
    "Has anyone told her that she may interrupt?",
    "An invented voice.",
    "Counted",
    "Brief for one minute.",
    "What do you do first?",
    "doi 10.1016/j.x.1",
    "We read: abstract.",
]


def test_editor_publishes_each_block_and_the_learner_sees_it(
    client: Client, editor: User, amara: User, module: ModulePage, recording: Media
) -> None:
    client.force_login(editor)
    data = lesson_form(every_block(picture().pk, recording.pk))

    response = create(client, module, data, "publish")

    assert response.status_code == 302, page_errors(response)
    client.force_login(amara)
    shown = client.get("/curriculum/language/what-gets-lost/").text
    assert [sentence for sentence in SAID if sentence not in shown] == []
    assert "It shows you." not in shown


def test_editor_previews_a_draft_that_readers_do_not_see(
    client: Client, editor: User, lesson: LessonPage, recording: Media
) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    data = lesson_form(every_block(picture().pk, recording.pk), title="A better title")

    answer = client.post(url, data)
    shown = client.get(url).text

    assert answer.json()["is_valid"] is True
    assert "A better title" in shown
    assert "It shows you." in shown
    assert "This is a draft" in shown
    assert "A better title" not in client.get("/curriculum/language/what-gets-lost/").text


def test_editor_previews_a_module_with_its_lessons(
    client: Client, editor: User, lesson: LessonPage, module: ModulePage
) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:view_draft", args=[module.pk])

    assert "What gets lost" in client.get(url).text


def test_unfinished_draft_is_saved(client: Client, editor: User, module: ModulePage) -> None:
    client.force_login(editor)
    body = [("figure", {"title": "", "image": "", "alt": "", "table": grid([]), "note": "",
                        "source": "unknown"}),
            ("check", question(choice("Only one")))]  # fmt: skip

    response = create(client, module, lesson_form(body, summary=""))

    assert response.status_code == 302, page_errors(response)
    assert child_of(module, "what-gets-lost").live is False


def figure(**changes: Any) -> list[tuple[str, Any]]:
    """Some text and a figure with something wrong."""
    value = {
        "title": "Hours count",
        "image": "",
        "alt": "Bars.",
        "table": grid(["Who", "Errors"], ["A helper", "22 %"]),
        "note": "",
        "source": "",
    }
    return [("text", words("<p>Text.</p>")), ("figure", value | changes)]


BAD = {
    "a figure without a picture": (figure(), "required"),
    "a figure without words": (figure(alt=""), "required"),
    "a figure without a table": (figure(table=grid([])), "table"),
    "no right answer": ([("check", question(choice("A"), choice("B")))], "Mark the answer"),
    "two right answers": (
        [("check", question(choice("A", right=True), choice("B", right=True)))],
        "Only one",
    ),
    "every answer right": (
        [("check", question(choice("A", right=True), choice("B", right=True), multiple=True))],
        "nothing to choose",
    ),
    "one answer": ([("check", question(choice("A", right=True)))], ""),
    "a choice without explanation": (
        [("check", question(choice("A", because=""), choice("B", right=True)))],
        "required",
    ),
    "an unknown source": (
        [("fact", {"text": words("<p>57 visits.</p>"), "source": "nobody"})],
        "“nobody” is cited",
    ),
    "an unknown citation": ([("text", words("<p>As [@nobody] says.</p>"))], "“nobody” is cited"),
    "a lesson without text": ([("quote", {"text": "Hm.", "by": "Agnes"})], "at least one block"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_hold_is_not_published(
    client: Client, editor: User, module: ModulePage, name: str
) -> None:
    body, sentence = BAD[name]
    client.force_login(editor)

    response = create(client, module, lesson_form(body), "publish")

    assert response.status_code == 200
    assert not LessonPage.objects.exists()
    assert json.dumps(sentence)[1:-1] in response.text


def test_recording_without_transcript_is_drafted_but_not_published(
    client: Client, editor: User, module: ModulePage, recording: Media
) -> None:
    recording.tracks.filter(kind="transcript").delete()
    value = {"media": str(recording.pk), "title": "Agnes", "source": ""}
    body = [("text", words("<p>Text.</p>")), ("recording", value)]
    client.force_login(editor)

    refused = create(client, module, lesson_form(body), "publish")
    kept = create(client, module, lesson_form(body))

    assert "captions and a transcript first" in refused.text
    assert kept.status_code == 302
    assert not LessonPage.objects.live().exists()


def test_source_listed_twice_is_refused(client: Client, editor: User, module: ModulePage) -> None:
    client.force_login(editor)
    data = lesson_form([("text", words("<p>Text.</p>"))], sources=streamfield([cited(), cited()]))

    response = create(client, module, data, "publish")

    assert "listed twice" in response.text


def test_editor_chooses_the_kind_of_change(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    client.force_login(editor)
    form = lesson_form([("text", words("<p>New text.</p>"))], change="re-test", change_note="New.")

    edit(client, lesson, form, "publish")

    assert edition_of(lesson).change == "re-test"
    assert edition_of(lesson).published_by == editor
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert not shown.context["form"]["change"].value()


def test_autosave_cannot_rewrite_what_was_published(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    client.force_login(editor)
    edit(client, lesson, lesson_form([("text", words("<p>New text.</p>"))]), "publish")
    revision = edition_of(lesson).revision
    kept = revision.content
    form = lesson_form([("text", words("<p>Rewritten.</p>"))])

    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        form | {"overwrite_revision_id": str(revision.pk)},
        headers={"accept": "application/json"},
    )

    revision.refresh_from_db()
    assert response.status_code == 400
    assert revision.content == kept


def test_delete_is_answered_with_a_sentence(
    client: Client, admin: User, lesson: LessonPage, module: ModulePage
) -> None:
    client.force_login(admin)

    for page in (lesson, module):
        url = reverse("wagtailadmin_pages:delete", args=[page.pk])
        response = client.post(url, follow=True)
        assert response.status_code == 200
        assert "Unpublish it instead" in response.text

    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_bulk_delete_is_answered_with_a_sentence(
    client: Client, admin: User, lesson: LessonPage
) -> None:
    client.force_login(admin)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    response = client.post(f"{url}?id={lesson.pk}", follow=True)

    assert "Unpublish it instead" in response.text
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


def test_draft_that_was_never_published_can_be_deleted(
    client: Client, admin: User, module: ModulePage
) -> None:
    draft = module.add_child(instance=LessonPage(title="Draft", summary="x", live=False))
    client.force_login(admin)

    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))

    assert not LessonPage.objects.exists()


def module_form(**fields: str) -> dict[str, str]:
    """What the CMS sends for a module."""
    values = {
        "intro": words("<p>Four lessons.</p>"),
        "outcomes": streamfield([("outcome", "brief an interpreter")]),
        "opinions": streamfield([]),
        "further_reading": streamfield([]),
        "themes": "K",
        "authors": streamfield([]),
        "leading_institution": "",
        "reviewing_institution": "",
        "reviewer": "",
        "reviewed_on": "",
        "slug": "language",
    }
    return lesson_form([], **{**values, **fields})


def test_partner_who_reviews_is_not_the_one_who_leads(
    client: Client, editor: User, module: ModulePage, harrow_lake: Any
) -> None:
    client.force_login(editor)
    publish(module, leading_institution=harrow_lake)
    place = str(harrow_lake.pk)
    form = module_form(leading_institution=place, reviewing_institution=place)

    response = edit(client, module, form, "publish")

    assert "A partner reviews it" in response.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"cme_hours": "1.5"}, "Say who grants these hours."),
        ({"cme_granted_by": "Office of Education"}, "Say how many hours are granted."),
    ],
)
def test_hours_and_who_grants_them_belong_together(
    client: Client,
    editor: User,
    module: ModulePage,
    harrow_lake: Any,
    fields: dict[str, str],
    sentence: str,
) -> None:
    client.force_login(editor)
    publish(module, leading_institution=harrow_lake)
    form = module_form(leading_institution=str(harrow_lake.pk), **fields)

    response = edit(client, module, form, "publish")

    assert sentence in response.text
