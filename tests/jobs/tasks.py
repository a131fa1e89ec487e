"""Tasks that the tests of the queue give away."""

from django.core.cache import cache
from django_tasks import task


@task()
def count_up(name: str) -> int:
    """Count in the cache how often it ran."""
    return cache.incr(name)


@task()
def always_fails() -> None:
    """Fail, as some tasks do."""
    raise ValueError("this task always fails")
