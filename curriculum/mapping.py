"""Which module serves what: themes of the product, and competencies of published frameworks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import User

from .addresses import address_of
from .finding import in_reader_language
from .frameworks import Entry, Framework, frameworks
from .models import Competency, LessonPage, ModulePage
from .rendering import link_doi
from .showing import Link
from .themes import Theme

Served = dict[tuple[str, str], set[int]]  # modules by framework and code


@dataclass(frozen=True)
class Column:
    """A module."""

    pk: int
    number: str
    link: Link


@dataclass(frozen=True)
class Cell:
    """What a module gives to a row; empty if nothing."""

    module: str
    words: str


@dataclass(frozen=True)
class Row:
    """A theme, domain or subcompetency, with a cell for each module or a gap in words."""

    code: str
    name: str
    cells: list[Cell]
    gap: str = ""
    is_named: bool = True
    is_checked: bool = True


@dataclass(frozen=True)
class Table:
    """One table of the map."""

    key: str
    title: str
    rows: list[Row]
    source: SafeString | None = None
    read: SafeString | None = None

    @property
    def gaps(self) -> int:
        """Rows that no module serves, as far as their names are known."""
        return sum(bool(row.gap) and row.is_named for row in self.rows)

    @property
    def has_unchecked(self) -> bool:
        """Whether a name still has to be read in its source."""
        return not all(row.is_checked for row in self.rows)


@dataclass(frozen=True)
class MapShown:
    """The map."""

    columns: list[Column]
    tables: list[Table]


def draw_map(user: User) -> MapShown:
    """From the pages' own fields, in the reader's language. Three queries."""
    modules = in_reader_language(
        list(ModulePage.objects.visible_to(user).in_order().select_related("locale"))
    )
    columns = [
        Column(module.pk, str(module.number), Link(module.title, address_of(module)))
        for module in modules
    ]
    served, names = served_by(modules)
    tables = [themes_table(modules, columns)]
    tables += [framework_table(one, columns, served) for one in frameworks()]
    others = others_rows(served, names, columns)
    if others:
        tables.append(Table("others", _("Other competencies that modules name"), others))
    return MapShown(columns, tables)


def served_by(modules: list[ModulePage]) -> tuple[Served, dict[tuple[str, str], str]]:
    """The modules of each competency, and the names that pages give them.

    A translation serves what its source serves: what any language names counts.
    """
    shown = {module.translation_key: module.pk for module in modules}
    links = ModulePage.competencies.through.objects.filter(
        modulepage__translation_key__in=shown, modulepage__live=True
    )
    served: Served = defaultdict(set)
    names: dict[tuple[str, str], str] = {}
    for link in links.select_related("competency", "modulepage"):
        competency: Competency = link.competency
        key = (competency.framework, competency.code)
        served[key].add(shown[link.modulepage.translation_key])
        names[key] = competency.name
    return served, names


def themes_table(modules: list[ModulePage], columns: list[Column]) -> Table:
    """Each theme with the number of lessons that have it; a module may have it by itself."""
    lessons: dict[str, list[str]] = defaultdict(list)
    found = LessonPage.objects.in_modules(modules).values_list("parent_path", "themes")
    for path, letters in found:
        lessons[path].append(letters)
    rows = []
    for theme in Theme:
        cells = [
            Cell(column.link.text, theme_words(theme, module.themes, lessons[module.path]))
            for module, column in zip(modules, columns, strict=True)
        ]
        rows.append(row_of(Entry(theme.value, str(theme.label), True), cells))
    return Table("themes", _("Themes"), rows)


def theme_words(theme: str, of_module: str, of_lessons: Iterable[str]) -> str:
    """How much of a module has the theme."""
    count = sum(theme in themes for themes in of_lessons)
    if count:
        return ngettext("%(n)s lesson", "%(n)s lessons", count) % {"n": count}
    return _("module") if theme in of_module else ""


def framework_table(framework: Framework, columns: list[Column], served: Served) -> Table:
    """Every entry of a framework, served or not."""
    rows = [
        served_row(entry, columns, served[framework.key, entry.code]) for entry in framework.entries
    ]
    source, read = link_doi(framework.source), link_doi(framework.read)
    return Table(framework.key, framework.title, rows, source, read)


def served_row(entry: Entry, columns: list[Column], modules: set[int]) -> Row:
    """An entry with a mark for each module that names it."""
    words = _("yes")
    cells = [Cell(column.link.text, words if column.pk in modules else "") for column in columns]
    return row_of(entry, cells)


def row_of(entry: Entry, cells: list[Cell]) -> Row:
    """A row; its gap in words where no cell says anything."""
    if any(cell.words for cell in cells):
        return Row(entry.code, entry.name, cells, is_checked=entry.is_checked)
    if entry.name:
        gap = _("No module serves this yet.")
        return Row(entry.code, entry.name, [], gap, is_checked=entry.is_checked)
    unread = _("Its name was not read yet, so nothing is marked.")
    return Row(entry.code, "", [], unread, is_named=False, is_checked=False)


def others_rows(
    served: Served, names: dict[tuple[str, str], str], columns: list[Column]
) -> list[Row]:
    """What pages name and no framework of the file has."""
    known = {(one.key, entry.code) for one in frameworks() for entry in one.entries}
    return [
        served_row(Entry(f"{framework} {code}", names[framework, code], True), columns, modules)
        for (framework, code), modules in sorted(served.items())
        if (framework, code) not in known and modules
    ]
