"""The lists of a module's file: what it asks before and after, and what to read on."""

from __future__ import annotations

from typing import Any

from ..module_blocks import Access
from .frontmatter import FrontMatter
from .identity import Names

FEWEST, MOST = 2, 6
LONGEST_QUESTION, LONGEST_ANSWER = 300, 160


def lines_of(front: FrontMatter, key: str) -> list[Any]:
    """The list under a key; a fault and nothing if it is not one."""
    value = front.values.get(key) or []
    if isinstance(value, list):
        return value
    front.fault(key, f"“{key}” is a list.")
    return []


def opinions_of(front: FrontMatter, names: Names) -> list[dict[str, Any]]:
    """Questions without a right answer, each with a lasting id, two to six answers."""
    found = []
    for line in lines_of(front, "opinions"):
        if not is_opinion(line):
            front.fault(
                "opinions",
                "An opinion has “id”, “question” (300 characters at most) and “answers”, "
                "two to six different ones of 160 characters at most.",
            )
            continue
        name = f"opinions/{line['id']}"
        answers = [
            {"type": "item", "value": str(answer), "id": names.id_of(f"{name}/{number}")}
            for number, answer in enumerate(line["answers"], 1)
        ]
        value = {"question": line["question"], "answers": answers}
        found.append({"type": "opinion", "value": value, "id": names.id_of(name)})
    if len({block["id"] for block in found}) < len(found):
        front.fault("opinions", "Each opinion has an “id” of its own.")
    return found


def is_opinion(line: Any) -> bool:
    """An id, a question, and different answers that fit."""
    if not isinstance(line, dict) or line.keys() != {"id", "question", "answers"}:
        return False
    answers = line["answers"]
    return (
        isinstance(line["question"], str)
        and 0 < len(line["question"]) <= LONGEST_QUESTION
        and isinstance(answers, list)
        and FEWEST <= len(answers) <= MOST
        and all(isinstance(a, str) and 0 < len(a) <= LONGEST_ANSWER for a in answers)
        and len(set(answers)) == len(answers)
    )


def readings_of(front: FrontMatter, names: Names) -> list[dict[str, Any]]:
    """Texts to read on: citation, what it gives, and how to get it."""
    allowed = [value for value, _words in Access.CHOICES]
    found = []
    for number, line in enumerate(lines_of(front, "further_reading"), 1):
        texts = isinstance(line, dict) and all(isinstance(part, str) for part in line.values())
        if not texts or line.keys() != {"cite", "gives", "access"} or line["access"] not in allowed:
            front.fault(
                "further_reading",
                f"A text has “cite”, “gives” and “access”, which is one of: {', '.join(allowed)}.",
            )
            continue
        value = {"citation": line["cite"], "gives": line["gives"], "access": line["access"]}
        found.append(
            {
                "type": "reading",
                "value": value,
                "id": names.id_of(f"further-reading/{number}"),
            }
        )
    return found
