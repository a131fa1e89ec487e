"""News for higher rooms, sent inside the transaction."""

from django.dispatch import Signal

# An institution has editors for the first time. `group`: their Wagtail group; `institution`.
editors_named = Signal()
