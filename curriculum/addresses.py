"""Addresses of pages, from their stored path and without a query."""

from __future__ import annotations

from wagtail.models import Page


def address_of(page: Page) -> str:
    """The path below the site root: /curriculum/<module>/<lesson>/."""
    return "/" + str(page.url_path).split("/", 2)[2]
