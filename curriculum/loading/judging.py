"""What can only be judged with the models and the database at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.models import Page

from people.models import Institution

from ..models import GlossaryPage, LessonPage, ModulePage
from ..models.forms import TAKEN_SLUGS
from .faults import Fault
from .glossary_file import GlossaryFile
from .lesson_file import LessonFile
from .module_file import ModuleFile

PLACES = ("leading_institution", "reviewing_institution")


def judge(modules: list[ModuleFile], glossaries: list[GlossaryFile], *, demo: bool) -> list[Fault]:
    """Every fault of every file."""
    for module in modules:
        judge_module(module, modules, demo=demo)
        for lesson in module.lessons:
            judge_limits(lesson)
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
    known = {module.slug for module in modules}
    known |= {f"{module.slug}/{lesson.slug}" for module in modules for lesson in module.lessons}
    for term in file.terms:
        if term.page and term.page not in known and find_target(term.page) is None:
            file.notes.add(term.line, f"There is no module or lesson “{term.page}”.")


def find_target(address: str, language: str = settings.LANGUAGE_CODE) -> Page | None:
    """The module of this slug, or the lesson of module/lesson."""
    slug, _slash, lesson = address.partition("/")
    module = ModulePage.objects.filter(slug=slug, locale__language_code=language).first()
    if module is None or not lesson:
        return module
    return LessonPage.objects.child_of(module).filter(slug=lesson).first()


def judge_module(module: ModuleFile, modules: list[ModuleFile], *, demo: bool) -> None:
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
        if slug not in known and not ModulePage.objects.filter(slug=slug).exists():
            module.front.fault("prerequisites", f"There is no module “{slug}”.")
    if module.language != settings.LANGUAGE_CODE and not has_source(module, modules):
        module.front.fault("slug", f"“{module.slug}” translates no module.")
    for key in PLACES if demo else ():
        name = module.demo.get(key)
        if name and find_institution(name) is None:
            module.front.fault(key, f"There is no institution “{name}”.")


def has_source(module: ModuleFile, modules: list[ModuleFile]) -> bool:
    """Whether there is a module to translate, in the files or in the database."""
    house = settings.LANGUAGE_CODE
    return (
        any(m.slug == module.slug and m.language == house for m in modules)
        or ModulePage.objects.filter(slug=module.slug, locale__language_code=house).exists()
    )


def find_institution(name: object) -> Institution | None:
    """By slug, full name or short name."""
    text = str(name)
    found = Q(slug=text) | Q(name=text) | Q(short_name=text)
    return Institution.objects.filter(found).order_by("pk").first()


def judge_limits(lesson: LessonFile) -> None:
    """The limits of the editor's form hold for files too."""
    for name in ("body", "sources", "serves"):
        stream = getattr(LessonPage, name).field.stream_block
        raw = lesson.fields[name]
        try:
            stream.clean_deferred(stream.to_python(raw))
        except ValidationError as error:
            for index, sentence in sentences(error):
                block = raw[index] if index is not None and index < len(raw) else None
                lesson.notes.add(line_of(lesson, name, block), sentence)


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
