"""A lesson's page as the text of a file, in the format that `loading.lesson_file` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from publishing.models import Image, Media

from ..freezing import raw
from ..loading.blocks import RULE
from ..loading.comparing import live_links
from ..loading.links import address_of
from ..loading.markup import HERE, PAGE
from ..loading.plain import quoted, written
from .faults import Unfit
from .front import Ids, front_matter
from .markdown import to_lines, to_markdown
from .media_text import Carried, carry_image, carry_media

Block = dict[str, Any]
Attributes = list[tuple[str, str]]


@dataclass
class Writing:
    """One lesson, while it is written."""

    language: str
    prefix: str  # of its files: the lesson's number
    ids: Ids
    files: dict[str, Carried] = field(default_factory=dict)
    media: dict[str, Any] = field(default_factory=dict)

    def address(self, link: str) -> str:
        """The address in a file of a link in the CMS."""
        if link.startswith(PAGE):
            page = Page.objects.get(pk=int(link.removeprefix(PAGE)))
            return PAGE + address_of(page, self.language)
        return HERE + link if link.startswith("/") else link

    def rich(self, html: str) -> str:
        """Rich text as Markdown."""
        return to_markdown(live_links(html), self.address)


def lesson_text(page: Any, module_number: int) -> tuple[str, dict[str, Carried]]:
    """The text of the file, and the files beside it by their names."""
    number = f"{module_number}.{page.number}"
    ids = Ids(f"{page.get_parent().slug}/{page.slug}")
    write = Writing(page.locale.language_code, number, ids)
    body = blocks_of(write, raw(page.body))
    values: dict[str, Any] = {
        "lesson": number,
        "slug": page.slug,
        "title": page.title,
        "summary": page.summary,
        "language": write.language,
        "themes": list(page.themes),
        "serves": lines_of(write, raw(page.serves), "serves"),
        "sources": sources_of(write, raw(page.sources)),
    }
    if page.change or page.change_note:
        values["change"] = {"kind": page.change, "note": page.change_note}
    values["media"] = write.media or None
    values["ids"] = ids.ids or None
    return front_matter(values, body), write.files


def lines_of(write: Any, stream: list[Block], name: str) -> list[Any]:
    """The values of a list of lines; their ids are noted."""
    for number, block in enumerate(stream, 1):
        write.ids.note(f"{name}/{number}", block["id"])
    return [block["value"] for block in stream]


def sources_of(write: Writing, stream: list[Block]) -> dict[str, Any]:
    """The sources by key."""
    for block in stream:
        write.ids.note(f"sources/{block['value']['key']}", block["id"])
    return {
        value["key"]: {"read": value["read"], "cite": value["citation"]}
        for value in (block["value"] for block in stream)
    }


def blocks_of(write: Writing, body: list[Block]) -> str:
    """The text, with its blocks between `:::`."""
    parts, counts = [], Counter[str]()
    before, after_text = "start", False
    for block in body:
        kind = block["type"]
        if kind == "text" and not after_text:
            write.ids.note(f"{before}/text", block["id"])
            parts.append(write.rich(block["value"]))
            after_text = True
            continue
        counts[kind] += 1
        name = f"{kind}-{counts[kind]}"
        write.ids.note(name, block["id"])
        attributes, text = KINDS[kind](write, block["value"], name)
        signs = " ".join(
            [f"#{name}", *(f"{key}={value}" if value else key for key, value in attributes)]
        )
        parts.append(f"::: {kind} {{{signs}}}\n{text}\n:::")
        before, after_text = name, kind == "text"
    return "\n\n".join(parts)


def text(write: Writing, value: str, name: str) -> tuple[Attributes, str]:
    """Running text right after running text."""
    return [], write.rich(value)


def vignette(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """A scene, with who agreed to it."""
    agreed = value["agreed_with"]
    attributes = [("agreed-with", quoted(agreed)), ("real", "")] if agreed else []
    return attributes, write.rich(value["text"])


def fact(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """A fact with its source."""
    return source_of(value), write.rich(value["text"])


def quote(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """Somebody's words."""
    real = [] if value["invented"] else [("real", "")]
    return [("by", quoted(value["by"])), *real], written(value["text"])


