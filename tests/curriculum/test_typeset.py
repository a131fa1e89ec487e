"""Authors type straight marks; readers see printed ones, and no tag is touched."""

from __future__ import annotations

import pytest

from curriculum.typeset import typeset, typeset_words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"In front of the patient?"', "“In front of the patient?”"),
        ('She says: "No trouble," and goes.', "She says: “No trouble,” and goes."),
        ("It's Agnes's own, the others' too.", "It’s Agnes’s own, the others’ too."),
        ("He said \"call it 'later'\".", "He said “call it ‘later’”."),
        ('("now")', "(“now”)"),
        ("12 % of US$ 400", "12\u00a0% of US$\u00a0400"),
        ("“already”", "“already”"),
        ("", ""),
    ],
)
def test_words_are_set(typed: str, printed: str) -> None:
    assert typeset_words(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('<p>One.</p><p>"Two"</p>', "<p>One.</p><p>“Two”</p>"),
        ('<p>A <i>"b"</i> c</p>', "<p>A <i>“b”</i> c</p>"),
        ('<p>"<i>b</i>" c</p>', "<p>“<i>b</i>” c</p>"),
        ("<p>&quot;a&quot; isn&#x27;t &lt;b&gt;</p>", "<p>“a” isn’t &lt;b&gt;</p>"),
        (
            "<a href=\"https://a.example/?q='x'\">a</a>",
            "<a href=\"https://a.example/?q='x'\">a</a>",
        ),
    ],
)
def test_html_is_set_outside_of_its_tags(typed: str, printed: str) -> None:
    assert typeset(typed) == printed
