"""From an address to a page, in one query and in the reader's language."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from .addresses import address_of
from .models import CurriculumIndexPage, GlossaryPage, LessonPage, ModulePage
from .models.glossary import SLUG

P = TypeVar("P", bound=Page)
ROOT = "curriculum"
KINDS: dict[int, type[Page]] = {1: CurriculumIndexPage, 2: ModulePage, 3: LessonPage}
DEPTH_OF_SITE = 2


def kind_at(parts: list[str]) -> type[Page] | None:
    """What stands at an address: modules and the glossary share a level."""
    if parts[0] != ROOT:
        return None
    return GlossaryPage if parts[1:] == [SLUG] else KINDS.get(len(parts))


def find_page(path: str) -> Page | None:
    """The index, glossary, module or lesson at this address, published or not."""
    parts = path.strip("/").split("/")
    kind = kind_at(parts)
    if kind is None:
        return None
    found = kind.objects.filter(depth=DEPTH_OF_SITE + len(parts), slug=parts[-1])
    with_all = found.select_related("locale") if kind is CurriculumIndexPage else found.for_page()
    address = f"/{path.strip('/')}/"
    pages = [page for page in with_all if address_of(page) == address]
    return min(pages, key=distance, default=None)


def distance(page: Page) -> tuple[bool, int]:
    """Published before not; the reader's language, then the house's, then any."""
    wanted = [get_language(), settings.LANGUAGE_CODE]
    code = page.locale.language_code
    return not page.live, wanted.index(code) if code in wanted else len(wanted)


def in_reader_language(pages: list[P]) -> list[P]:
    """One page of each module or lesson: the nearest language."""
    nearest: dict[object, P] = {}
    for page in sorted(pages, key=distance, reverse=True):
        nearest[page.translation_key] = page
    return [page for page in pages if nearest[page.translation_key] is page]
