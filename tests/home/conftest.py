"""The questions, as the journal's tests have them."""

from tests.curriculum.conftest import index, lesson, module  # noqa: F401
from tests.reflections.conftest import questions, shipped  # noqa: F401
