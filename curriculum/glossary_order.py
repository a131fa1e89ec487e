"""How terms are sorted, grouped and told apart. Knows no rows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

# Letters that stand by themselves in the alphabet of a language: after all words with the first.
OWN_LETTERS = {"es": {"ñ": "n\U0010ffff"}}


def folded(text: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def place_of(term: str, language: str) -> str:
    """By what a term is sorted in a language."""
    own = OWN_LETTERS.get(language, {})
    text = unicodedata.normalize("NFC", term.casefold())
    return "".join(own.get(letter) or folded(letter) for letter in text)


def initial(term: str, language: str) -> str:
    """The letter under which a term is found."""
    first = unicodedata.normalize("NFC", term.strip())[:1]
    own = OWN_LETTERS.get(language, {})
    return first.upper() if first.casefold() in own else folded(first).upper()


def repeated(terms: Iterable[str]) -> list[str]:
    """Terms that stand there more than once, whatever their case."""
    terms = list(terms)
    times = Counter(folded(term) for term in terms)
    return list({folded(term): term for term in terms if times[folded(term)] > 1}.values())