def steps(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """Numbered lines; further paragraphs are indented."""
    lines = []
    for number, step in enumerate(value["steps"], 1):
        write.ids.note(f"{name}/{number}", step["id"])
        paragraphs = to_lines(live_links(step["value"]), write.address)
        indented = "\n\n".join(paragraphs).replace("\n", "\n   ").replace("   \n", "\n")
        lines.append(f"{number}. {indented}")
    return [], "\n".join(lines)


def figure(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """A picture in words, in numbers and as a file."""
    image = Image.objects.filter(pk=value["image"]).first()
    if image is None:
        raise Unfit(_("The picture of the figure “%(title)s” is gone.") % value)
    file = carry_image(write.files, image, f"figures/{write.prefix}-{name}")
    attributes = [*source_of(value), ("svg" if image.is_svg() else "image", quoted(file))]
    titled = [("title", value["title"]), ("alt", value["alt"])]
    if image.title != value["title"]:
        titled.append(("picture", image.title))
    return attributes, fields_and_table(titled, value)


def table(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """A table in the text."""
    return source_of(value), fields_and_table([("title", value["title"])], value)


def recording(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """Audio or video; what it is called and its tracks stand at the top of the file."""
    media = Media.objects.filter(pk=value["media"]).first()
    if media is None:
        raise Unfit(_("The recording “%(title)s” is gone.") % value)
    file, about = carry_media(write.files, media, f"media/{write.prefix}-{name}")
    write.media[name] = about
    return [*source_of(value), ("media", quoted(file))], f"title: {written(value['title'])}"


def check(write: Writing, value: Any, name: str) -> tuple[Attributes, str]:
    """A question, its answers, and what is said about each."""
    lines = [written(value["question"])]
    for number, choice in enumerate(value["choices"], 1):
        write.ids.note(f"{name}/{number}", choice["id"])
        said = choice["value"]
        lines.append(f"- [{'x' if said['right'] else ' '}] {written(said['text'])}")
        lines.append("  > " + written(said["explanation"]).replace("\n", "\n  > "))
    return [("multiple", "")] if value["multiple"] else [], "\n".join(lines)


def source_of(value: Any) -> Attributes:
    """The key of a source, if there is one."""
    return [("source", value["source"])] if value["source"] else []


def fields_and_table(fields: list[tuple[str, str]], value: Any) -> str:
    """Lines like `title: …`, the table, and the note."""
    grid = value["table"]
    last = [("caption", grid["caption"]), ("note", value["note"])]
    head = "\n".join(f"{name}: {written(words)}" for name, words in fields)
    foot = "\n".join(f"{name}: {written(words)}" for name, words in last if words)
    return "\n\n".join(filter(None, [head, grid_of(grid), foot]))


def grid_of(grid: Any) -> str:
    """The rows of a table; the rule says which columns are numbers."""
    headings = [column["heading"] for column in grid["columns"]]
    rule = ["--:" if column["type"] == "number" else ":--" for column in grid["columns"]]
    rows = [row["values"] for row in grid["rows"]]
    lines = [map(cell_of, headings), rule, *(map(cell_of, row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def cell_of(text: str) -> str:
    """A cell; one of lines alone is not the rule below the headings."""
    text = str(text).replace("\\", "\\\\").replace("|", "\\|")
    return f"\\{text}" if RULE.match(text) and text.strip() else text


KINDS: dict[str, Callable[[Writing, Any, str], tuple[Attributes, str]]] = {
    "text": text,
    "vignette": vignette,
    "fact": fact,
    "figure": figure,
    "quote": quote,
    "recording": recording,
    "table": table,
    "steps": steps,
    "check": check,
}
