"""What changed between two texts: paragraphs first, then words inside changed paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
WORD = re.compile(r"\w+[^\S\n]*|[^\w\s][^\S\n]*|\s+")
MOST_WORDS = 15_000  # of one changed stretch; above it the stretch counts as wholly replaced

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stands in both versions, only in the later, or only in the earlier."""

    kind: str
    text: str


def diff_words(before: str, after: str) -> list[Piece]:
    """The pieces in reading order: same and removed give `before`, same and added `after`."""
    pieces = list(by_paragraph(PARAGRAPH.findall(before), PARAGRAPH.findall(after)))
    return [
        Piece(kind, "".join(piece.text for piece in run))
        for kind, run in groupby(pieces, key=lambda piece: piece.kind)
    ]


def by_paragraph(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Paragraphs that stand in both are kept whole; the rest is compared word by word."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        old, new = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            yield Piece(SAME, old)
        else:
            yield from by_word(WORD.findall(old), WORD.findall(new))


def by_word(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Words and the space between them."""
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        yield from replaced("".join(before), "".join(after))
        return
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > 400)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(before[a:b]))
        else:
            yield from replaced("".join(before[a:b]), "".join(after[c:d]))


def replaced(old: str, new: str) -> Iterator[Piece]:
    """What went, then what came."""
    if old:
        yield Piece(REMOVED, old)
    if new:
        yield Piece(ADDED, new)


def render_diff(before: str, after: str) -> SafeString:
    """The difference as HTML: <ins> and <del>, with words that a screen reader says."""
    tags = {ADDED: ("ins", _("added:")), REMOVED: ("del", _("removed:"))}
    return format_html_join(
        "",
        "{}",
        (
            (
                piece.text
                if piece.kind == SAME
                else format_html(
                    '<{0}><span class="vh">{1} </span>{2}</{0}>', *tags[piece.kind], piece.text
                ),
            )
            for piece in diff_words(before, after)
        ),
    )
