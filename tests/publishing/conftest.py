"""The lesson of the curriculum's tests is the page that makes editions here too."""

from tests.curriculum.conftest import index, lesson, module

__all__ = ["index", "lesson", "module"]
