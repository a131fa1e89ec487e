"""One stretch of text that could point to somebody."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DISCLAIMER = _(
    "This check looks for patterns and misses things. In a small hospital a rare operation and a "
    "week are enough. Would the patient know themselves? Would a neighbour?"
)

WHY: dict[str, Promise] = {
    "email": _("An e-mail address points to one person."),
    "phone": _("A telephone number points to one person or one household."),
    "number": _("A long number can be a record, an account or a licence."),
    "date": _("A full date and an operation can identify a patient."),
    "age": _("Ages over 89 are so few that they are grouped as 90 or older."),
    "name": _("A title with a name points to one person. In a small hospital everybody knows who."),
    "person": _("This person takes part in your visit, so readers know who is meant."),
    "place": _("A small place makes the group of possible people small."),
}


@dataclass(frozen=True)
class Finding:
    """What was found and where. `start` and `end` count characters of the text.

    `suggestion` is a more general wording, or None where the author knows best.
    `fingerprint` stays the same when the text around it changes, so that a reason to keep it stays.
    """

    kind: str
    start: int
    end: int
    text: str
    suggestion: str | None = None

    @property
    def why(self) -> str:
        """Why this is marked, in a sentence."""
        return str(WHY[self.kind])

    @property
    def fingerprint(self) -> str:
        """Sixteen characters that name the kind and the words."""
        folded = unicodedata.normalize("NFKC", self.text).casefold()
        return hashlib.sha256(f"{self.kind}:{folded}".encode()).hexdigest()[:16]
