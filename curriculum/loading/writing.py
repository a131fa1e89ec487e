"""Files become pages the way an editor's work does: a draft is saved, then published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from people.models import User
from publishing.editions import latest_edition

from ..editors import let_edit
from ..freezing import raw
from ..models import Competency, CurriculumIndexPage, GlossaryPage, LessonPage, ModulePage
from ..models.glossary import SLUG as GLOSSARY
from ..tree import ensure_tree
from .comparing import Shown, lesson_now, lesson_then, module_now, module_then
from .faults import FilesRefused
from .glossary_file import GlossaryFile, Term, find_glossaries, read_glossary
from .judging import find_institution, judge
from .lesson_file import LessonFile
from .links import find_exactly, find_page, linked
from .module_file import ModuleFile, find_folders, read_folder
from .pictures import image_of
from .recordings import media_of


@dataclass(frozen=True)
class How:
    """How far to go, and for whom. Without a user it is the operator, who may do everything."""

    demo: bool = False
    overwrite: bool = False
    draft: bool = False
    user: User | None = None


@dataclass(frozen=True)
class Loaded:
    """What became of one file."""

    path: Path
    title: str
    outcome: str


@dataclass(frozen=True)
class Files:
    """Everything that was read, the house's language first."""

    modules: list[ModuleFile]
    glossaries: list[GlossaryFile]


@dataclass(frozen=True)
class Wanted:
    """What a page is to say: in the form to compare, and how to get at its fields."""

    shown: Shown
    fields: Callable[[], dict[str, Any]]


def read_files(paths: list[Path], *, demo: bool = False) -> Files:
    """Read and judge everything at or below the paths."""
    modules = [read_folder(folder, demo=demo) for folder in find_folders(paths)]
    glossaries = [read_glossary(path) for path in find_glossaries(paths)]
    faults = judge(modules, glossaries)
    if faults:
        raise FilesRefused(faults)
    modules.sort(key=lambda m: (m.language != settings.LANGUAGE_CODE, m.fields["number"]))
    glossaries.sort(key=lambda g: (g.language != settings.LANGUAGE_CODE, g.language))
    return Files(modules, glossaries)


def load(paths: list[Path], *, demo: bool = False, overwrite: bool = False) -> list[Loaded]:
    """Read, judge and publish everything at or below the paths. All of it or nothing."""
    return write_files(read_files(paths, demo=demo), How(demo=demo, overwrite=overwrite))


@transaction.atomic
def write_files(files: Files, how: How) -> list[Loaded]:
    """Write what was read. Every page is begun before any is written, as they link to others."""
    pages = [(file, module_page(file, how)) for file in files.modules]
    lessons = [[lesson_page(lesson, page) for lesson in file.lessons] for file, page in pages]
    for _file, page in pages:
        page.refresh_from_db(fields=["numchild"])  # it has children now, and is saved below
    done: list[Loaded] = []
    for (file, page), below in zip(pages, lessons, strict=True):
        done += write(file, page, below, how)
    return done + [write_glossary(file, how) for file in files.glossaries]


def write_glossary(file: GlossaryFile, how: How) -> Loaded:
    """The glossary of a language; after the modules, because it points to them."""
    named = {"title": file.title}
    page = page_of(GlossaryPage, ensure_tree(), GLOSSARY, file.language, named, {})
    return Loaded(file.path, file.title, put(page, wanted_glossary(file), how))


def wanted_glossary(file: GlossaryFile) -> Wanted:
    """What the glossary is to say."""
    terms = [term_of(term, file.language) for term in file.terms]
    shown = {"terms": raw(GlossaryPage.terms.field.stream_block.to_python(terms))}
    fields = {"title": file.title, "terms": terms}
    return Wanted({"title": file.title} | shown, lambda: fields)


def term_of(term: Term, language: str) -> dict[str, Any]:
    """A term as a block. It points to the page in its language, else in the house's."""
    page = find_page(term.page, language) if term.page else None
    value = {
        "term": term.term,
        "definition": term.definition,
        "page": page.pk if page else None,
    }
    return {"type": "term", "value": value, "id": term.id}


def write(
    file: ModuleFile, page: ModulePage, lessons: list[LessonPage], how: How
) -> Iterator[Loaded]:
    """A module and its lessons."""
    yield Loaded(file.path, file.fields["title"], put(page, wanted_module(file), how))
    for lesson, target in zip(file.lessons, lessons, strict=True):
        outcome = put(target, wanted_lesson(lesson), how)
        yield Loaded(lesson.path, lesson.fields["title"], outcome)
    if file.order and not how.draft:
        arrange(page, file.order)


def arrange(module: ModulePage, order: list[str]) -> None:
    """Put the lessons into the order of reading; those that it does not name stay before."""
    lessons = LessonPage.objects.child_of(ModulePage.objects.get(pk=module.pk)).order_by("path")
    if [lesson.slug for lesson in lessons if lesson.slug in order] == order:
        return
    for slug in order:
        lesson = LessonPage.objects.child_of(module).filter(slug=slug).first()
        if lesson:
            lesson.move(ModulePage.objects.get(pk=module.pk), "last-child")


def wanted_module(file: ModuleFile) -> Wanted:
    """What the module's page is to say."""
    behind = behind_fields(file)
    intro = linked(file.fields["intro"], file.language)
    return Wanted(
        module_then(file, behind),
        lambda: file.fields | {"intro": intro} | links_of(file) | behind,
    )


def wanted_lesson(file: LessonFile) -> Wanted:
    """What the lesson's page is to say."""
    return Wanted(
        lesson_then(file), lambda: file.fields | {"number": file.number, "body": with_files(file)}
    )


