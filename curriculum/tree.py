"""The place where modules go. A new database has it from a migration; this mends it."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Locale, Page, Site

from .models import CurriculumIndexPage


def ensure_tree() -> CurriculumIndexPage:
    """The index in the house's language, made with everything above it where it is missing."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = ensure_home()
    index = CurriculumIndexPage.objects.child_of(home).first()
    return index or home.add_child(
        instance=CurriculumIndexPage(title="Modules", slug="curriculum", locale=home.locale)
    )


def ensure_home() -> Page:
    """The bare page at the root of the site."""
    site = Site.objects.filter(is_default_site=True).first()
    if site:
        return site.root_page
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = root.get_children().first() or root.add_child(
        instance=Page(title="Bothways", slug="home")
    )
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home
