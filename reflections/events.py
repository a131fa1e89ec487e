"""News for higher rooms, sent inside the transaction. Receivers only note a task or a row."""

from django.dispatch import Signal

entry_submitted = Signal()  # entry, at
review_released = Signal()  # review, at
