"""The identifier guard: marks words that could point to a person, says why, offers a way out.

It looks at patterns only and knows nothing of the world, so it misses things: see DISCLAIMER.
"""

from __future__ import annotations

from .finding import DISCLAIMER, Finding
from .scan import apply, check

__all__ = ["DISCLAIMER", "Finding", "apply", "check"]
