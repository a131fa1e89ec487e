"""A module goes out as a package and comes back with every word of it, whatever editors wrote."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wagtail.models import Revision

from curriculum.faults import lesson_faults
from curriculum.freezing import raw
from curriculum.loading.comparing import lesson_now, module_now
from curriculum.loading.writing import How, write_files
from curriculum.models import CurriculumIndexPage, LessonPage, ModulePage
from curriculum.packing.packages import opened
from curriculum.rendering import draw
from curriculum.typeset import INSIDE_A_LINE, TAG, name_of
from publishing.models import Edition, EditionFile
from tests.curriculum.making import make_lesson, make_module, source
from tests.curriculum.packing import MODULE, bodies, packed, shown
from tests.curriculum.wording import LINE

pytestmark = pytest.mark.django_db


def words_of(lesson: LessonPage) -> str:
    """What a reader reads, as words alone."""
    drawn = draw(lesson.frozen_content(keep=False))
    answers = [
        f"{check.question} {one.id} {one.text} {one.right} {one.explanation}"
        for check in drawn.checks
        for one in check.choices
    ]
    body = TAG.sub(lambda tag: "" if name_of(tag[0]) in INSIDE_A_LINE else " ", drawn.body)
    words = [drawn.title, body, *answers, str(drawn.sources)]
    return re.sub(r"(\s|&nbsp;)+", " ", " ".join(words))


def state(module: ModulePage) -> tuple[Any, ...]:
    """Everything that the pages say."""
    lessons = list(LessonPage.objects.child_of(module).order_by("path"))
    ids = [[block["id"] for block in raw(lesson.body)] for lesson in lessons]
    fields = [module_now(module), *map(lesson_now, lessons)]
    return fields, list(map(words_of, lessons)), ids


def remove(module: ModulePage) -> None:
    """As if it had never been here."""
    EditionFile.objects.all().delete()
    Edition.objects.all().delete()
    Revision.objects.all().delete()
    ModulePage.objects.get(pk=module.pk).delete()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),  # a module is large, and its tree is made once
)
@given(data=st.data())
def test_generated_module_comes_back(data: st.DataObject, index: CurriculumIndexPage) -> None:
    with transaction.atomic():
        fields = data.draw(MODULE)
        streams = ("opinions", "further_reading", "authors")
        for name in streams:
            fields[name] = ModulePage._meta.get_field(name).stream_block.to_python(fields[name])
        module = make_module(index, slug="language", **fields)
        files = shown()
        for number in (1, 2):
            body = data.draw(bodies(files))
            sources = [source("flores2012"), source("who2012")]
            assume(not list(lesson_faults(body, sources)))
            said = {"number": number, "body": body, "sources": sources}
            make_lesson(module, data.draw(LINE), slug=f"l{number}", **said)
        before, package = state(module), packed(module)

        remove(module)
        with opened(io.BytesIO(package)) as (read, _manifest):
            write_files(read, How())

        again = ModulePage.objects.get()
        assert state(again) == before
        assert packed(again) == package
        transaction.set_rollback(True)
