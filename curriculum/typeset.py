"""Marks as a printer sets them: authors type straight quotation marks and plain spaces."""

from __future__ import annotations

import re

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?(\w+)")
INSIDE_A_LINE = {"a", "b", "i", "em", "strong", "span", "sup", "sub"}
ENTITY = re.compile(r"&quot;|&#x27;|&#39;")
MARK = re.compile(r"[\"']")
MARKS = {'"': ("“", "”"), "'": ("‘", "’")}
OPENING = frozenset(" \n\t\N{NO-BREAK SPACE}([/–—“‘")
# A number and its sign stay on one line.
OF_A_NUMBER = re.compile(r"(?<=\d) (?=%)|(?<=US\$) (?=\d)")


def typeset(html: str) -> str:
    """HTML with curved quotation marks, and “12 %” on one line; nothing inside tags is touched."""
    parts = TAG.split(html)
    before = ""
    for n, part in enumerate(parts):
        if n % 2 == 0:
            parts[n] = typeset_words(ENTITY.sub(straight, part), before)
            before = part[-1:] or before
        elif name_of(part) not in INSIDE_A_LINE:
            before = ""
    return "".join(parts)


def typeset_words(words: str, before: str = "") -> str:
    """The same for plain text; `before` is the character in front of it."""

    def curve(match: re.Match[str]) -> str:
        left = words[match.start() - 1] if match.start() else before
        return MARKS[match[0]][bool(left) and left not in OPENING]

    return OF_A_NUMBER.sub("\N{NO-BREAK SPACE}", MARK.sub(curve, words))


def straight(match: re.Match[str]) -> str:
    """The mark that an escaped text stands for."""
    return '"' if match[0] == "&quot;" else "'"


def name_of(tag: str) -> str:
    """“p” for “<p class=…>”."""
    match = NAME.match(tag)
    return match[1] if match else ""
