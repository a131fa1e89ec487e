"""Markdown as people write it in a journal, made into safe HTML."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .sanitize import sanitize

LOWEST_HEADING = 3  # the page's own headings are h1 and h2
HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
WORD = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")
MARKS = re.compile(
    r"(^|\s)(?:#{1,6}|[>*+-]|\d+[.)])\s+|[*_`~]{1,3}|!?\[|\]\([^)\s]*\)", re.MULTILINE
)


def shift_headings(tokens: list[Token]) -> list[Token]:
    """Headings in a text stand below the headings of the page."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + LOWEST_HEADING - 1)}"
    return tokens


def render(text: str) -> SafeString:
    """Safe HTML: no raw HTML, no pictures; a line break in the text is a line break on the page."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    parser.disable("image").enable("table")
    tokens = shift_headings(parser.parse(text))
    return scrolling(sanitize(parser.renderer.render(tokens, parser.options, {})))


def scrolling(html: SafeString) -> SafeString:
    """A wide table scrolls in its own place, by keyboard too, and never widens the page."""
    opened = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return mark_safe(opened.replace("</table>", "</table></div>"))


def plain(text: str, limit: int = 160) -> str:
    """The beginning of a text without marks, cut at a word, with an ellipsis where it was cut."""
    words = " ".join(MARKS.sub(r"\1", text).split())
    if len(words) <= limit:
        return words
    cut = words[:limit].rsplit(" ", 1)[0]
    return (cut or words[:limit]).rstrip(" ,.;:") + " …"


def count_words(text: str) -> int:
    """Words as a reader counts them; a Han or Kana character counts as one."""
    return len(WORD.findall(HAN.sub(" ", text))) + len(HAN.findall(text))
