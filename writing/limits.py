"""How long a text may be, and what no text may contain."""

from __future__ import annotations

import re
import unicodedata

MAX_ENTRY = 60_000  # characters of one entry or one answer
UNWANTED = re.compile("[\x00\ud800-\udfff\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
LINE_ENDS = re.compile(r"\r\n?")


def clean_text(text: str) -> str:
    """The text as it is stored: NFC, one kind of line end, without NUL and control characters.

    Right-to-left marks and emoji stay. Cleaning twice changes nothing.
    """
    once = UNWANTED.sub("", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", once)


def is_too_long(text: str) -> bool:
    """Whether an entry is over the limit, counted as it would be stored."""
    return len(clean_text(text)) > MAX_ENTRY
