"""The catalogues of the interface are whole: every text of the product, nothing guessed."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

FOLDER: Path = settings.LOCALE_PATHS[0]
CATALOGUES = ["es", "fr"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(?:_|n?gettext)\(u?{QUOTED}")
IN_TEMPLATE_CONTEXT = re.compile(rf"\bpgettext\(u?{QUOTED}, u?{QUOTED}")


@dataclass
class Message:
    """One message of a catalogue."""

    flags: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """The English, once for each form."""
        found = [self.fields["msgid"], self.fields.get("msgid_plural", "")]
        return [text for text in found if text]

    @property
    def key(self) -> str:
        """How gettext finds it: the context, if there is one, and the English."""
        context = self.fields.get("msgctxt")
        return f"{context}\x04{self.sources[0]}" if context else self.sources[0]

    @property
    def forms(self) -> list[str]:
        """The translations, once for each form."""
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def messages(language: str) -> list[Message]:
    """What the source of a catalogue says, its heading left out."""
    text = (FOLDER / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    return [message for message in map(read, text.split("\n\n")) if message.fields.get("msgid")]


def read(block: str) -> Message:
    """One paragraph of a .po file."""
    message, name = Message(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            message.flags += line
        elif line and not line.startswith("#"):
            word, quote, rest = line.partition('"')
            name = word.strip() or name
            message.fields[name] = message.fields.get(name, "") + ast.literal_eval(quote + rest)
    return message


def compiled(language: str) -> dict[object, str]:
    """What the product reads."""
    with (FOLDER / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """English and translation: the first form belongs to one, the others to many."""
    for number, form in enumerate(message.forms):
        yield message.sources[min(number, len(message.sources) - 1)], form


def texts_of_the_product() -> Iterator[str]:
    """Every text that is marked for translation, found without xgettext."""
    rooms = {path.parent for path in settings.BASE_DIR.glob("*/__init__.py")}
    own = [room for room in rooms if room.name not in {"tests", "bench", "scripts"}]
    for room in own:
        for path in room.rglob("*.py"):
            yield from texts_in_python(path.read_text(encoding="utf-8"))
        for path in [*room.rglob("*.html"), *room.rglob("*.txt")]:
            pseudo = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            yield from map(ast.literal_eval, IN_TEMPLATE.findall(pseudo))
            for context, text in IN_TEMPLATE_CONTEXT.findall(pseudo):
                yield f"{ast.literal_eval(context)}\x04{ast.literal_eval(text)}"


def texts_in_python(source: str) -> Iterator[str]:
    """What is given to gettext in a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
            if node.func.id in MARKS and words:
                yield words[0]
            elif node.func.id in IN_CONTEXT:
                yield "\x04".join(words)


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_message_is_translated_and_none_is_a_guess(language: str) -> None:
    for message in messages(language):
        assert all(message.forms), message.sources[0]
        assert "fuzzy" not in message.flags, message.sources[0]


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_keep_placeholders_tags_and_outer_spaces(language: str) -> None:
    for message in messages(language):
        for source, form in pairs(message):
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(form)), source
            assert TAG.findall(source) == TAG.findall(form), source
            assert (source[:1] == " ", source[-1:] == " ") == (form[:1] == " ", form[-1:] == " ")


@pytest.mark.parametrize("language", CATALOGUES)
def test_compiled_catalogue_says_what_its_source_says(language: str) -> None:
    found = compiled(language)
    expected: dict[object, str] = {}
    for message in messages(language):
        key = message.key
        if len(message.sources) == 1:
            expected[key] = message.forms[0]
        else:
            expected |= {(key, number): form for number, form in enumerate(message.forms)}

    assert {key: form for key, form in found.items() if key != ""} == expected


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_text_of_the_product_stands_in_the_catalogue(language: str) -> None:
    """Where this fails: `make messages`, then translate what is new."""
    known = {message.key for message in messages(language)}

    found = set(texts_of_the_product())

    assert sorted(found - known) == []
    assert sorted(known - found) == []
