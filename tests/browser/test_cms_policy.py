"""The CMS under its content policy: every main screen, and what has to open on it.

The fixture `sit_down` fails a test at its end if the browser refused anything. The one exception
is the picture's own page: its cropping tool writes an attribute (stack notes, 2), which only makes
noise; it is not among these screens.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import Page, expect
from wagtail.models import GroupPagePermission, Locale, Workflow

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from curriculum.tree import ensure_tree
from people.models import User
from people.workflow.groups import editors_group
from reflections.models import Prompt
from tests.curriculum.making import (
    check,
    edition_of,
    make_lesson,
    make_module,
    picture,
    publish,
    text,
)

from .conftest import SitDown
from .writing_room import come_in

pytestmark = pytest.mark.browser

REFUSED = """window.refused = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));"""


@pytest.fixture
def index(house: None) -> CurriculumIndexPage:
    return ensure_tree()


@pytest.fixture
def module(index: CurriculumIndexPage) -> ModulePage:
    return make_module(index)


@pytest.fixture
def lesson(module: ModulePage) -> LessonPage:
    return publish(make_lesson(module), body=[text("<p>Again.</p>"), check()])


def sit_in_cms(sit_down: SitDown, person: User, base_url: str) -> Page:
    """A page of the CMS, which notes what is refused."""
    page = sit_down()
    page.add_init_script(REFUSED)
    come_in(page, person, base_url)
    return page


def open_screen(page: Page, path: str) -> list[str]:
    """Everything that this screen was refused."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, (path, answer.status)
    page.wait_for_load_state("networkidle")
    return [f"{path}: {one}" for one in page.evaluate("window.refused")]


def screens(module: ModulePage, lesson: LessonPage) -> list[str]:
    """What an editor opens."""
    prompt = Prompt.objects.first()
    assert prompt is not None
    newest, oldest = lesson.revisions.latest("pk").pk, lesson.revisions.earliest("pk").pk
    pages, under = "/cms/pages", module.get_parent().pk
    return [
        "/cms/",
        f"{pages}/{under}/",
        f"{pages}/{module.pk}/",
        f"{pages}/add/curriculum/modulepage/{under}/",
        f"{pages}/{module.pk}/edit/",
        f"{pages}/add/curriculum/lessonpage/{module.pk}/",
        f"{pages}/{lesson.pk}/edit/",
        f"{pages}/{lesson.pk}/history/",
        f"{pages}/{lesson.pk}/revisions/compare/{oldest}...{newest}/",
        f"{pages}/{lesson.pk}/move/",
        f"{pages}/{lesson.pk}/copy/",
        f"{pages}/{lesson.pk}/unpublish/",
        f"{pages}/usage/curriculum/lessonpage/",
        f"{pages}/search/?q=what",
        f"/cms/checks/{module.pk}/",
        f"/cms/checks/editions/{edition_of(lesson).public_id}/",
        "/cms/images/",
        "/cms/images/add/",
        "/cms/media/",
        "/cms/media/audio/add/",
        "/cms/snippets/",
        "/cms/snippets/reflections/prompt/",
        f"/cms/snippets/reflections/prompt/edit/{prompt.pk}/",
        "/cms/snippets/publishing/mediatrack/",
        "/cms/snippets/publishing/mediatrack/add/",
        "/cms/reports/aging-pages/",
        "/cms/reports/site-history/",
        "/cms/account/",
    ]


ADMIN_ONLY = [
    "/cms/reports/locked/",
    "/cms/reports/workflow/",
    "/cms/reports/workflow_tasks/",
    "/cms/reports/page-types-usage/",
    "/cms/workflows/list/",
    "/cms/workflows/add/",
    "/cms/workflows/tasks/index/",
    "/cms/locales/",
    "/cms/locales/new/",
    "/cms/sites/",
    "/cms/redirects/",
    "/cms/redirects/add/",
    "/cms/collections/",
    "/cms/collections/add/",
]


def test_no_screen_of_the_admin_is_refused_anything(
    sit_down: SitDown, admin: User, module: ModulePage, lesson: LessonPage, base_url: str
) -> None:
    page = sit_in_cms(sit_down, admin, base_url)
    workflow = Workflow.objects.create(name="Partner reads")
    locale = Locale.objects.get(language_code="en")
    extra = [f"/cms/workflows/edit/{workflow.pk}/", f"/cms/locales/edit/{locale.pk}/"]
    found = [
        one
        for path in [*screens(module, lesson), *ADMIN_ONLY, *extra]
        for one in open_screen(page, path)
    ]
    assert found == []


def test_an_editors_main_screens_are_refused_nothing(
    sit_down: SitDown, eleni: User, module: ModulePage, lesson: LessonPage, base_url: str
) -> None:
    editors = editors_group(eleni.memberships.get().institution)
    for name in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.get_or_create(
            group=editors, page=module, permission=Permission.objects.get(codename=name)
        )
    eleni.groups.add(editors)
    page = sit_in_cms(sit_down, eleni, base_url)
    for path in ("/cms/", f"/cms/pages/{module.pk}/", f"/cms/pages/{lesson.pk}/edit/"):
        assert open_screen(page, path) == []


def test_the_date_picker_of_a_field_and_of_the_schedule_open(
    sit_down: SitDown, admin: User, module: ModulePage, base_url: str
) -> None:
    page = sit_in_cms(sit_down, admin, base_url)
    open_screen(page, f"/cms/pages/{module.pk}/edit/")
    page.locator("#id_reviewed_on").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 700, "y": 5})
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("#id_go_live_at").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    assert page.evaluate("window.refused") == []


def test_the_image_chooser_opens_and_takes_a_picture(
    sit_down: SitDown, admin: User, module: ModulePage, base_url: str
) -> None:
    drawing = picture("Shares of errors")
    page = sit_in_cms(sit_down, admin, base_url)
    open_screen(page, f"/cms/pages/add/curriculum/lessonpage/{module.pk}/")
    page.locator("button[title='Insert a block']").first.click()
    page.get_by_role("option", name="Figure").first.click()
    page.get_by_role("button", name="Choose an image").first.click()
    page.get_by_role("link", name=drawing.title).click()
    expect(page.locator("[data-chooser-title]").filter(has_text=drawing.title)).to_be_visible()
    assert page.evaluate("window.refused") == []


def test_preview_and_comments_open(
    sit_down: SitDown, admin: User, lesson: LessonPage, base_url: str
) -> None:
    page = sit_in_cms(sit_down, admin, base_url)
    open_screen(page, f"/cms/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    expect(
        page.frame_locator("iframe#w-preview-iframe, iframe[title='Preview']").first.locator("h1")
    ).to_have_text(lesson.title)
    page.get_by_role("button", name="Toggle comments").click()
    assert page.evaluate("window.refused") == []
