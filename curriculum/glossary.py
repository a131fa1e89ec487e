"""The glossary as it stands on the page: by the alphabet of its language, an anchor a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.text import slugify

from .glossary_order import folded, initial, place_of
from .showing import Link

if TYPE_CHECKING:
    from .models import GlossaryPage


@dataclass(frozen=True)
class TermShown:
    """A term and, where there is one, the way to the module or lesson that uses it."""

    anchor: str
    term: str
    definition: str
    link: Link | None = None


@dataclass(frozen=True)
class Letter:
    """The terms below one letter."""

    letter: str
    terms: list[TermShown]


@dataclass(frozen=True)
class GlossaryShown:
    """A glossary."""

    title: str
    language: str
    letters: list[Letter]
    is_preview: bool = False


def show_glossary(
    page: GlossaryPage, links: dict[int, Link], *, is_preview: bool = False
) -> GlossaryShown:
    """The terms below their letters. `links` has the ways to the pages that terms name."""
    language = page.locale.language_code
    terms = sorted(terms_of(page, links), key=lambda shown: place_of(shown.term, language))
    letters = [
        Letter(letter, list(found))
        for letter, found in groupby(terms, key=lambda shown: initial(shown.term, language))
    ]
    return GlossaryShown(page.title, language, letters, is_preview)


def terms_of(page: GlossaryPage, links: dict[int, Link]) -> Iterator[TermShown]:
    """The terms in the order of the draft."""
    for block in page.terms.get_prep_value():
        value = block["value"]
        link = links.get(value["page"]) if value["page"] else None
        yield TermShown(anchor_of(value["term"]), value["term"], value["definition"], link)


def anchor_of(term: str) -> str:
    """The id of a term on the page."""
    return slugify(term, allow_unicode=True) or "term"


def has_all(words: list[str], text: str) -> bool:
    """Whether each word is the beginning of some word of the text."""
    letters = "".join(letter if letter.isalnum() else " " for letter in folded(text))
    return all(any(word.startswith(begun) for word in letters.split()) for begun in words)
