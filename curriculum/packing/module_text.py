"""A module's page as the text of `module.md`, in the format that `loading.module_file` reads."""

from __future__ import annotations

from typing import Any

from ..freezing import raw
from ..loading.links import address_of
from ..loading.module_file import REQUIRED
from ..models import LessonPage, ModulePage
from .front import Ids, front_matter
from .lesson_text import Writing, lines_of


def module_text(page: ModulePage, lessons: list[LessonPage]) -> str:
    """The text of the file. Everything is said, also what is empty."""
    language = page.locale.language_code
    ids = Ids(page.slug)
    write = Writing(language, "", ids)
    words = {str(value): word for word, value in REQUIRED.items()}
    slugs = [lesson.slug for lesson in lessons]
    by_number = [lesson.slug for lesson in sorted(lessons, key=lambda lesson: lesson.number)]
    values: dict[str, Any] = {
        "module": page.number,
        "slug": page.slug,
        "title": page.title,
        "summary": page.summary,
        "language": language,
        "themes": list(page.themes),
        "outcomes": lines_of(write, raw(page.outcomes), "outcomes"),
        "competencies": [
            {"framework": one.framework, "code": one.code, "name": one.name}
            for one in page.competencies.order_by("framework", "code")
        ],
        "prerequisites": sorted(address_of(one, language) for one in page.prerequisites.all()),
        "validity_months": page.validity_months,
        "cme_hours": str(page.cme_hours) if page.cme_hours else None,
        "cme_granted_by": page.cme_granted_by or None,
        "required": words.get(page.required),
        "open": page.open_to_visitors,
        "facts_due": page.facts_due,
        "opinions": opinions_of(ids, raw(page.opinions)),
        "further_reading": readings_of(write, raw(page.further_reading)),
        "order": slugs if slugs != by_number else None,
    }
    values |= behind_of(write, page)
    values["ids"] = ids.ids or None
    return front_matter(values, write.rich(page.intro))


def opinions_of(ids: Ids, stream: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Questions without a right answer."""
    found = []
    for number, block in enumerate(stream, 1):
        name = f"opinion-{number}"
        ids.note(f"opinions/{name}", block["id"])
        for place, answer in enumerate(block["value"]["answers"], 1):
            ids.note(f"opinions/{name}/{place}", answer["id"])
        answers = [answer["value"] for answer in block["value"]["answers"]]
        found.append({"id": name, "question": block["value"]["question"], "answers": answers})
    return found


def readings_of(write: Writing, stream: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Texts to read on."""
    return [
        {"cite": value["citation"], "gives": value["gives"], "access": value["access"]}
        for value in lines_of(write, stream, "further-reading")
    ]


def behind_of(write: Writing, page: ModulePage) -> dict[str, Any]:
    """Who stands behind the module."""
    leading, reviewing = page.leading_institution, page.reviewing_institution
    return {
        "authors": lines_of(write, raw(page.authors), "authors"),
        "leading_institution": leading.slug if leading else "",
        "reviewing_institution": reviewing.slug if reviewing else "",
        "reviewer": page.reviewer,
        "reviewed_on": page.reviewed_on or "",
    }
