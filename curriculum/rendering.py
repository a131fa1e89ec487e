"""From a frozen copy to what stands on the page. Knows no rows, only the copy."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html, linebreaks, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from publishing.freezing import file_url
from publishing.models.edition import digest
from writing.sanitize import sanitize

from .faults import CITATION
from .themes import names_of
from .typeset import TAG, typeset, typeset_words

WORDS_A_MINUTE = 200
MINUTES_A_CHECK = 0.5

HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
ADDRESS = re.compile(r"https://(?:www\.)?([^\s/<]+)[^\s<]*[^\s<.,;]")
DOI = re.compile(r"\bdoi:?\s*(10\.\d{4,9}/[^\s,;]+[^\s,;.])", re.IGNORECASE)
# Rich text is at home below the title of its page; people's words start one order deeper.
SECOND_ORDER = re.compile(r"<(/?)h2\b[^>]*>")
STAND_IN = re.compile(r"<(/?)h6>")


@dataclass(frozen=True)
class Source:
    """A source with its number on the page."""

    number: int
    key: str
    citation: SafeString
    read: str


@dataclass(frozen=True)
class Choice:
    """An answer of a check."""

    id: str
    text: str
    right: bool
    explanation: SafeString


@dataclass(frozen=True)
class Check:
    """A question with its answers. The hash says whether two editions ask the same."""

    id: str
    question: str
    multiple: bool
    choices: tuple[Choice, ...]
    hash: str

    @property
    def right_ids(self) -> frozenset[str]:
        """The answers that are right."""
        return frozenset(choice.id for choice in self.choices if choice.right)


@dataclass(frozen=True)
class Heading:
    """A line of “On this page”."""

    id: str
    text: str


@dataclass(frozen=True)
class Lesson:
    """A lesson ready for its template."""

    title: str
    summary: str
    language: str
    themes: list[str]
    serves: list[str]
    body: SafeString
    headings: list[Heading]
    checks: tuple[Check, ...]
    sources: list[Source]
    words: int
    has_invented: bool

    def check(self, block_id: str) -> Check | None:
        """The check of this id."""
        return next((check for check in self.checks if check.id == block_id), None)


@dataclass
class Drawing:
    """What the blocks of one lesson need while they are drawn."""

    content: dict[str, Any]
    headings: list[Heading] = field(default_factory=list)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """By key, numbered in the order of the list."""
        return {
            source["key"]: Source(
                number, source["key"], link_doi(source["citation"]), source["read"]
            )
            for number, source in enumerate(self.content["sources"], 1)
        }

    def file(self, kind: str, pk: Any) -> dict[str, Any] | None:
        """A frozen file with its address."""
        found = self.content["files"].get(f"{kind}:{pk}")
        if not found:
            return None
        captions = [c | {"url": file_url(c["file"])} for c in found.get("captions", [])]
        return found | {"url": file_url(found["file"]), "captions": captions}

    def rich(self, html: str) -> SafeString:
        """Rich text of the CMS, safe, with its citations as links."""
        return self.cite(HEADING.sub(self.anchor, typeset(safe(html))))

    def plain(self, text: str) -> SafeString:
        """One line of plain text with its citations as links."""
        return self.cite(typeset(escape(text)))

    def anchor(self, match: re.Match[str]) -> str:
        """A heading with an id of its own, noted for “On this page”."""
        text = strip_tags(match[1])
        taken = {heading.id for heading in self.headings}
        base = slugify(text, allow_unicode=True) or "part"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        self.headings.append(Heading(name, text))
        return f'<h2 id="{escape(name)}">{match[1]}</h2>'

    def cite(self, html: str) -> SafeString:
        """`[@key]` as the number of the source, outside of tags."""
        parts = TAG.split(html)
        parts[::2] = [CITATION.sub(self.reference, part) for part in parts[::2]]
        return mark_safe("".join(parts))

    def reference(self, match: re.Match[str]) -> str:
        """A link to the source, or nothing where it is not listed."""
        source = self.sources.get(match[1])
        if source is None:
            return ""
        label = _("Source %(number)s") % {"number": source.number}
        return format_html(
            '<a class="cite" href="#source-{}" aria-label="{}">[{}]</a>',
            source.key,
            label,
            source.number,
        )


def safe(html: str) -> SafeString:
    """Rich text of the CMS as HTML that can run nothing."""
    expanded = SECOND_ORDER.sub(r"<\1h6>", expand_db_html(html))
    return mark_safe(STAND_IN.sub(r"<\1h2>", sanitize(expanded)))


def introduction(html: str) -> SafeString:
    """The introduction of a module."""
    return mark_safe(typeset(safe(html)))


def link_doi(citation: str) -> SafeString:
    """The citation with its DOI as a link. An address shows its host only: phones are narrow."""
    linked = ADDRESS.sub(r'<a href="\g<0>" rel="noopener">\1</a>', escape(citation))
    return mark_safe(DOI.sub(r'<a href="https://doi.org/\1" rel="noopener">doi \1</a>', linked))


def text(drawing: Drawing, value: Any) -> dict[str, Any]:
    """Running text."""
    return {"html": drawing.rich(value)}


def vignette(drawing: Drawing, value: Any) -> dict[str, Any]:
    """An invented scene."""
    return {"html": drawing.rich(value["text"]), "agreed_with": value.get("agreed_with", "")}


def fact(drawing: Drawing, value: Any) -> dict[str, Any]:
    """A fact and its source."""
    return {"html": drawing.rich(value["text"])}


def figure(drawing: Drawing, value: Any) -> dict[str, Any]:
    """A picture, what it shows in words, and its numbers."""
    return {
        "title": typeset_words(value["title"]),
        "alt": value["alt"],
        "image": drawing.file("image", value["image"]),
        "table": table_of(drawing, value["table"]),
        "note": drawing.plain(value.get("note", "")),
    }


def recording(drawing: Drawing, value: Any) -> dict[str, Any]:
    """Audio or video with captions and transcript."""
    media = drawing.file("media", value["media"]) or {}
    transcript = mark_safe(linebreaks(media.get("transcript", ""), autoescape=True))
    return {"title": value["title"], "media": media, "transcript": transcript}


def quote(drawing: Drawing, value: Any) -> dict[str, Any]:
    """Somebody's words."""
    return {
        "html": drawing.plain(value["text"]),
        "by": value["by"],
        "invented": value.get("invented", False),
    }


