"""Who people are, where they belong, and what they agreed to."""

from .audit import AuditEvent
from .belonging import Cohort, Institution, Membership, Programme, Role, Supervision, places_of
from .invitation import Invitation
from .notice import Notice
from .policy import Acceptance, Policy
from .user import User, display_name

__all__ = [
    "Acceptance",
    "AuditEvent",
    "Cohort",
    "Institution",
    "Invitation",
    "Membership",
    "Notice",
    "Policy",
    "Programme",
    "Role",
    "Supervision",
    "User",
    "display_name",
    "places_of",
]
