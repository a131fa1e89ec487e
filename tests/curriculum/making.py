"""Modules and lessons as an editor makes them, in few words."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Locale, Page

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from publishing.models import Edition, Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="9"/></svg>'


def block(kind: str, value: Any, name: str | None = None) -> dict[str, Any]:
    """A block as StreamField keeps it; its id comes from its name."""
    return {"type": kind, "value": value, "id": block_id(name or kind)}


def block_id(name: str) -> str:
    """The id of the block of this name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def item(value: Any, name: str) -> dict[str, Any]:
    """A line of a list block."""
    return {"type": "item", "value": value, "id": block_id(name)}


def check(name: str = "check", *, multiple: bool = False, right: str = "b") -> dict[str, Any]:
    """A check with the answers a, b and c; `right` names those that are right."""
    choices = [
        item(
            {
                "text": f"Answer {key} of {name}",
                "right": key in right,
                "explanation": f"Because of {key} in {name}.",
            },
            f"{name}-{key}",
        )
        for key in "abc"
    ]
    value = {"question": f"Question {name}?", "multiple": multiple, "choices": choices}
    return block("check", value, name)


def text(html: str = "<p>Two minutes go in, ten seconds come out.</p>") -> dict[str, Any]:
    """A block of text."""
    return block("text", html)


def source(key: str = "flores2012") -> dict[str, Any]:
    """A source in the list."""
    value = {
        "key": key,
        "citation": "Flores G, et al. Ann Emerg Med 2012;60:545-53. doi 10.1016/j.x.2012.01.025",
        "read": "abstract",
    }
    return block("source", value, f"source-{key}")


def table() -> dict[str, Any]:
    """A table of one row."""
    return {
        "columns": [
            {"type": "text", "heading": "Who interpreted"},
            {"type": "number", "heading": "Errors"},
        ],
        "rows": [{"values": ["An untrained helper", "22 %"]}],
        "caption": "",
    }


def picture(title: str = "Shares", data: bytes = SVG) -> Image:
    """An uploaded drawing."""
    return Image.objects.create(title=title, file=ContentFile(data, name=f"{title}.svg"))


def make_module(index: CurriculumIndexPage, title: str = "Language", **fields: Any) -> ModulePage:
    """A published module."""
    fields = {
        "number": 3,
        "summary": "How to be understood through another person.",
        "outcomes": [("outcome", "brief an interpreter before a talk")],
        "themes": "CKE",
    } | fields
    return publish(index.add_child(instance=ModulePage(title=title, live=False, **fields)))


def make_lesson(module: ModulePage, title: str = "What gets lost", **fields: Any) -> LessonPage:
    """A published lesson with one check, unless said otherwise."""
    fields = {"number": 1, "summary": "Ten seconds.", "body": [text(), check()]} | fields
    for name in ("body", "sources"):
        if name in fields:
            fields[name] = stream(name, fields[name])
    return publish(module.add_child(instance=LessonPage(title=title, live=False, **fields)))


def stream(name: str, raw: list[dict[str, Any]]) -> Any:
    """Plain data as a StreamField value."""
    return LessonPage._meta.get_field(name).stream_block.to_python(raw)


def publish(page: Any, **changes: Any) -> Any:
    """Save a draft with these changes and publish it, as the CMS does. The page read anew."""
    for name, value in changes.items():
        setattr(page, name, stream(name, value) if name in {"body", "sources"} else value)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk).specific


def translate(page: Page, language: str = "es", **changes: Any) -> Any:
    """The published translation of a page; those above it are translated first."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    found = page.get_translation_or_none(locale)
    if found is None:
        parent = page.get_parent().specific
        if isinstance(parent, CurriculumIndexPage | ModulePage):
            translate(parent, language)
        found = page.copy_for_translation(locale, copy_parents=True)
    return publish(found, **changes)


def edition_of(page: Page) -> Edition:
    """What readers see."""
    return Edition.objects.filter(page=page).latest("number")
