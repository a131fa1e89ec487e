"""Files become pages the way an editor's work does: a draft is saved, then published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from publishing.editions import latest_edition

from ..freezing import raw
from ..models import Competency, CurriculumIndexPage, GlossaryPage, LessonPage, ModulePage
from ..models.glossary import SLUG as GLOSSARY
from ..tree import ensure_tree
from .faults import FilesRefused
from .glossary_file import GlossaryFile, Term, find_glossaries, read_glossary
from .judging import find_institution, find_target, judge
from .lesson_file import LessonFile
from .module_file import ModuleFile, find_folders, read_folder
from .module_lists import id_of
from .pictures import image_of


@dataclass(frozen=True)
class Loaded:
    """What became of one file."""

    path: Path
    title: str
    outcome: str


def load(paths: list[Path], *, demo: bool = False, overwrite: bool = False) -> list[Loaded]:
    """Read, judge and publish everything at or below the paths. All of it or nothing."""
    modules = [read_folder(folder, demo=demo) for folder in find_folders(paths)]
    glossaries = [read_glossary(path) for path in find_glossaries(paths)]
    faults = judge(modules, glossaries, demo=demo)
    if faults:
        raise FilesRefused(faults)
    modules.sort(key=lambda m: (m.language != settings.LANGUAGE_CODE, m.fields["number"]))
    glossaries.sort(key=lambda g: (g.language != settings.LANGUAGE_CODE, g.language))
    with transaction.atomic():
        pages = [(file, module_page(file)) for file in modules]
        done = [line for file, page in pages for line in write(file, page, demo, overwrite)]
        return done + [write_glossary(file, overwrite) for file in glossaries]


def write_glossary(file: GlossaryFile, overwrite: bool) -> Loaded:
    """The glossary of a language; after the modules, because it points to them."""
    named = {"title": file.title}
    page = page_of(GlossaryPage, ensure_tree(), GLOSSARY, file.language, named, {})
    fields = named | {"terms": [term_of(term, file.language) for term in file.terms]}
    return Loaded(file.path, file.title, put(page, fields, overwrite))


def term_of(term: Term, language: str) -> dict[str, Any]:
    """A term as a block. It points to the page in its language, else in the house's."""
    page = find_target(term.page, language) or find_target(term.page) if term.page else None
    value = {
        "term": term.term,
        "definition": term.definition,
        "page": page.pk if page else None,
    }
    return {"type": "term", "value": value, "id": term.id}


def write(file: ModuleFile, page: ModulePage, demo: bool, overwrite: bool) -> Iterator[Loaded]:
    """A module and its lessons."""
    fields = file.fields | links_of(file, page)
    if demo:
        fields |= demo_fields(file)
    yield Loaded(file.path, page.title, put(page, fields, overwrite))
    for lesson in file.lessons:
        lesson_fields = lesson.fields | {"number": lesson.number}
        lesson_fields["body"] = with_pictures(lesson)
        target = lesson_page(lesson, page)
        outcome = put(target, lesson_fields, overwrite)
        yield Loaded(lesson.path, lesson.fields["title"], outcome)


def links_of(file: ModuleFile, page: ModulePage) -> dict[str, Any]:
    """What the module points to."""
    same = ModulePage.objects.filter(locale=page.locale_id, slug__in=file.prerequisites)
    return {
        "prerequisites": list(same),
        "competencies": [competency(line, page.locale) for line in file.competencies],
    }


def competency(line: dict[str, str], locale: Locale) -> Competency:
    """The competency of this framework and code."""
    found, _made = Competency.objects.get_or_create(
        framework=line["framework"],
        code=line["code"],
        locale=locale,
        defaults={"name": line["name"]},
    )
    return found


def demo_fields(file: ModuleFile) -> dict[str, Any]:
    """The invented people and hospitals behind a module; only the demo has them."""
    demo = file.demo
    leading, reviewing = (
        find_institution(demo[key]) if demo.get(key) else None
        for key in ("leading_institution", "reviewing_institution")
    )
    return {
        "authors": [
            {
                "type": "author",
                "value": {"institution": ""} | author,
                "id": id_of(f"{file.slug}/authors/{number}"),
            }
            for number, author in enumerate(demo["authors"], 1)
        ],
        "leading_institution": leading,
        "reviewing_institution": reviewing,
        "reviewer": str(demo.get("reviewer") or ""),
        "reviewed_on": demo.get("reviewed_on"),
    }


