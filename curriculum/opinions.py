"""What a person thought before a module and thinks after it. Nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from people.models import User

from .models import ModulePage, Opinion
from .standing import ModuleProgress

Moment = Opinion.Moment


@dataclass(frozen=True)
class Question:
    """A question of a module, and what this person answered to it."""

    id: str
    text: str
    answers: tuple[str, ...]
    before: str = ""
    after: str = ""

    @property
    def has_moved(self) -> bool:
        """Answered twice, and differently."""
        return bool(self.before and self.after and self.before != self.after)


@dataclass(frozen=True)
class Opinions:
    """The questions of one module as one person meets them.

    `moment` is when an answer given now would count; empty while the person is in between.
    """

    questions: tuple[Question, ...] = ()
    moment: str = ""
    given: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        """Whether an answer is wanted now."""
        return bool(self.questions and self.moment and self.moment not in self.given)

    @property
    def is_after(self) -> bool:
        """Whether the module is behind the person."""
        return self.moment == Moment.AFTER

    @property
    def answered_before(self) -> datetime | None:
        """When the first thoughts were written down."""
        return self.given.get(Moment.BEFORE)

    @property
    def answered_after(self) -> datetime | None:
        """When the later ones were."""
        return self.given.get(Moment.AFTER)


def opinions_of(user: User | None, module: ModulePage, progress: ModuleProgress) -> Opinions:
    """One query where the module asks anything, none where it does not or nobody is signed in."""
    if user is None or not module.opinions:
        return Opinions()
    rows = list(Opinion.objects.visible_to(user).of_module(module.translation_key))
    said = {(str(row.block_id), row.moment): row.answer for row in rows}
    return Opinions(
        tuple(
            Question(
                block.id,
                block.value["question"],
                tuple(block.value["answers"]),
                said.get((block.id, Moment.BEFORE), ""),
                said.get((block.id, Moment.AFTER), ""),
            )
            for block in module.opinions
        ),
        moment_of(progress),
        latest(rows),
    )


def moment_of(progress: ModuleProgress) -> str:
    """Before the first lesson is complete, after the last one, or neither."""
    if progress.completion is not None or progress.is_complete:
        return Moment.AFTER
    return "" if progress.has_begun else Moment.BEFORE


def latest(rows: Iterable[Opinion]) -> dict[str, datetime]:
    """When each moment was answered."""
    return {row.moment: row.at for row in rows}
