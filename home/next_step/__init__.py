"""What is next for a person: one ordered list per role, derived from facts and from nothing else.

A fact is collected once (home/facts.py) and held in a frozen dataclass; a rule looks at the facts
and answers with a step or with nothing. What is done cannot be asked for again, because no step is
stored anywhere.
"""

from .admin import AdminFacts, admin_steps
from .coordinator import CoordinatorFacts, Waiting, coordinator_steps, first_place
from .editor import EditorFacts, editor_steps
from .host import HostFacts, host_steps
from .resident import ResidentFacts, VisitFacts, resident_steps
from .reviewer import ReviewerFacts, reviewer_steps
from .step import Step

__all__ = [
    "AdminFacts",
    "CoordinatorFacts",
    "EditorFacts",
    "HostFacts",
    "ResidentFacts",
    "ReviewerFacts",
    "Step",
    "VisitFacts",
    "Waiting",
    "admin_steps",
    "coordinator_steps",
    "editor_steps",
    "first_place",
    "host_steps",
    "resident_steps",
    "reviewer_steps",
]