def links_of(file: ModuleFile) -> dict[str, Any]:
    """What the module points to."""
    same = [find_exactly(address, file.language) for address in file.prerequisites]
    return {
        "prerequisites": [module for module in same if module],
        "competencies": [competency(line, file.language) for line in file.competencies],
    }


def competency(line: dict[str, str], language: str) -> Competency:
    """The competency of this framework and code."""
    locale = Locale.objects.get(language_code=language)
    found, _made = Competency.objects.get_or_create(
        framework=line["framework"],
        code=line["code"],
        locale=locale,
        defaults={"name": line["name"]},
    )
    return found


def behind_fields(file: ModuleFile) -> dict[str, Any]:
    """Who stands behind a module, as far as its file says it."""
    fields = dict(file.behind)
    for key in ("leading_institution", "reviewing_institution"):
        if key in fields:
            fields[key] = find_institution(fields[key]) if fields[key] else None
    if "reviewer" in fields:
        fields["reviewer"] = str(fields["reviewer"] or "")
    if "reviewed_on" in fields:
        fields["reviewed_on"] = fields["reviewed_on"] or None
    return fields


def with_files(lesson: LessonFile) -> list[dict[str, Any]]:
    """The blocks with the images and recordings of their files, and with their links."""
    body = []
    for block in linked(lesson.fields["body"], lesson.language):
        value = block["value"]
        if block["id"] in lesson.pictures:
            path, title = lesson.pictures[block["id"]]
            value = value | {"image": image_of(path, title).pk}
        if block["id"] in lesson.recordings:
            value = value | {"media": media_of(lesson.recordings[block["id"]]).pk}
        body.append(block | {"value": value})
    return body


def module_page(file: ModuleFile, how: How) -> ModulePage:
    """The module's page, as an empty draft if it is new."""
    fields = {"summary": file.fields["summary"], "themes": file.fields["themes"]}
    index = ensure_tree()
    found: ModulePage | None = found_page(ModulePage, index, file.slug, file.language)
    refuse_others(file, found, how)
    if found is None:
        found = page_of(ModulePage, index, file.slug, file.language, file.fields, fields)
        found.leading_institution = behind_fields(file).get("leading_institution")
        let_edit(found)
        refuse_others(file, found, how)
    return found


def refuse_others(file: ModuleFile, page: ModulePage | None, how: How) -> None:
    """Whoever may not edit or publish the module in the CMS may not do it with files either."""
    if how.user is None:
        return
    if page is None:
        index = CurriculumIndexPage.objects.filter(locale__language_code=file.language).first()
        may = (index or ensure_tree()).permissions_for_user(how.user).can_add_subpage()
    else:
        # Read anew: Wagtail keeps what a person might do before the module was begun.
        tester = page.permissions_for_user(User.objects.get(pk=how.user.pk))
        may = tester.can_edit() and (how.draft or tester.can_publish())
    if not may:
        sentence = _("“%(title)s” is in the hands of the editors of another institution.")
        raise PermissionDenied(sentence % {"title": file.fields["title"]})


def lesson_page(file: LessonFile, module: ModulePage) -> LessonPage:
    """The lesson's page, as an empty draft if it is new."""
    fields = {"summary": file.fields["summary"]}
    page: LessonPage = page_of(LessonPage, module, file.slug, file.language, file.fields, fields)
    return page


def found_page(kind: type[Any], parent: Page, slug: str, language: str) -> Any:
    """The page of this address in this language, if there is one."""
    of_slug = kind.objects.filter(slug=slug, locale__language_code=language)
    if isinstance(parent, ModulePage):
        of_slug = of_slug.filter(path__startswith=parent.path)
    return of_slug.first()


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
    found = found_page(kind, parent, slug, language)
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


def put(page: Any, wanted: Wanted, how: How) -> str:
    """Publish the page with these fields if they differ; what became of it, in words."""
    kept = why_left_alone(page, how)
    if kept:
        return kept
    target = draft_of(page) if how.draft else page
    begun = target.live or (how.draft and page.latest_revision_id)
    if begun and not differing(target, wanted.shown):
        return "unchanged"
    for name, value in wanted.fields().items():
        setattr(target, name, value_of(target, name, value))
    if how.draft:
        if not page.latest_revision_id:
            target.save(clean=False)
        target.save_revision(user=how.user, log_action=True)
        return "saved as a draft"
    before = latest_edition(target)
    target.save_revision(user=how.user, log_action=True).publish(user=how.user)
    after = latest_edition(target)
    if after is None or after == before:
        return "published"
    return f"edition {after.number}, {after.change}"


def draft_of(page: Any) -> Any:
    """The newest version of a page."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def why_left_alone(page: Page, how: How) -> str:
    """Work of editors is not overwritten without being asked to, and never behind a lock."""
    lock = page.get_lock() if how.user else None
    if lock and lock.for_user(how.user):
        return str(_("left alone: it is locked in the CMS"))
    if how.overwrite:
        return ""
    if page.latest_revision and page.latest_revision.user_id:
        return str(_("left alone: it was edited in the CMS"))
    if page.first_published_at and not page.live:
        return str(_("left alone: it was withdrawn in the CMS"))
    return ""


def value_of(page: Page, name: str, value: Any) -> Any:
    """Plain data as the field keeps it."""
    field = page._meta.get_field(name)
    return field.stream_block.to_python(value) if isinstance(field, StreamField) else value


def differing(page: Any, shown: Shown) -> list[str]:
    """The fields in which the page says something else."""
    if isinstance(page, ModulePage):
        now = module_now(page)
    elif isinstance(page, LessonPage):
        now = lesson_now(page)
    else:
        now = {"title": page.title, "terms": raw(page.terms)}
    return [name for name, value in shown.items() if now[name] != value]
