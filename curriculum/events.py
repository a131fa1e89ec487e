"""News for higher rooms, sent inside the transaction. Receivers only insert a row or a task."""

from django.dispatch import Signal

# user, completion, progress (ModuleProgress after it)
lesson_completed = Signal()
# user, completion (ModuleCompletion)
module_completed = Signal()
