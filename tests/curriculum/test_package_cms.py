"""An editor takes a module away and sends it in again; others do neither."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from curriculum.packing import waiting
from people.models import Institution, Role, User
from people.workflow import grant
from publishing.models import Edition
from tests.conftest import NOON
from tests.curriculum.making import make_lesson, make_module, publish, text, translate
from tests.curriculum.packing import files_of, packed, zipped

pytestmark = pytest.mark.django_db
UPLOAD = "/cms/packages/"


@pytest.fixture
def editor(client: Client, tomas: User, harrow_lake: Institution) -> User:
    """Tomas, editor at Harrow Lake, signed in."""
    grant(tomas, harrow_lake, Role.EDITOR, at=NOON)
    client.force_login(tomas)
    return tomas


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    """What a test leaves behind is taken away."""
    yield
    waiting.drop_old(timezone.now() + timedelta(days=2))


def send(client: Client, package: bytes) -> str:
    """Upload a package; the address of the page that says what would change."""
    response = client.post(UPLOAD, {"package": ContentFile(package, "m.zip")})
    assert response.status_code == 302, response.text
    return response.headers["Location"]


def renamed(package: bytes, new: bytes = b"title: A new title") -> bytes:
    """The package with another title of its lesson."""
    files = files_of(package)
    name = next(name for name in files if name.startswith("en/3.1"))
    files[name] = files[name].replace(b"title: What gets lost", new)
    return zipped(files)


def test_editor_takes_the_module_away(client: Client, editor: User, lesson: LessonPage) -> None:
    module = lesson.get_parent()

    response = client.get(f"/cms/packages/module/{module.pk}/")

    assert response.headers["Content-Type"] == "application/zip"
    assert "language.zip" in response.headers["Content-Disposition"]
    assert b"".join(response) == packed(module.specific)


def test_menus_offer_it_where_it_is_allowed(
    client: Client, editor: User, lesson: LessonPage, index: CurriculumIndexPage
) -> None:
    module = lesson.get_parent()

    assert f"/cms/packages/module/{module.pk}/" in client.get(f"/cms/pages/{module.pk}/").text
    assert f"/cms/packages/module/{module.pk}/" in client.get(f"/cms/pages/{index.pk}/").text
    assert UPLOAD in client.get(f"/cms/pages/{index.pk}/").text


def test_module_of_others_is_neither_given_nor_taken(
    client: Client, editor: User, index: CurriculumIndexPage, kilimari: Institution
) -> None:
    module = make_module(index, leading_institution=kilimari)
    make_lesson(module)

    answer = client.get(f"/cms/packages/module/{module.pk}/")
    sent = client.post(UPLOAD, {"package": ContentFile(packed(module), "m.zip")})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/cms/")
    assert sent.status_code == 422
    assert "editors of another institution" in sent.text


@pytest.mark.parametrize("person", ["amara", "neema"])
def test_who_is_no_editor_finds_no_door(
    client: Client, person: str, lesson: LessonPage, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    token = uuid.uuid4()

    for path in (UPLOAD, f"/cms/packages/module/{lesson.get_parent().pk}/", f"{UPLOAD}{token}/"):
        assert client.get(path, follow=True).status_code == 403
    assert client.post(f"{UPLOAD}{token}/read/", follow=True).status_code == 403


def test_preview_says_what_would_change_and_changes_nothing(
    client: Client, editor: User, lesson: LessonPage, second: LessonPage
) -> None:
    package = renamed(packed(lesson.get_parent().specific))
    before = list(Edition.objects.values_list("pk"))

    shown = client.get(send(client, package)).text

    assert "changed: title" in shown
    assert shown.count("the same") == 2
    assert list(Edition.objects.values_list("pk")) == before
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == lesson.latest_revision_id


def test_package_becomes_drafts(client: Client, editor: User, lesson: LessonPage) -> None:
    place = send(client, renamed(packed(lesson.get_parent().specific)))

    said = client.post(f"{place}read/", {"what": "draft"}, follow=True).text

    page = LessonPage.objects.get(pk=lesson.pk)
    assert "Saved as drafts: 1. The same as before: 1. Left alone: 0." in said
    assert (page.title, page.has_unpublished_changes) == ("What gets lost", True)
    assert page.get_latest_revision_as_object().title == "A new title"
    assert page.latest_revision.user == editor


def test_package_is_published(client: Client, editor: User, lesson: LessonPage) -> None:
    place = send(client, renamed(packed(lesson.get_parent().specific)))

    client.post(f"{place}read/", {"what": "publish"})

    edition = Edition.objects.filter(page=lesson).latest("number")
    assert (edition.number, edition.title) == (2, "A new title")
    assert edition.published_by == editor
    assert client.get(place).status_code == 404


def test_work_of_editors_is_left_alone_unless_asked(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    package = packed(lesson.get_parent().specific)
    lesson.title = "By hand"
    lesson.save_revision(user=editor).publish()
    place = send(client, package)

    assert "left alone: it was edited in the CMS: title" in client.get(f"{place}?what=publish").text
    client.post(f"{place}read/", {"what": "publish"})
    assert LessonPage.objects.get(pk=lesson.pk).title == "By hand"

    place = send(client, package)
    client.post(f"{place}read/", {"what": "publish", "overwrite": "on"})
    assert LessonPage.objects.get(pk=lesson.pk).title == "What gets lost"


def test_locked_page_stays(client: Client, editor: User, lesson: LessonPage) -> None:
    package = renamed(packed(lesson.get_parent().specific))
    LessonPage.objects.filter(pk=lesson.pk).update(locked=True)

    shown = client.get(f"{send(client, package)}?what=publish&overwrite=on").text

    assert "it is locked in the CMS" in shown


def test_new_module_is_begun_as_a_draft(
    client: Client, editor: User, lesson: LessonPage, index: CurriculumIndexPage
) -> None:
    files = files_of(packed(lesson.get_parent().specific))
    files["en/module.md"] = files["en/module.md"].replace(b"slug: language\n", b"slug: other\n")
    place = send(client, zipped(files))

    assert client.get(place).text.count("<td>\n              new") == 2
    client.post(f"{place}read/", {"what": "draft"})

    module = ModulePage.objects.get(slug="other")
    assert not module.live
    assert module.permissions_for_user(User.objects.get(pk=editor.pk)).can_publish()
    assert [page.live for page in LessonPage.objects.child_of(module)] == [False]


def test_package_of_somebody_else_does_not_exist(
    client: Client, editor: User, lesson: LessonPage, neema: User, kilimari: Institution
) -> None:
    place = send(client, packed(lesson.get_parent().specific))
    grant(neema, kilimari, Role.EDITOR, at=NOON)
    client.force_login(neema)

    assert client.get(place).status_code == 404
    assert client.post(f"{place}read/", {"what": "publish"}).status_code == 404
    name = f"packages/{editor.pk}-{place.strip('/').rpartition('/')[2]}.zip"
    assert default_storage.exists(name)
    assert client.get(f"/media/{name}").status_code == 404


def test_bad_package_gets_a_sentence(client: Client, editor: User, index: object) -> None:
    answer = client.post(UPLOAD, {"package": ContentFile(b"nonsense", "m.zip")})

    assert answer.status_code == 422
    assert "This is no zip file, or it is damaged." in answer.text
    assert client.post(UPLOAD).status_code == 422


def test_forgotten_package_is_thrown_away(editor: User) -> None:
    token = waiting.keep(editor, ContentFile(b"x"))

    waiting.drop_old(timezone.now())
    assert waiting.find(editor, token)

    waiting.drop_old(timezone.now() + timedelta(days=2))
    assert waiting.find(editor, token) is None


def test_command_writes_what_the_load_command_reads(lesson: LessonPage, tmp_path: Path) -> None:
    translate(lesson, title="Lo que se pierde")
    out, said = tmp_path / "m.zip", io.StringIO()
    call_command("export_module", "language", str(out), stdout=said)
    before = Edition.objects.count()

    call_command("load_curriculum", str(out), "--look", stdout=said)
    call_command("load_curriculum", str(out), stdout=said)

    assert said.getvalue().count("the same") == said.getvalue().count("unchanged") == 4
    assert Edition.objects.count() == before
    assert "es/module.md" in files_of(out.read_bytes())


def test_command_leaves_no_file_behind_if_it_cannot(module: ModulePage, tmp_path: Path) -> None:
    out = tmp_path / "m.zip"

    with pytest.raises(CommandError):
        call_command("export_module", "language", str(out))

    assert list(tmp_path.iterdir()) == []


def test_what_would_not_come_back_is_not_handed_out(
    client: Client, editor: User, lesson: LessonPage
) -> None:
    make_lesson(lesson.get_parent().specific, "Same number", number=1)

    said = client.get(f"/cms/packages/module/{lesson.get_parent().pk}/", follow=True).text

    assert "Several lessons have the number 1." in said


def test_links_between_lessons_find_their_pages_again(
    module: ModulePage, lesson: LessonPage, second: LessonPage
) -> None:
    there = f'<a linktype="page" id="{second.pk}">the next</a>'
    publish(lesson, body=[text(f'<p>See {there}, <a href="/help/">here</a>.</p>')])

    words = files_of(packed(module))["en/3.1-what-gets-lost.md"].decode()

    assert "[the next](page:language/the-interpreter), [here](here:/help/)" in words
