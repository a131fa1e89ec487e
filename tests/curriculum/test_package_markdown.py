"""Text survives the way through a file, whatever it says."""

from __future__ import annotations

from hypothesis import example, given, settings

from curriculum.loading.directives import opened
from curriculum.loading.faults import Notes
from curriculum.loading.markup import to_html
from curriculum.loading.plain import quoted, together, written
from curriculum.packing.markdown import to_markdown
from curriculum.richtext import canonical
from tests.curriculum.wording import LINE, RICH, TEXT


@settings(max_examples=300, deadline=None)
@given(RICH)
@example("<p>a<b> bold </b>b<i><b>(x)</b></i>y</p>")
@example("<ul><li>one</li></ul><ul><li>two</li></ul><ol><li>x</li></ol><ol><li>y</li></ol>")
def test_rich_text_comes_back(html: str) -> None:
    faults: list[tuple[int, str]] = []
    markdown = to_markdown(html, str)

    assert canonical(to_html(markdown, faults, headings=True)) == canonical(html), markdown
    assert faults == []


@settings(max_examples=300, deadline=None)
@given(TEXT)
@example("a\\\r\nb  c")
@example("- [x] a\n::: b\ntitle: c")
def test_plain_text_comes_back(text: str) -> None:
    assert together(written(text).split("\n")) == text.replace("\r\n", "\n")


@settings(max_examples=200, deadline=None)
@given(LINE)
@example('She said "no" \\')
def test_attribute_comes_back(text: str) -> None:
    notes = Notes(__file__)  # type: ignore[arg-type]

    part = opened(f"::: quote {{#q by={quoted(text)} real}}", 1, notes)

    assert (part.attributes, part.flags, notes.faults) == ({"by": text}, {"real"}, [])
