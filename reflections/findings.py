"""What the identifier guard says of an entry, with the names of its visit."""

from __future__ import annotations

from dataclasses import dataclass

from people.models import User
from writing.guard import Finding, check

from .models import Entry


@dataclass(frozen=True)
class Marked:
    """One finding, with the words around it and the reason it was kept, if any."""

    finding: Finding
    before: str
    after: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether the author still has to decide."""
        return not self.reason


def names_of_visit(entry: Entry) -> tuple[list[str], list[str]]:
    """Places and people of the visit, and who reads the author's side. Two queries."""
    member = entry.trip_member
    if member is None:
        return [], []
    host = member.trip.host
    people = User.objects.filter(trip_parts__trip=member.trip_id).exclude(pk=entry.author_id)
    return [host.city, host.short_name], [user.display_name for user in people]


def findings_in(entry: Entry, text: str | None = None) -> list[Finding]:
    """What stands in the text (the entry's own, unless another is given)."""
    places, people = names_of_visit(entry)
    member = entry.trip_member
    return check(
        entry.body if text is None else text,
        places=places,
        people=people,
        trip_start=member.departs if member else None,
        trip_end=member.returns if member else None,
    )


def marked(entry: Entry) -> list[Marked]:
    """Every finding once, in reading order, with a little of the text around it."""
    seen: dict[str, Marked] = {}
    for finding in findings_in(entry):
        seen.setdefault(
            finding.fingerprint,
            Marked(
                finding,
                words_before(entry.body[max(0, finding.start - 40) : finding.start]),
                words_after(entry.body[finding.end : finding.end + 40]),
                entry.kept_findings.get(finding.fingerprint, ""),
            ),
        )
    return list(seen.values())


def words_before(text: str) -> str:
    """The last four words, and the gap after them if there is one."""
    return " ".join(text.split()[-4:]) + (" " if text[-1:].isspace() else "")


def words_after(text: str) -> str:
    """The first four words, and the gap before them if there is one."""
    return (" " if text[:1].isspace() else "") + " ".join(text.split()[:4])


def open_findings(entry: Entry) -> list[Finding]:
    """Those that were neither made general nor kept with a reason."""
    return [f for f in findings_in(entry) if f.fingerprint not in entry.kept_findings]