def with_pictures(lesson: LessonFile) -> list[dict[str, Any]]:
    """The blocks with the images of their files."""
    body = []
    for block in lesson.fields["body"]:
        if block["id"] in lesson.pictures:
            path, title = lesson.pictures[block["id"]]
            block = block | {"value": block["value"] | {"image": image_of(path, title).pk}}
        body.append(block)
    return body


def module_page(file: ModuleFile) -> ModulePage:
    """The module's page, as an empty draft if it is new."""
    fields = {"summary": file.fields["summary"], "themes": file.fields["themes"]}
    return page_of(ModulePage, ensure_tree(), file.slug, file.language, file.fields, fields)


def lesson_page(file: LessonFile, module: ModulePage) -> LessonPage:
    """The lesson's page, as an empty draft if it is new."""
    fields = {"summary": file.fields["summary"]}
    return page_of(LessonPage, module, file.slug, file.language, file.fields, fields)


def page_of(
    kind: type[Any],
    parent: Page,
    slug: str,
    language: str,
    named: dict[str, Any],
    fields: dict[str, Any],
) -> Any:
    """The page of this address in this language, found or begun."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    of_slug = kind.objects.filter(slug=slug)
    if isinstance(parent, ModulePage):
        of_slug = of_slug.filter(path__startswith=parent.path)
    found = of_slug.filter(locale=locale).first()
    if found:
        return found
    if language == settings.LANGUAGE_CODE:
        parent = Page.objects.get(pk=parent.pk)
        page = kind(title=named["title"], slug=slug, locale=locale, live=False, **fields)
        return parent.add_child(instance=page)
    return begin_translation(kind, parent, slug, locale)


def begin_translation(kind: type[Any], parent: Page, slug: str, locale: Locale) -> Any:
    """A draft of the page in another language, below the translation of its parent."""
    sources = kind.objects.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE)
    if isinstance(parent, ModulePage):
        source_parent = parent.get_translation(
            Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        )
        sources = sources.filter(path__startswith=source_parent.path)
    else:
        translated_index(locale)
    return sources.get().copy_for_translation(locale)


def translated_index(locale: Locale) -> None:
    """The list of modules in another language."""
    index = ensure_tree()
    if not index.has_translation(locale):
        draft: CurriculumIndexPage = index.copy_for_translation(locale, copy_parents=True)
        draft.save_revision().publish()


def put(page: Any, fields: dict[str, Any], overwrite: bool) -> str:
    """Publish the page with these fields if they differ; what became of it, in words."""
    kept = "" if overwrite else why_left_alone(page)
    if kept:
        return kept
    values = {name: value_of(page, name, value) for name, value in fields.items()}
    change = {name: values.pop(name) for name in ("change", "change_note") if name in values}
    if page.live and not any(differs(page, name, value) for name, value in values.items()):
        return "unchanged"
    for name, value in (values | change).items():
        setattr(page, name, value)
    before = latest_edition(page)
    page.save_revision(log_action=True).publish()
    after = latest_edition(page)
    if after is None or after == before:
        return "published"
    return f"edition {after.number}, {after.change}"


def why_left_alone(page: Page) -> str:
    """Work of editors is not overwritten without being asked to."""
    if page.latest_revision and page.latest_revision.user_id:
        return "left alone: it was edited in the CMS"
    if page.first_published_at and not page.live:
        return "left alone: it was withdrawn in the CMS"
    return ""


def value_of(page: Page, name: str, value: Any) -> Any:
    """Plain data as the field keeps it."""
    field = page._meta.get_field(name)
    return field.stream_block.to_python(value) if isinstance(field, StreamField) else value


def differs(page: Any, name: str, value: Any) -> bool:
    """Whether the page says something else."""
    field = page._meta.get_field(name)
    now = getattr(page, name)
    if isinstance(field, StreamField):
        return raw(now) != raw(value)
    if isinstance(field, models.ManyToManyField):
        return {row.pk for row in now.all()} != {row.pk for row in value}
    return bool(now != value)
