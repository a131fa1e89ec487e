"""Rich text survives the way through Markdown, whatever it says."""

from __future__ import annotations

from django.utils.html import escape
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curriculum.loading.markup import to_html
from curriculum.packing.markdown import to_markdown
from curriculum.richtext import canonical

LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])
SIGNS = st.sampled_from([*"*_`#>-+=~|[]()<>&;:!\\.1 \xa0", ":::", "[@who2012]", "1. ", "&lt;"])
WORDS = st.lists(st.one_of(SIGNS, LETTERS, st.sampled_from(["word", "a"])), max_size=8).map("".join)
LINKS = st.sampled_from(
    ["https://x.org/a_(b)?c=1&amp;d=%20", "mailto:a@b.org", "tel:+1", "#x", "https://ñ.mx/é"]
)


def styled(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    bold = inner.map(lambda text: f"<b>{text}</b>")
    stressed = inner.map(lambda text: f"<i>{text}</i>")
    joined = st.lists(inner, max_size=3).map("".join)
    return st.one_of(bold, stressed, joined)


PLAIN = st.recursive(WORDS.map(escape), styled, max_leaves=5)
LINKED = st.tuples(LINKS, PLAIN).map(lambda pair: f'<a href="{pair[0]}">{pair[1]}</a>')
INLINE = st.lists(st.one_of(PLAIN, LINKED, st.just("<br/>")), max_size=4).map("".join)
ITEMS = st.recursive(
    st.lists(INLINE.map(lambda text: f"<li>{text}</li>"), min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(items)}</ul>"
    ),
    lambda inner: st.tuples(st.sampled_from(["ul", "ol"]), INLINE, inner).map(
        lambda part: f"<{part[0]}><li>{part[1]}{part[2]}</li><li>x</li></{part[0]}>"
    ),
    max_leaves=3,
)
PARAGRAPH = INLINE.map(lambda text: f'<p data-block-key="a1b2c">{text}</p>')
HEADING = st.tuples(st.sampled_from(["h2", "h3"]), PLAIN).map(
    lambda part: f"<{part[0]}>{part[1]}</{part[0]}>"
)
RICH = st.lists(st.one_of(PARAGRAPH, HEADING, ITEMS), max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(RICH)
@example("<p>a<b> bold </b>b<i><b>(x)</b></i>y</p>")
@example("<ul><li>one</li></ul><ul><li>two</li></ul><ol><li>x</li></ol><ol><li>y</li></ol>")
def test_rich_text_comes_back(html: str) -> None:
    faults: list[tuple[int, str]] = []
    markdown = to_markdown(html, str)

    assert canonical(to_html(markdown, faults, headings=True)) == canonical(html), markdown
    assert faults == []
