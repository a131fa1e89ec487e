"""Every constraint of our tables is broken by a test; every pointer at a person is known."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint
from django.utils import timezone

from curriculum.models import Competency, ModuleCompletion, ModulePage
from partnerships.models import TripMember
from pathways.models import Certificate
from people.models import (
    Cohort,
    Institution,
    Invitation,
    Membership,
    Policy,
    Programme,
    Supervision,
    User,
)
from publishing.models import Edition, EditionFile, Image, Media, MediaTrack, Rendition
from reflections.models import EntryVersion, Reading

from .world import World

pytestmark = pytest.mark.django_db

OURS = {"people", "partnerships", "reflections", "curriculum", "pathways", "jobs", "publishing"}
OURS |= {"home", "cms", "lti"}
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
UNIQUE = [
    (model, rule)
    for model in OUR_MODELS
    for rule in model._meta.constraints
    if isinstance(rule, UniqueConstraint)
]
CHECKS = {
    rule.name
    for model in OUR_MODELS
    for rule in model._meta.constraints
    if isinstance(rule, CheckConstraint)
}
OTHER_TESTS = "".join(
    path.read_text(encoding="utf-8")
    for path in Path(__file__).parent.parent.rglob("test_*.py")
    if path != Path(__file__)
)


def add_rows(world: World) -> None:
    """One row of each table that the world leaves empty."""
    now = timezone.now()
    version = EntryVersion.objects.first()
    Reading.objects.create(version=version, reader=world.people["mentor"], right="mentor", at=now)
    Cohort.objects.create(programme=Programme.objects.first(), year=2026)
    place = Institution.objects.get(slug="harrow-lake")
    Policy.objects.create(kind="terms", institution=place, major=1, body="x", published_at=now)
    if not Competency.objects.exists():
        Competency.objects.create(framework="CanMEDS", code="C1", name="Talk")
    ModuleCompletion.objects.create(
        user=world.people["author"],
        module=ModulePage.objects.first(),
        translation_key=uuid.uuid4(),
        title="Language",
        manifest=[{"edition": "x"}],
        manifest_hash="x",
        at=now,
    )
    part = TripMember.objects.first()
    Certificate.objects.create(
        user=part.user, trip_member=part, content={"modules": []}, issued_at=now
    )
    EditionFile.objects.create(edition=Edition.objects.first(), name="a.png")
    picture = Image.objects.create(title="A", file="a.png", width=1, height=1)
    Rendition.objects.create(image=picture, filter_spec="original", file="a.png", width=1, height=1)


def fresh(field: Any, value: Any) -> Any:
    """Another value for a column that is unique by itself."""
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.EmailField):
        return str(value).upper()
    if not isinstance(value, str):
        return value
    return f"{value}-2" if len(value) + 2 <= (field.max_length or 1000) else f"{value[:-2]}-2"


def twin(row: Any, rule: UniqueConstraint) -> Any:
    """The same row again, different only where another rule would refuse it first."""
    copy = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
    for field in row._meta.concrete_fields:
        if field.primary_key:
            setattr(copy, field.attname, None)
        elif field.unique and field.name not in rule.fields:
            setattr(copy, field.attname, fresh(field, getattr(row, field.attname)))
    if hasattr(copy, "translation_key") and "translation_key" not in rule.fields:
        copy.translation_key = uuid.uuid4()
    for other in row._meta.constraints:
        if isinstance(other, UniqueConstraint) and other is not rule:
            free = [name for name in other.fields if name not in rule.fields]
            for name in free[:1]:
                field = row._meta.get_field(name)
                if not field.is_relation:
                    value = getattr(row, name)
                    new = value + 900 if isinstance(value, int) else f"{value}"[:-1] + "9"
                    setattr(copy, name, new)
    return copy


@pytest.mark.parametrize(("model", "rule"), UNIQUE, ids=lambda x: getattr(x, "name", ""))
def test_database_refuses_the_same_row_twice(model: Any, rule: Any, world: World) -> None:
    add_rows(world)
    rows = model._base_manager.filter(rule.condition) if rule.condition else model._base_manager
    filled = {f"{name}__isnull": False for name in rule.fields if not rule.condition}
    row = rows.filter(**filled).first()
    assert row is not None, f"give add_rows() a row of {model.__name__}"
    columns = ", ".join(f"{model._meta.db_table}.{model._meta.get_field(n).column}"
                        for n in rule.fields)  # fmt: skip
    said = rf"{rule.name}|UNIQUE constraint failed: {re.escape(columns) or 'index'}"

    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        model._base_manager.bulk_create([twin(row, rule)])


EARLY = date(2001, 1, 1)
BREAKS: dict[str, Callable[[World], Any]] = {
    "membership_ends_after_it_starts": lambda w: Membership.objects.update(until=EARLY),
    "supervision_of_oneself": lambda w: Supervision.objects.update(supervisor=F("learner")),
    "supervision_ends_after_it_starts": lambda w: Supervision.objects.update(until=EARLY),
    "invitation_accepted_has_date": lambda w: Invitation.objects.update(
        accepted_by=w.people["author"], answered_at=None
    ),
    "media_track_has_content": lambda w: MediaTrack.objects.create(
        media=Media.objects.create(title="M", file="m.mp3", type="audio", duration=1),
        file="",
        text="",
        kind="captions",
        language="en",
    ),
}


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_database_refuses_what_cannot_be(name: str, world: World) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](world)


def test_every_check_of_a_table_is_broken_by_a_test() -> None:
    tested = {name for name in CHECKS if re.search(rf'["|]{name}["|]', OTHER_TESTS)}

    assert CHECKS - tested - set(BREAKS) == set()


def test_every_rule_has_a_name_that_says_it() -> None:
    names = [rule.name for model in OUR_MODELS for rule in model._meta.constraints]

    assert len(names) == len(set(names))
    assert not [name for name in names if re.search(r"_[0-9a-f]{8}(_|$)|_uniq$", name)]


# What happens to each of these when a person goes is said in DESIGN §4; `people/export.py` does
# this room's part. A new pointer at a person is decided upon here before it lands.
ABOUT_PEOPLE = {
    "curriculum.CheckAttempt.user",
    "curriculum.LessonCompletion.user",
    "curriculum.LessonReport.reporter",
    "curriculum.LessonReport.settled_by",
    "curriculum.ModuleCompletion.user",
    "curriculum.Opinion.user",
    "partnerships.TripMember.user",
    "pathways.Certificate.revoked_by",
    "pathways.Certificate.user",
    "people.Acceptance.user",
    "people.AuditEvent.actor",
    "people.AuditEvent.subject",
    "people.Invitation.accepted_by",
    "people.Invitation.invited_by",
    "people.Membership.user",
    "people.Notice.user",
    "people.Supervision.learner",
    "people.Supervision.supervisor",
    "publishing.Edition.published_by",
    "reflections.Entry.author",
    "reflections.Reading.reader",
    "reflections.Remark.author",
    "reflections.ReviewRequest.reviewer",
}
OF_THE_CMS = {"owner", "locked_by", "latest_revision", "uploaded_by_user", "first_published_by"}


def test_every_pointer_at_a_person_is_known() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.concrete_fields
        if field.related_model is User and field.name not in OF_THE_CMS
    }

    assert found == ABOUT_PEOPLE
