"""Lasting ids that a file says itself: those of blocks that were made in the CMS.

Answers, opinions and translations hang on them. A block without a line under `ids` has the id that
comes from its name.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from ..faults import is_uuid
from .frontmatter import FrontMatter

KEY = "ids"
# Other ids come from the address and the name in the file, so they never change.
SPACE = uuid.UUID("6f0c9a52-4a0e-5c1b-9d0f-2a7be1f3c8d4")


def id_of(name: str) -> str:
    """The lasting id of something with this name."""
    return str(uuid.uuid5(SPACE, name))


@dataclass
class Names:
    """The ids of what one file names."""

    address: str
    ids: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def id_of(self, name: str) -> str:
        """The lasting id: the file says it, or it comes from the name."""
        self.asked.add(name)
        return self.ids.get(name) or id_of(f"{self.address}/{name}")


def ids_of(front: FrontMatter) -> dict[str, str]:
    """Id by name. A fault for what is none, and for one that stands there twice."""
    found: dict[str, str] = {}
    for name, value in front.mapping(KEY).items():
        if not isinstance(value, str) or not is_uuid(value):
            front.fault(KEY, f"The id of “{name}” is no UUID.")
        elif value in found.values():
            front.fault(KEY, f"The id of “{name}” stands there twice.")
        else:
            found[name] = value
    return found


def refuse_unused(front: FrontMatter, names: Names) -> None:
    """An id of nothing: somebody renamed a block, and would lose what hangs on it."""
    for name in sorted(names.ids.keys() - names.asked):
        front.fault(KEY, f"There is no “{name}” in the file; take its line out of “{KEY}”.")
