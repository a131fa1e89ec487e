"""What can only be judged with the models and the database at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.models import Page

from people.models import Institution

from ..models import Competency, GlossaryPage, LessonPage, ModulePage
from ..models.forms import TAKEN_SLUGS
from .faults import Fault, Notes
from .glossary_file import GlossaryFile
from .lesson_file import LessonFile
from .links import Target, find_page, find_target
from .module_file import ModuleFile

PLACES = ("leading_institution", "reviewing_institution")


def judge(modules: list[ModuleFile], glossaries: list[GlossaryFile]) -> list[Fault]:
    """Every fault of every file."""
    for module in modules:
        judge_module(module, modules)
        judge_behind(module)
        judge_module_limits(module)
        judge_targets(module.targets, module, modules, module.notes)
        for lesson in module.lessons:
            judge_limits(lesson)
            judge_targets(lesson.targets, module, modules, lesson.notes)
    for glossary in glossaries:
        judge_glossary(glossary, glossaries, modules)
    notes = [glossary.notes.faults for glossary in glossaries]
    return [fault for faults in [*(m.faults for m in modules), *notes] for fault in faults]


def judge_glossary(
    file: GlossaryFile, glossaries: list[GlossaryFile], modules: list[ModuleFile]
) -> None:
    """One in each language; what its terms point to exists; a translation has a source."""
    house = settings.LANGUAGE_CODE
    languages = [glossary.language for glossary in glossaries]
    if file.language and file.language not in dict(settings.LANGUAGES):
        file.notes.add(1, f"“{file.language}” is no language of this installation.")
    if languages.count(file.language) > 1:
        file.notes.add(1, f"There are several glossaries in “{file.language}”.")
    in_house = GlossaryPage.objects.filter(locale__language_code=house)
    if house not in languages and not in_house.exists():
        file.notes.add(1, "It translates no glossary.")
    known = addresses(modules)
    for term in file.terms:
        if term.page and term.page not in known and find_target(term.page) is None:
            file.notes.add(term.line, f"There is no module or lesson “{term.page}”.")


def judge_module(module: ModuleFile, modules: list[ModuleFile]) -> None:
    """What a module points to exists."""
    twins = [m for m in modules if (m.slug, m.language) == (module.slug, module.language)]
    if twins[0] is not module:
        module.front.fault("slug", f"“{module.slug}” is the slug of {twins[0].path} too.")
    if module.slug in TAKEN_SLUGS:
        module.front.fault("slug", f"The address “{module.slug}” is taken.")
    if module.language not in dict(settings.LANGUAGES):
        module.front.fault("language", f"“{module.language}” is no language of this installation.")
    known = {m.slug for m in modules}
    for slug in module.prerequisites:
        there = slug.partition("?")[0] in known or ModulePage.objects.filter(slug=slug).exists()
        if not there and find_page(slug, module.language) is None:
            module.front.fault("prerequisites", f"There is no module “{slug}”.")
    if module.language != settings.LANGUAGE_CODE and not has_source(module, modules):
        module.front.fault("slug", f"“{module.slug}” translates no module.")
    if module.language != settings.LANGUAGE_CODE:
        for lesson in module.lessons:
            if not has_source_lesson(module, lesson, modules):
                lesson.front.fault("slug", f"“{lesson.slug}” translates no lesson.")


def judge_behind(module: ModuleFile) -> None:
    """Who stands behind it: places that exist, and a partner who is another than the leader."""
    places = {}
    for key in PLACES:
        name = module.behind.get(key)
        places[key] = find_institution(name) if name else None
        if name and places[key] is None:
            module.front.fault(key, f"There is no institution “{name}”.")
    leading, reviewing = (places[key] for key in PLACES)
    if reviewing and reviewing == leading:
        module.front.fault(PLACES[1], "A partner reviews it, not the one who leads it.")
    reviewed = module.behind.get("reviewer") or module.behind.get("reviewed_on")
    if reviewed and not module.behind.get(PLACES[1]):
        module.front.fault("reviewer", "The institution that reviewed it is not named.")


def judge_targets(
    targets: list[Target], module: ModuleFile, modules: list[ModuleFile], notes: Notes
) -> None:
    """Links of ours lead somewhere, in the database or in the files."""
    known = addresses(modules)
    for target in targets:
        there = target.address.partition("?")[0] in known
        if not there and find_page(target.address, module.language) is None:
            notes.add(target.line, f"There is no page “{target.address}” to link to.")


def addresses(modules: list[ModuleFile]) -> set[str]:
    """The modules and lessons of the files."""
    lessons = {f"{module.slug}/{lesson.slug}" for module in modules for lesson in module.lessons}
    return lessons | {module.slug for module in modules}


def has_source(module: ModuleFile, modules: list[ModuleFile]) -> bool:
    """Whether there is a module to translate, in the files or in the database."""
    house = settings.LANGUAGE_CODE
    return (
        any(m.slug == module.slug and m.language == house for m in modules)
        or ModulePage.objects.filter(slug=module.slug, locale__language_code=house).exists()
    )


def has_source_lesson(module: ModuleFile, lesson: LessonFile, modules: list[ModuleFile]) -> bool:
    """Whether there is a lesson to translate."""
    address = f"{module.slug}/{lesson.slug}"
    house = [m for m in modules if m.language == settings.LANGUAGE_CODE]
    return address in addresses(house) or find_target(address) is not None


def find_institution(name: object) -> Institution | None:
    """By slug, full name or short name."""
    text = str(name)
    found = Q(slug=text) | Q(name=text) | Q(short_name=text)
    return Institution.objects.filter(found).order_by("pk").first()


def judge_limits(lesson: LessonFile) -> None:
    """The limits of the editor's form hold for files too."""
    for name in ("body", "sources", "serves"):
        raw = lesson.fields[name]
        for index, sentence in over_limits(LessonPage, name, raw):
            block = raw[index] if index is not None and index < len(raw) else None
            lesson.notes.add(line_of(lesson, name, block), sentence)


