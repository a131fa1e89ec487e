"""What is said about a page that does not exist in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _


def language_notice(found: str) -> str:
    """One sentence if a page in the language `found` is not in the reader's, else nothing."""
    wanted = get_language() or settings.LANGUAGE_CODE
    if wanted.split("-")[0] == found.split("-")[0]:
        return ""
    return _("This page is not available in %(wanted)s yet; you read it in %(found)s.") % {
        "wanted": name_of(wanted, wanted),
        "found": name_of(found, wanted),
    }


def name_of(code: str, reader: str) -> str:
    """A language as the reader's own calls it inside a sentence: only English uses a capital."""
    name = str(get_language_info(code)["name_translated"])
    return name if reader.startswith("en") else name.lower()
