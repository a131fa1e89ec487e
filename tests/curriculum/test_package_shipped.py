"""Every module that comes with Bothways goes out, into an empty tree, and out again the same."""

from __future__ import annotations

import io

import pytest
from wagtail.models import Revision

from curriculum.loading.writing import How, load, write_files
from curriculum.management.commands.load_curriculum import CONTENT
from curriculum.models import CurriculumIndexPage, ModulePage
from curriculum.packing.packages import opened, write_package
from publishing.models import Edition, EditionFile, Image

pytestmark = pytest.mark.django_db


def packed(module: ModulePage) -> bytes:
    """The module as a package."""
    target = io.BytesIO()
    write_package(module, target)
    return target.getvalue()


def empty_the_tree() -> None:
    """As in a new installation: no module, no picture."""
    EditionFile.objects.all().delete()
    Edition.objects.exclude(translates=None).delete()
    Edition.objects.all().delete()
    for page in CurriculumIndexPage.objects.all():
        for module in page.get_children():
            module.delete()
    Revision.objects.all().delete()
    Image.objects.all().delete()


def test_shipped_modules_come_back_to_the_byte() -> None:
    load([CONTENT])
    modules = list(ModulePage.objects.filter(locale__language_code="en").order_by("number"))
    before = {module.slug: packed(module) for module in modules}
    empty_the_tree()
    assert not ModulePage.objects.exists()

    for package in before.values():
        with opened(io.BytesIO(package)) as (files, _manifest):
            write_files(files, How())

    after = {m.slug: packed(m) for m in ModulePage.objects.filter(locale__language_code="en")}
    assert len(after) == 8
    assert {slug for slug in before if after[slug] != before[slug]} == set()
