"""A module with two lessons, in the tree that every database has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from curriculum.tree import ensure_tree

from .making import make_lesson, make_module, text


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves its language behind."""
    yield
    translation.activate("en")


@pytest.fixture
def index(db: None) -> CurriculumIndexPage:
    """The list of modules."""
    return ensure_tree()


@pytest.fixture
def module(index: CurriculumIndexPage) -> ModulePage:
    """Module 3, closed to visitors."""
    return make_module(index)


@pytest.fixture
def lesson(module: ModulePage) -> LessonPage:
    """Lesson 3.1, with one check whose right answer is b."""
    return make_lesson(module)


@pytest.fixture
def second(module: ModulePage, lesson: LessonPage) -> LessonPage:
    """Lesson 3.2, without a check."""
    return make_lesson(module, "The interpreter", number=2, body=[text("<p>She looks at you.</p>")])
