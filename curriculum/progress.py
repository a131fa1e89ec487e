"""How far people are, derived from what they completed and what was published since.

`progress_of` and `progress_of_people` ask the database a constant number of times, for any number
of modules, lessons and people. Nothing here is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from people.models import User

from .models import LessonCompletion, LessonPage, ModuleCompletion, ModulePage
from .models.pages import read_editions
from .standing import (
    LessonProgress,
    ModuleProgress,
    Record,
    State,
    Tree,
    standing,
)

__all__ = [
    "LessonProgress",
    "ModuleProgress",
    "State",
    "progress_of",
    "progress_of_people",
]


def progress_of(
    user: User | None, modules: Sequence[ModulePage], *, on: date
) -> list[ModuleProgress]:
    """Where one person stands (None: a visitor), in four queries."""
    tree = read_tree(modules)
    record = read_records([user.pk], tree).get(user.pk, Record()) if user else Record()
    return standing(tree, record, on)


def progress_of_people(
    users: Iterable[User], modules: Sequence[ModulePage], *, on: date
) -> dict[int, list[ModuleProgress]]:
    """Where many people stand, by their id, in four queries."""
    ids = [user.pk for user in users]
    tree = read_tree(modules)
    records = read_records(ids, tree)
    return {pk: standing(tree, records.get(pk, Record()), on) for pk in ids}


def read_tree(modules: Sequence[ModulePage]) -> Tree:
    """Lessons and editions, two queries."""
    lessons: dict[str, list[LessonPage]] = defaultdict(list)
    for lesson in LessonPage.objects.in_modules(modules).light():
        lessons[lesson.parent_path].append(lesson)
    return Tree(tuple(modules), lessons, read_editions(lessons))


def read_records(user_ids: Sequence[int], tree: Tree) -> dict[int, Record]:
    """What these people completed of it, two queries."""
    lessons: dict[int, list[LessonCompletion]] = defaultdict(list)
    modules: dict[int, list[ModuleCompletion]] = defaultdict(list)
    for done in LessonCompletion.objects.of_lessons(tree.keys).for_people(user_ids).with_edition():
        lessons[done.user_id].append(done)
    module_keys = [module.translation_key for module in tree.modules]
    for row in ModuleCompletion.objects.of_modules(module_keys).for_people(user_ids):
        modules[row.user_id].append(row)
    return {
        pk: Record(tuple(lessons[pk]), tuple(modules[pk])) for pk in {*lessons.keys(), *modules}
    }
