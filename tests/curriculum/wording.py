"""Whatever somebody may type, drawn by chance: plain text, and rich text as the CMS keeps it."""

from __future__ import annotations

from django.utils.html import escape
from hypothesis import strategies as st

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

# As forms give it: without spaces at its ends, and never empty.
LINE = WORDS.map(lambda text: text.strip()[:60].strip() or "x")
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\r\n".join)


def filled(rich: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Rich text that says something."""
    return rich.map(lambda html: f"<p>So.</p>{html}")
