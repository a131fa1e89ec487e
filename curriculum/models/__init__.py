"""Modules and lessons, and what people completed."""

from .competency import Competency
from .glossary import GlossaryPage
from .pages import CurriculumIndexPage, LessonPage, ModulePage
from .records import CheckAttempt, LessonCompletion, ModuleCompletion, Opinion

__all__ = [
    "CheckAttempt",
    "Competency",
    "CurriculumIndexPage",
    "GlossaryPage",
    "LessonCompletion",
    "LessonPage",
    "ModuleCompletion",
    "ModulePage",
    "Opinion",
]
