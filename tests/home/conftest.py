"""The questions, as the journal's tests have them."""

from tests.reflections.conftest import questions  # noqa: F401
