"""Values between two lines of three hyphens, and the ids below them."""

from __future__ import annotations

from typing import Any

import yaml

from ..loading.frontmatter import FENCE
from ..loading.identity import Names

WIDE = 1_000_000  # one line a text, however long


def front_matter(values: dict[str, Any], body: str) -> str:
    """A file of values and text. What is None is left out."""
    said = {key: value for key, value in values.items() if value is not None}
    head = yaml.dump(said, Dumper=Plain, allow_unicode=True, sort_keys=False, width=WIDE)
    return f"{FENCE}\n{head}{FENCE}\n\n{body.strip(chr(10))}\n"


class Plain(yaml.SafeDumper):
    """YAML without anchors: what is said twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never a reference."""
        return True


Plain.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


class Ids(Names):
    """Notes the ids that do not come from the names in the file."""

    def note(self, name: str, found: str) -> None:
        """The id of something with this name in the file."""
        if self.id_of(name) != found:
            self.ids[name] = found
