"""Work that may wait: handed to the worker once what was written is safe."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task


def defer(task: Task[..., Any], *args: Any, **kwargs: Any) -> None:
    """Give a task to the worker after the commit; a rollback gives nothing.

    Arguments are ids and other JSON values, never objects. Tasks may run twice, so they must be
    harmless the second time. Where losing one is not allowed (a crash between commit and this
    call), use an outbox row or `task.enqueue` inside the transaction.
    """
    transaction.on_commit(partial(task.enqueue, *args, **kwargs))
