"""Search over modules, lessons and the glossary: what the reader may see, in their language.

Checks are left out of the index, because what is said about an answer would give it away.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from people.models import User

from .addresses import address_of
from .finding import ROOT, find_page, in_reader_language
from .glossary import TermShown, has_all, terms_of
from .glossary_order import folded
from .models import GlossaryPage, LessonPage, ModulePage
from .models.glossary import SLUG as GLOSSARY

LONGEST = 200
MOST = 40
AROUND = 90
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """A module or lesson, with the words around what was found."""

    number: str
    title: SafeString
    url: str
    module: str
    excerpt: SafeString


def search(user: User, words: str, theme: str = "") -> list[Hit]:
    """The best 40: terms of this name, modules, lessons, terms that are explained so.

    Five queries and one for each kind's rows. A theme leaves the glossary out.
    """
    words = " ".join(WORD.findall(words[:LONGEST]))
    if not words:
        return []
    modules = in_reader_language(list(ModulePage.objects.visible_to(user).select_related("locale")))
    lessons = in_reader_language(list(LessonPage.objects.visible_to(user).select_related("locale")))
    above = {module.path: module for module in modules}
    found = [
        hit(page, str(page.number), "", page.search_text(), words)
        for page in matching(ModulePage, with_theme(modules, theme), words)
    ]
    found += [
        hit(page, number_of(page, above), title_above(page, above), page.search_text(), words)
        for page in matching(LessonPage, with_theme(lessons, theme), words)
    ]
    named, explained = ([], []) if theme else terms_with(words)
    return [*named, *found, *explained][:MOST]


def terms_with(words: str) -> tuple[list[Hit], list[Hit]]:
    """Terms that are named with all the words, and terms that are explained with them."""
    page = find_page(f"/{ROOT}/{GLOSSARY}/")
    if not isinstance(page, GlossaryPage) or not page.live:
        return [], []
    wanted = folded(words).split()
    named, explained = [], []
    for term in terms_of(page, {}):
        if has_all(wanted, term.term):
            named.append(hit_in_glossary(page, term, words))
        elif has_all(wanted, f"{term.term} {term.definition}"):
            explained.append(hit_in_glossary(page, term, words))
    return named, explained


def hit_in_glossary(page: GlossaryPage, term: TermShown, words: str) -> Hit:
    """A term as a result."""
    address = f"{address_of(page)}#{term.anchor}"
    text = marked(term.definition, words)
    return Hit("", marked(term.term, words), address, page.title, text)


def with_theme(pages: list[Any], theme: str) -> list[Any]:
    """The pages of a theme; all where none is asked for."""
    return [page for page in pages if theme in page.themes]


def matching(kind: Any, pages: list[Any], words: str) -> list[Any]:
    """Whole words first, by rank; then pages that have words beginning so."""
    by_id = {page.pk: page for page in pages}
    if not by_id:
        return []
    among = kind.objects.filter(pk__in=list(by_id))
    ids = [page.pk for page in among.search(words)[:MOST]]
    ids += [page.pk for page in among.autocomplete(words)[:MOST]]
    return [by_id[pk] for pk in dict.fromkeys(ids)]


def number_of(lesson: LessonPage, above: dict[str, ModulePage]) -> str:
    """3.1"""
    module = above.get(lesson.parent_path)
    return f"{module.number}.{lesson.number}" if module else str(lesson.number)


def title_above(lesson: LessonPage, above: dict[str, ModulePage]) -> str:
    """The title of the module that a lesson belongs to."""
    module = above.get(lesson.parent_path)
    return module.title if module else ""


def hit(page: Any, number: str, module: str, text: str, words: str) -> Hit:
    """A result with its marks."""
    return Hit(
        number,
        marked(page.title, words),
        address_of(page),
        module,
        excerpt(text, words) or marked(page.summary, words),
    )


def pattern(words: str) -> re.Pattern[str]:
    """Any of the words at the beginning of a word, whatever the case and the accents."""
    stems = sorted({fold(word) for word in words.split()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, stems))})\w*")


def fold(text: str) -> str:
    """Without case and accents, one character for each of the text."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] or " " for letter in text)


def marked(text: str, words: str) -> SafeString:
    """The text, safe, with what was looked for marked."""
    parts, last = [], 0
    for match in pattern(words).finditer(fold(text)):
        parts += [escape(text[last : match.start()]), "<mark>", escape(match_of(text, match))]
        parts.append("</mark>")
        last = match.end()
    return mark_safe("".join([*map(str, parts), escape(text[last:])]))


def match_of(text: str, match: re.Match[str]) -> str:
    """The words as they stand in the text."""
    return text[match.start() : match.end()]


def excerpt(text: str, words: str) -> SafeString:
    """The words around the first thing found; nothing where the text has none of them."""
    match = pattern(words).search(fold(text))
    if match is None:
        return SafeString("")
    start = max(0, match.start() - AROUND)
    end = min(len(text), match.end() + AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if " " in text[end:] else len(text)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return mark_safe(f"{before}{marked(text[start:end], words)}{after}")
