"""Links to pages of ours: by address in a file, by number in the CMS.

`page:why-we-go` is a module, `page:why-we-go/forty-hernias` a lesson, in the language of the file
or else of the house; `?es` behind it says another; `page:/home/…` is any page by its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from wagtail.models import Page

from ..faults import strings
from ..models import LessonPage, ModulePage
from .markup import PAGE

LINK = re.compile(rf'<a href="{PAGE}([^"]*)">')


@dataclass(frozen=True)
class Target:
    """A page that a block leads to, with the line of the block."""

    address: str
    line: int


def targets_of(body: list[dict[str, Any]], lines: dict[str, int]) -> Iterator[Target]:
    """Every page that the blocks lead to."""
    for block in body:
        for address in addresses_in(block["value"]):
            yield Target(address, lines.get(block["id"], 1))


def addresses_in(value: Any) -> Iterator[str]:
    """The addresses of pages in nested plain data."""
    for text in strings(value):
        yield from map(unescape, LINK.findall(text))


def find_page(address: str, language: str) -> Page | None:
    """The page of an address in a file of this language."""
    if address.startswith("/"):
        return Page.objects.filter(url_path=address).first()
    found = find_exactly(address, language)
    return found if found or "?" in address else find_target(address)


def find_exactly(address: str, language: str) -> Page | None:
    """The module or lesson in this language, or in the one that the address names."""
    address, _mark, other = address.partition("?")
    return find_target(address, other or language)


def find_target(address: str, language: str = settings.LANGUAGE_CODE) -> Page | None:
    """The module of this slug, or the lesson of module/lesson."""
    slug, _slash, lesson = address.partition("/")
    module = ModulePage.objects.filter(slug=slug, locale__language_code=language).first()
    if module is None or not lesson:
        return module
    return LessonPage.objects.child_of(module).filter(slug=lesson).first()


def address_of(page: Page, language: str) -> str:
    """The address of a page for a file of this language."""
    page = page.specific
    if isinstance(page, ModulePage):
        found = page.slug
    elif isinstance(page, LessonPage):
        found = f"{page.get_parent().slug}/{page.slug}"
    else:
        return str(page.url_path)
    own = page.locale.language_code
    return found if own == language else f"{found}?{own}"


def linked(value: Any, language: str) -> Any:
    """Nested plain data with links as the CMS keeps them; a link to nowhere is left out."""
    if isinstance(value, str):
        return LINK.sub(lambda found: link_to(unescape(found[1]), language), value)
    if isinstance(value, dict):
        return {key: linked(part, language) for key, part in value.items()}
    if isinstance(value, list):
        return [linked(part, language) for part in value]
    return value


def link_to(address: str, language: str) -> str:
    """The opening of a link to a page."""
    page = find_page(address, language)
    return format_html('<a linktype="page" id="{}">', page.pk) if page else "<a>"
