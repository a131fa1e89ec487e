"""Every drawing says the same in words, in numbers and as a picture, on a phone and in the dark."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.curriculum.shipped import SVG, drawings

every_drawing = pytest.mark.parametrize("path", drawings(), ids=lambda path: path.stem)

PHONE = 350  # the width in CSS pixels at which a drawing is shown on a small phone
SMALLEST = 14
SHORTEST_ALT = 30
SIZE = re.compile(r"(?:font(?:-size)?\s*:[^;}]*?|font-size=\")(\d+(?:\.\d+)?)(?:px)?")


@every_drawing
def test_drawing_is_well_formed_and_named(path: Path) -> None:
    root = ElementTree.parse(path).getroot()

    assert root.tag == f"{SVG}svg"
    assert (root.findtext(f"{SVG}title") or "").strip()
    assert len((root.findtext(f"{SVG}desc") or "").strip()) >= SHORTEST_ALT
    assert root.get("role") == "img"


@every_drawing
def test_drawing_has_a_dark_side(path: Path) -> None:
    text = path.read_text()

    assert re.search(r"@media\s*\(prefers-color-scheme:\s*dark\)", text)
    assert not re.search(r'\b(?:fill|stroke)="#', text), "a colour outside of the style stays light"


@every_drawing
def test_words_in_it_can_be_read_on_a_phone(path: Path) -> None:
    text = path.read_text()
    width = float(ElementTree.fromstring(text).attrib["viewBox"].split()[2])
    sizes = [float(size) for size in SIZE.findall(text)]

    assert sizes, "no size of its words is given"
    assert min(sizes) * PHONE / width >= SMALLEST


@every_drawing
def test_drawing_loads_nothing(path: Path) -> None:
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert "http" not in text
    assert "<image" not in text
