"""Modules and lessons, and what people completed."""

from .competency import Competency
from .glossary import GlossaryPage
from .pages import CurriculumIndexPage, LessonPage, ModulePage
from .records import CheckAttempt, LessonCompletion, ModuleCompletion, Opinion
from .report import LessonReport

__all__ = [
    "CheckAttempt",
    "Competency",
    "CurriculumIndexPage",
    "GlossaryPage",
    "LessonCompletion",
    "LessonPage",
    "LessonReport",
    "ModuleCompletion",
    "ModulePage",
    "Opinion",
]
