"""Pathways, who is on them, and the certificates of what was completed."""

from .certificate import Certificate
from .way import Enrolment, Pathway, PathwayStep

__all__ = ["Certificate", "Enrolment", "Pathway", "PathwayStep"]
