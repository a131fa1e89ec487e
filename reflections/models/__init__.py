"""What people write and answer, and what others answer them."""

from .entry import Entry, EntryVersion, Reading, Remark, ReviewRequest
from .instrument import Assessment, InstrumentVersion, Item, Scale, Wave
from .prompt import Audience, Phase, Prompt
from .review import Review
from .rubric import Criterion, Level, RubricVersion

__all__ = [
    "Assessment",
    "Audience",
    "Criterion",
    "Entry",
    "EntryVersion",
    "InstrumentVersion",
    "Item",
    "Level",
    "Phase",
    "Prompt",
    "Reading",
    "Remark",
    "Review",
    "ReviewRequest",
    "RubricVersion",
    "Scale",
    "Wave",
]
