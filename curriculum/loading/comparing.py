"""What readers see of a page, and what they would see of a file, in one form to compare.

Numbers of rows do not count here: a picture is its content, a link is the page it leads to. Nor
does what the CMS keeps for itself in rich text (`richtext.canonical`).
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from wagtail.models import Page

from publishing.models import Image, Media

from ..freezing import raw
from ..models import LessonPage, ModulePage
from ..richtext import canonical
from .lesson_file import LessonFile
from .links import find_exactly, linked
from .module_file import BEHIND, ModuleFile
from .recordings import shape_of, shape_of_file

Shown = dict[str, Any]

OF_LESSON = ["title", "number", "summary", "themes", "serves", "body", "sources"]
OF_MODULE = [
    "title",
    "number",
    "summary",
    "intro",
    "outcomes",
    "opinions",
    "further_reading",
    "themes",
    "competencies",
    "prerequisites",
    "validity_months",
    "cme_hours",
    "cme_granted_by",
    "facts_due",
    "required",
    "open_to_visitors",
]
LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
NUMBER = re.compile(r'\bid="(\d+)"')


def lesson_now(page: LessonPage) -> Shown:
    """What a lesson's page says."""
    return {name: now(page, name) for name in OF_LESSON}


def module_now(page: ModulePage) -> Shown:
    """What a module's page says."""
    found = {name: now(page, name) for name in [*OF_MODULE, "authors", "reviewer", "reviewed_on"]}
    found["competencies"] = sorted((c.framework, c.code) for c in page.competencies.all())
    found["prerequisites"] = sorted(module.pk for module in page.prerequisites.all())
    for name in ("leading_institution", "reviewing_institution"):
        found[name] = getattr(page, f"{name}_id")
    found["order"] = [lesson.slug for lesson in lessons_of(page)]
    return found


def lessons_of(page: ModulePage) -> list[LessonPage]:
    """The lessons that readers find, in their order."""
    return list(LessonPage.objects.child_of(page).live().order_by("path"))


def lesson_then(file: LessonFile) -> Shown:
    """What the page would say."""
    values = file.fields | {"number": file.number}
    values["body"] = linked(values["body"], file.language)
    found = {name: then(LessonPage, name, values[name]) for name in OF_LESSON}
    for block in found["body"]:
        if block["id"] in file.pictures:
            block["value"]["image"] = sha1(file.pictures[block["id"]][0].read_bytes())
        if block["id"] in file.recordings:
            block["value"]["media"] = shape_of_file(file.recordings[block["id"]])
    return found


def module_then(file: ModuleFile, behind: dict[str, Any]) -> Shown:
    """What the page would say. `behind`: the fields of who stands behind it."""
    values = file.fields | {"intro": linked(file.fields["intro"], file.language)}
    names = [name for name in OF_MODULE if name in values]
    found = {name: then(ModulePage, name, values[name]) for name in names}
    found["competencies"] = sorted({(c["framework"], c["code"]) for c in file.competencies})
    same = [find_exactly(address, file.language) for address in file.prerequisites]
    found["prerequisites"] = sorted(page.pk for page in same if page)
    for name in BEHIND & behind.keys():
        if name.endswith("_institution"):
            found[name] = behind[name].pk if behind[name] else None
        else:
            found[name] = then(ModulePage, name, behind[name])
    if file.order:
        found["order"] = file.order
    return found


def now(page: Page, name: str) -> Any:
    """A field of a page."""
    field, value = page._meta.get_field(name), getattr(page, name)
    if hasattr(field, "stream_block"):
        return [block_now(block) for block in raw(value)]
    return plain(canonical(live_links(value))) if name == "intro" else plain(value)


def then(kind: type[Page], name: str, value: Any) -> Any:
    """The same of plain data."""
    field = kind._meta.get_field(name)
    if hasattr(field, "stream_block"):
        return [rich(block) for block in raw(field.stream_block.to_python(value))]
    return plain(canonical(value)) if name == "intro" else plain(value)


def block_now(block: dict[str, Any]) -> dict[str, Any]:
    """A block of a page, with the content of its files."""
    block = rich(live_links(block))
    if block["type"] == "figure" and block["value"]["image"]:
        image = Image.objects.filter(pk=block["value"]["image"]).first()
        block["value"]["image"] = hash_of_image(image) if image else None
    if block["type"] == "recording" and block["value"]["media"]:
        media = Media.objects.filter(pk=block["value"]["media"]).first()
        block["value"]["media"] = shape_of(media) if media else None
    return block


def hash_of_image(image: Image) -> str:
    """The hash by which Wagtail knows a file, read from the file if it was never noted."""
    if image.file_hash:
        return str(image.file_hash)
    with image.file.open("rb") as file:
        return sha1(file.read())


def sha1(data: bytes) -> str:
    """The hash by which Wagtail knows its files; it protects nothing."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def rich(block: dict[str, Any]) -> dict[str, Any]:
    """A block with its rich texts in their one form."""
    kind, value = block["type"], plain(block["value"])
    if kind == "text":
        value = canonical(value)
    elif kind in {"vignette", "fact"}:
        value = value | {"text": canonical(value["text"])}
    elif kind == "steps":
        steps = [step | {"value": canonical(step["value"])} for step in value["steps"]]
        value = value | {"steps": steps}
    return block | {"value": value}


def plain(value: Any) -> Any:
    """Nested plain data with one kind of line end, and without the spaces that forms take away."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def live_links(value: Any) -> Any:
    """Nested plain data without links to pages that are gone: readers see the words alone."""
    if isinstance(value, str):
        return LINK.sub(live_link, value)
    if isinstance(value, dict):
        return {key: live_links(part) for key, part in value.items()}
    if isinstance(value, list):
        return [live_links(part) for part in value]
    return value


def live_link(found: re.Match[str]) -> str:
    """The opening of a link, without an address if its page is gone."""
    number = NUMBER.search(found[0])
    there = number and Page.objects.filter(pk=int(number[1])).exists()
    return found[0] if there else "<a>"
