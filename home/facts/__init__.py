"""Facts for the dashboards: read once from the rooms below, a few queries a role."""

from .coordinating import coordinator_facts
from .curating import editor_facts
from .reading import host_facts, reviewer_facts
from .running import admin_facts
from .visiting import parts_of, resident_facts, visits_of

__all__ = [
    "admin_facts",
    "coordinator_facts",
    "editor_facts",
    "host_facts",
    "parts_of",
    "resident_facts",
    "reviewer_facts",
    "visits_of",
]