def table(drawing: Drawing, value: Any) -> dict[str, Any]:
    """A table in the text."""
    return {
        "title": typeset_words(value["title"]),
        "table": table_of(drawing, value["table"]),
        "note": drawing.plain(value.get("note", "")),
    }


def steps(drawing: Drawing, value: Any) -> dict[str, Any]:
    """What to do, in order."""
    return {"steps": [drawing.rich(step["value"]) for step in value["steps"]]}


def table_of(drawing: Drawing, raw: dict[str, Any]) -> dict[str, Any]:
    """Headings and rows; each cell knows whether it is a number."""
    kinds = [column["type"] == "number" for column in raw["columns"]]
    return {
        "headings": [
            (drawing.plain(column["heading"]), number)
            for column, number in zip(raw["columns"], kinds, strict=True)
        ],
        "rows": [
            [
                (drawing.plain(cell or ""), number)
                for cell, number in zip(row["values"], kinds, strict=True)
            ]
            for row in raw["rows"]
        ],
    }


PRESENT: dict[str, Callable[[Drawing, Any], dict[str, Any]]] = {
    "text": text,
    "vignette": vignette,
    "fact": fact,
    "figure": figure,
    "recording": recording,
    "quote": quote,
    "table": table,
    "steps": steps,
}


def draw(content: dict[str, Any]) -> Lesson:
    """The lesson ready for its template. Checks stand apart: they are drawn per person."""
    drawing = Drawing(content)
    body = mark_safe("\n".join(draw_blocks(drawing)))
    return Lesson(
        title=typeset_words(content["title"]),
        summary=typeset_words(content["summary"]),
        language=content["language"],
        themes=names_of(content["themes"]),
        serves=content["serves"],
        body=body,
        headings=drawing.headings,
        checks=tuple(checks_of(drawing)),
        sources=list(drawing.sources.values()),
        words=count_words(content),
        has_invented=any(is_invented(block) for block in content["body"]),
    )


def is_invented(block: dict[str, Any]) -> bool:
    """Whether the block speaks of people who do not exist."""
    return block["type"] == "vignette" or (
        block["type"] == "quote" and bool(block["value"].get("invented"))
    )


def draw_blocks(drawing: Drawing) -> Iterator[str]:
    """Each block by its own template."""
    for block in drawing.content["body"]:
        present = PRESENT.get(block["type"])
        if present is None:
            continue
        value = block["value"]
        key = value.get("source", "") if isinstance(value, dict) else ""
        context = present(drawing, value) | {"id": block["id"], "source": drawing.sources.get(key)}
        yield render_to_string(f"curriculum/blocks/{block['type']}.html", context)


def checks_in(content: dict[str, Any]) -> tuple[Check, ...]:
    """The knowledge checks of a frozen copy, without drawing the rest of the lesson."""
    return tuple(checks_of(Drawing(content)))


def checks_of(drawing: Drawing) -> Iterator[Check]:
    """The knowledge checks, in the order of the lesson."""
    for block in drawing.content["body"]:
        if block["type"] != "check":
            continue
        value = block["value"]
        yield Check(
            id=block["id"],
            question=typeset_words(value["question"]),
            multiple=value["multiple"],
            choices=tuple(
                Choice(
                    item["id"],
                    typeset_words(item["value"]["text"]),
                    item["value"]["right"],
                    drawing.plain(item["value"]["explanation"]),
                )
                for item in value["choices"]
            ),
            hash=digest(value),
        )


def count_words(content: dict[str, Any]) -> int:
    """Words of the running text, scenes, facts, quotes, steps and notes; not tables or checks."""
    counted = ("text", "vignette", "fact", "quote", "steps")
    count = 0
    for block in content["body"]:
        if block["type"] in counted:
            shown = PRESENT[block["type"]](Drawing(content), block["value"])
            parts = [*shown.get("steps", []), shown.get("html", "")]
            count += sum(len(strip_tags(part).split()) for part in parts)
        elif block["type"] in ("figure", "table"):
            count += len(f"{block['value']['title']} {block['value'].get('note', '')}".split())
    return count


def measure(content: dict[str, Any]) -> tuple[int, int]:
    """Minutes (200 words each, half a minute a check, rounded up) and bytes (pictures included)."""
    lesson = draw(content)
    minutes = lesson.words / WORDS_A_MINUTE + len(lesson.checks) * MINUTES_A_CHECK
    checks = " ".join(
        " ".join([check.question, *(choice.text for choice in check.choices)])
        for check in lesson.checks
    )
    page = len(zlib.compress(f"{lesson.body}{checks}".encode()))
    files = sum(file["size"] for key, file in content["files"].items() if key.startswith("image:"))
    return max(1, -int(-minutes // 1)), page + files
