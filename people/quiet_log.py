"""Keys that stand in an address are never logged: whoever reads the log could use them."""

from __future__ import annotations

import logging
import re

KEY_IN_PATH = re.compile(r"(/invitation/|/certificates/|/password/reset/key/)[^/\s?]+")


class HideKeys(logging.Filter):
    """Puts three dots in the place of the key of an invitation, certificate or password link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; let every line through."""
        words = record.getMessage()
        if KEY_IN_PATH.search(words):
            record.msg, record.args = KEY_IN_PATH.sub(r"\1…", words), ()
        return True