def judge_module_limits(module: ModuleFile) -> None:
    """The same for a module's lists, and for what a column holds."""
    values = module.fields | module.behind
    for name in ("outcomes", "opinions", "further_reading", "authors"):
        for _index, sentence in over_limits(ModulePage, name, values.get(name) or []):
            module.front.fault(name, sentence)
    for line in module.competencies:
        for name in ("framework", "code", "name"):
            most = getattr(Competency._meta.get_field(name), "max_length", 0)
            if not 0 < len(line[name]) <= most:
                module.front.fault("competencies", f"“{name}” has 1 to {most} characters.")


def over_limits(
    kind: type[Page], name: str, raw: list[dict[str, Any]]
) -> Iterator[tuple[int | None, str]]:
    """Number of the block and sentence of everything that a form would refuse."""
    stream = getattr(kind, name).field.stream_block
    try:
        if raw:
            stream.clean_deferred(stream.to_python(raw))
    except ValidationError as error:
        yield from sentences(error)


def line_of(lesson: LessonFile, name: str, block: dict[str, Any] | None) -> int:
    """Where the block begins; a source stands at its key."""
    if block and block["type"] == "source":
        return lesson.front.line(block["value"]["key"])
    return lesson.lines.get(block["id"] if block else "", lesson.front.line(name))


def sentences(error: ValidationError, index: int | None = None) -> Iterator[tuple[int | None, str]]:
    """The number of the block and the sentence of every nested error."""
    inner = getattr(error, "block_errors", None)
    own = getattr(error, "non_block_errors", None)
    if inner is None and own is None:
        cells = getattr(error, "cell_errors", None) or {}
        for row in cells.values():
            for fault in row.values():
                yield from sentences(fault, index)
        if not cells:
            yield index, " ".join(error.messages)
        return
    for fault in own or []:
        yield index, " ".join(ValidationError(fault).messages)
    for key, fault in pairs(inner):
        place = index if index is not None else (key if isinstance(key, int) else None)
        for one in fault if isinstance(fault, list) else [fault]:
            yield from sentences(one, place)


def pairs(inner: Any) -> Iterable[tuple[Any, Any]]:
    """Errors of inner blocks, kept by number or by name."""
    if not inner:
        return []
    return inner.items() if isinstance(inner, dict) else enumerate(inner)
