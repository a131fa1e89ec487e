"""What is wrong with a file, in one sentence each, with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One fault."""

    path: Path
    line: int
    sentence: str

    def below(self, folder: Path) -> Fault:
        """The same with its place inside of a folder."""
        return Fault(self.path.relative_to(folder), self.line, self.sentence)

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.sentence}"


class FilesRefused(Exception):
    """Some file does not hold; nothing was changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, sorted(faults))))
        self.faults = sorted(faults)


@dataclass
class Notes:
    """The faults of one file, while it is read."""

    path: Path
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        """One more."""
        self.faults.append(Fault(self.path, line, sentence))
