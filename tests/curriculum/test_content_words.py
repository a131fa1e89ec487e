"""The words of the lessons: invented people and places only, no banned word, no misspelling."""

from __future__ import annotations

import re

import pytest

from curriculum.loading.module_file import ModuleFile
from tests.curriculum.shipped import (
    HERE,
    all_blocks,
    glossaries,
    listed,
    module_name,
    modules,
    texts,
    texts_of,
)
from tests.curriculum.spelling import FOLDERS, messages, unknown

LOCALE = HERE.parents[1] / "lms" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
CAPITAL = "A-ZÁÉÍÓÚÑÜÇÀÂÊÈÔ"
TITLES = "Dra?|Sister|Mr|Mrs|Ms|Miss|Doña|Don|Prof|Professor|Mama|Bibi|Sra?|Hermana|Mme|Sœur"
TITLED = re.compile(rf"\b(?:{TITLES})\.? [{CAPITAL}][\w-]+(?: [{CAPITAL}][\w-]+)*")
# A capital inside a sentence is a name.
NAME = re.compile(rf"(?<=[\w,;)] )[{CAPITAL}][\w-]+")
CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August"
    r"|September|October|November|December"
)
NO_NAMES = {"Dr", "Mr", "Mrs", "Sister", "Mama", "Bibi", "Doña", "CT", "English", "I"}
# How the titles of the cast are said in other languages.
ELSEWHERE = {
    "Dr": ["Dr.", "Dra."],
    "Sister": ["Hermana", "Sœur"],
    "Mr": ["Sr.", "M."],
    "Mrs": ["Sra.", "Mme"],
}
every_module = pytest.mark.parametrize("module", modules(), ids=module_name)


def forms_of(person: str) -> set[str]:
    """How a person of the cast may be called: title with all, the first or the last name."""
    title, *names = person.split()
    titles = [title, *ELSEWHERE.get(title, [])] if names else []
    called = {" ".join(names), *names[:1], *names[-1:]}
    return {person} | {f"{one} {name}" for one in titles for name in called}


def test_everybody_with_a_title_is_of_the_cast() -> None:
    cast = set().union(*map(forms_of, listed("cast.txt")))
    strangers = {
        (place, name)
        for place, text in texts()
        for name in TITLED.findall(text)
        if name.removesuffix("'s") not in cast
    }

    assert strangers == set()


def test_whoever_is_quoted_is_of_the_cast() -> None:
    cast = set().union(
        *({person.split(" ", 1)[-1]} | forms_of(person) for person in listed("cast.txt"))
    )

    quoted = {block.value["by"].split(",")[0] for block in all_blocks("quote")}

    assert quoted - cast == set()


def test_scenes_name_invented_people_and_places_only() -> None:
    known = set(" ".join([*listed("cast.txt"), *listed("places.txt")]).split()) | NO_NAMES
    strange = {
        (str(block), name)
        for block in all_blocks("vignette")
        for name in NAME.findall(block.words)
        if name not in known and not CALENDAR.fullmatch(name)
    }

    assert strange == set()


@pytest.mark.parametrize("pattern", listed("banned.txt"))
def test_word_is_not_used(pattern: str) -> None:
    found = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)

    assert [(place, m[0]) for place, text in texts("en") for m in found.finditer(text)] == []


def test_word_is_not_used_in_the_interface() -> None:
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(listed('banned.txt'))})(?![\w-])", re.IGNORECASE)

    used = [msgid for po in CATALOGUES for msgid, _said in messages(po) if found.search(msgid)]

    assert used == []


@every_module
def test_words_of_the_module_are_spelt_right(module: ModuleFile) -> None:
    wrong = {
        (place, word) for place, text in texts_of(module) for word in unknown(text, module.language)
    }

    assert wrong == set()


def test_words_of_the_glossaries_are_spelt_right() -> None:
    wrong = {
        (glossary.language, term.line, word)
        for glossary in glossaries()
        for term in glossary.terms
        for word in unknown(f"{term.term} {term.definition}", glossary.language)
    }

    assert wrong == set()


def test_texts_of_the_interface_are_spelt_right() -> None:
    wrong = set()
    for catalogue in CATALOGUES:
        language = catalogue.parts[-3]
        for english, said in messages(catalogue):
            wrong |= {("en", word, english) for word in unknown(english, "en")}
            wrong |= {(language, word, said) for word in unknown(said, language)}

    assert wrong == set()


@pytest.mark.parametrize("language", FOLDERS)
def test_list_of_allowed_words_is_sorted(language: str) -> None:
    words = listed(f"words/{language}.txt")

    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
