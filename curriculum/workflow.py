"""What readers do: answer, complete, say what they think. Every row is added, none is changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction

from people.models import User
from publishing.models import Edition
from publishing.models.edition import digest

from .answers import answers_to
from .events import lesson_completed, module_completed
from .models import (
    CheckAttempt,
    LessonCompletion,
    LessonPage,
    ModuleCompletion,
    ModulePage,
    Opinion,
)
from .opinions import Opinions
from .progress import LessonProgress, ModuleProgress, State, progress_of
from .reading import read_edition
from .rendering import Check
from .standing import floor_of, term_on


class ChecksOpen(Exception):
    """Some checks of this edition are not right yet."""

    def __init__(self, checks: list[Check]) -> None:
        super().__init__(f"{len(checks)} checks are open.")
        self.checks = checks


def answer_check(
    user: User, edition: Edition, check: Check, *, chosen: frozenset[str], at: datetime
) -> CheckAttempt:
    """Mark an answer against the edition that asked. Every attempt is kept."""
    return CheckAttempt.objects.create(
        user=user,
        edition=edition,
        block_id=check.id,
        check_hash=check.hash,
        answers=sorted(chosen),
        correct=chosen == check.right_ids,
        at=at,
    )


@transaction.atomic
def complete_lesson(
    user: User, lesson: LessonPage, edition: Edition, *, at: datetime
) -> LessonCompletion:
    """The reader says that they are done, and the checks are right. Twice is once."""
    User.objects.select_for_update().get(pk=user.pk)
    module = ModulePage.objects.parent_of(lesson).get()
    standing = progress_of(user, [module], on=at.date())[0]
    before = next((line for line in standing.lessons if line.page.pk == lesson.pk), None)
    if before and before.state == State.COMPLETE and before.completion:
        return before.completion
    refuse_open_checks(user, edition, since=renewed_at(user, module, at))
    completion, made = LessonCompletion.objects.get_or_create(
        user=user, edition=edition, term=term_of(user, module, at), defaults={"at": at}
    )
    if made:
        after = progress_of(user, [module], on=at.date())[0]
        lesson_completed.send(LessonCompletion, user=user, completion=completion, progress=after)
        complete_module(user, after, at=at)
    return completion


def refuse_open_checks(user: User, edition: Edition, *, since: datetime | None) -> None:
    """Raise ChecksOpen unless every check of the edition is right."""
    lesson = read_edition(edition)
    editions = Edition.objects.filter(page_id=edition.page_id).only("number", "change")
    floor = floor_of(edition, editions)
    still_open = answers_to(lesson, edition, user, floor=floor, since=since).open_in(lesson)
    if still_open:
        raise ChecksOpen(still_open)


def earned_in(user: User, module: ModulePage) -> list[ModuleCompletion]:
    """The person's completions of this module in any language, oldest first."""
    keys = [module.translation_key]
    return list(ModuleCompletion.objects.of_modules(keys).for_people([user.pk]))


def term_of(user: User, module: ModulePage, at: datetime) -> int:
    """How often the module's validity had run out for this person."""
    return term_on(earned_in(user, module), at.date())


def renewed_at(user: User, module: ModulePage, at: datetime) -> datetime | None:
    """From when answers count: since the last validity ran out."""
    return start_of_term(earned_in(user, module), at)


def start_of_term(earned: Iterable[ModuleCompletion], at: datetime) -> datetime | None:
    """The moment the last validity ran out; None in the first term."""
    over = [row.valid_until for row in earned if row.valid_until and not row.is_valid(at.date())]
    return datetime.combine(max(over), time.max, tzinfo=UTC) if over else None


@transaction.atomic
def complete_module(
    user: User, standing: ModuleProgress, *, at: datetime
) -> ModuleCompletion | None:
    """When the last lesson is done, the module is, in the editions that were read."""
    if not standing.is_complete:
        return None
    manifest = [line_of(lesson) for lesson in standing.lessons]
    last = standing.completion
    still_valid = last is not None and last.is_valid(at.date())
    row, made = ModuleCompletion.objects.get_or_create(
        user=user,
        translation_key=standing.module.translation_key,
        manifest_hash=digest({"lessons": manifest}),
        defaults={
            "module": standing.module,
            "title": standing.module.title,
            "manifest": manifest,
            "at": at,
            "valid_until": last.valid_until
            if last and still_valid
            else standing.module.valid_until(at.date()),
        },
    )
    if made:
        module_completed.send(ModuleCompletion, user=user, completion=row)
    return row


def line_of(lesson: LessonProgress) -> dict[str, Any]:
    """A lesson as the manifest keeps it."""
    completion = lesson.completion
    if completion is None:
        raise ValueError("Only completed lessons stand in a manifest.")
    return {
        "edition": str(completion.edition.public_id),
        "title": completion.edition.title,
        "number": completion.edition.number,
        "completed": completion.at.isoformat(timespec="seconds"),
    }


@transaction.atomic
def give_opinions(
    user: User, module: ModulePage, opinions: Opinions, chosen: dict[str, str], *, at: datetime
) -> None:
    """Keep what somebody thinks at this moment. What was said first stays; twice is once."""
    if not opinions.is_asked:
        return
    Opinion.objects.bulk_create(
        [
            Opinion(
                user=user,
                translation_key=module.translation_key,
                block_id=question.id,
                moment=opinions.moment,
                question=question.text,
                answer=chosen[question.id],
                at=at,
            )
            for question in opinions.questions
        ],
        ignore_conflicts=True,
    )
