"""Cleaning, rendering, counting and comparing what people write."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writing.diff import ADDED, REMOVED, SAME, diff_words, render_diff
from writing.limits import MAX_ENTRY, clean_text, is_too_long
from writing.markdown import count_words, plain, render
from writing.sanitize import sanitize
from writing.spreadsheets import safe_cell

ATTACKS = [
    "<script>alert(1)</script>hello",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="javascript:80">x</a>',
    '<a href="&#x6a;avascript:1">x</a>',
    '<a href="evil:80">x</a>',
    '<a href="//evil.example/x">x</a>',
    '<a href="data:text/html,x">x</a>',
    "<img src=x onerror=alert(1)>",
    '<p style="position:fixed" onclick="x()">x</p>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    '<iframe src="https://evil.example"></iframe>',
    "<!--<script>x</script>-->",
    "<b\0>x</b>",
    "\u202eevil",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]
HARM = re.compile(r"<script|<iframe|<img|<svg|\son\w+\s*=|javascript:|style=", re.IGNORECASE)


@pytest.mark.parametrize("html", ATTACKS)
def test_nothing_that_runs_gets_through(html: str) -> None:
    clean = sanitize(html)

    assert not HARM.search(clean)
    assert "//evil" not in clean
    assert "\u202e" not in clean


@given(st.text(alphabet=st.sampled_from("<>/\"'=&; abcdhijlmnoprstvx:#\n"), max_size=120))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = sanitize(html)

    assert sanitize(once) == once
    assert not HARM.search(once)


def test_cleaning_in_many_threads_mixes_nothing_up() -> None:
    texts = [f"<p>{n}</p><script>{n}</script>" for n in range(200)]

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(sanitize, texts))

    assert results == [sanitize(text) for text in texts]


def test_markdown_becomes_safe_html_below_the_pages_own_headings() -> None:
    html = render("# A heading\n\nOne *line*\nand another <script>x</script>")

    assert "<h3>A heading</h3>" in html
    assert "<em>line</em><br>" in html.replace("<br />", "<br>")
    assert "<script" not in html


def test_pictures_are_not_loaded_from_elsewhere() -> None:
    assert "<img" not in render("![x](https://evil.example/x.png)")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("L’hôpital n'est pas loin.", 4),
        ("تعلمت الكثير من الفريق", 4),
        ("病院で学んだ", 6),
        ("😀 yes 🎉", 1),
        ("- a list\n- of lines", 4),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, count: int) -> None:
    assert count_words(text) == count


def test_excerpt_has_no_marks_and_is_cut_at_a_word() -> None:
    assert plain("## *Baraka* listens to the chest", 20) == "Baraka listens to …"


def test_stored_text_has_no_control_characters_and_keeps_directions() -> None:
    assert clean_text("a\0b\r\nc\u200f\x07 é") == "ab\nc\u200f é"


@given(st.text())
def test_cleaning_a_text_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_longest_entry_is_sixty_thousand_characters() -> None:
    assert not is_too_long("a" * MAX_ENTRY)
    assert is_too_long("a" * (MAX_ENTRY + 1))


@given(st.text(max_size=300), st.text(max_size=300))
def test_pieces_give_back_both_texts(before: str, after: str) -> None:
    pieces = diff_words(before, after)

    assert "".join(p.text for p in pieces if p.kind in {SAME, REMOVED}) == before
    assert "".join(p.text for p in pieces if p.kind in {SAME, ADDED}) == after


def test_one_changed_word_is_one_change() -> None:
    kinds = [(p.kind, p.text) for p in diff_words("He counted twice.", "He counted once.")]

    assert kinds == [
        (SAME, "He counted "),
        (REMOVED, "twice"),
        (ADDED, "once"),
        (SAME, "."),
    ]


def test_long_paragraph_is_compared_word_by_word() -> None:
    words = [f"word{n}" for n in range(3000)]
    changed = [*words[:1500], "new", *words[1500:]]

    pieces = diff_words(" ".join(words), " ".join(changed))

    assert [p.text.strip() for p in pieces if p.kind == ADDED] == ["new"]
    assert not [p for p in pieces if p.kind == REMOVED]


def test_difference_is_escaped_and_said_aloud() -> None:
    html = render_diff("a", "a <b>")

    assert '<ins><span class="vh">added: </span>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", "\t=1", "  =1"])
def test_formula_in_a_cell_is_shown_and_not_run(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


@pytest.mark.parametrize("value", ["plain", "a=b", 3, -3, None, 2.5])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value
