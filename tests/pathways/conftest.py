"""The questions, and a module with two lessons, as the other rooms' tests have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache

from curriculum.models import LessonPage, ModuleCompletion, ModulePage
from people.models import Institution, User
from tests.conftest import NOON
from tests.curriculum.conftest import in_english, index, lesson, module, second  # noqa: F401
from tests.curriculum.making import publish
from tests.curriculum.test_complete import finish
from tests.reflections.conftest import questions  # noqa: F401


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """No test inherits the rate limits of another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def signed(module: ModulePage, harrow_lake: Institution, kilimari: Institution) -> ModulePage:  # noqa: F811
    """The module as Harrow Lake leads it and Kilimari reviewed it."""
    page: ModulePage = publish(
        module,
        leading_institution=harrow_lake,
        reviewing_institution=kilimari,
        reviewer="Sister Agnes Tarimo, interpreter trainer",
    )
    return page


def complete(user: User, *lessons: LessonPage) -> ModuleCompletion:
    """All lessons of the module, an hour apart; the last completes it."""
    for hour, page in enumerate(lessons):
        finish(user, page, at=NOON + timedelta(hours=hour))
    return ModuleCompletion.objects.filter(user=user).latest("pk")
