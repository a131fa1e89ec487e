"""News for higher rooms, sent inside the transaction. Receivers only note a row or a task."""

from django.dispatch import Signal

member_joined = Signal()  # member
