"""Builds the world: once a module, rolled back after each test (see conftest.py)."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from curriculum.models import LessonCompletion, Opinion
from curriculum.reading import read_edition
from curriculum.reporting import Said, send_report, settle_report
from curriculum.tree import ensure_tree
from jobs.heartbeats import beat
from jobs.models import Heartbeat
from partnerships.models import Partnership, Trip, TripMember
from people import rosters, workflow
from people.models import (
    Institution,
    Membership,
    Policy,
    Programme,
    Role,
    Supervision,
)
from people.notices import notify
from publishing.models import Edition
from reflections.shipped import load_shipped
from tests.conftest import join, make_person
from tests.curriculum.making import block_id, edition_of, make_lesson, make_module
from tests.pathways.making import certify

from .journal import add_entries
from .world import CANARY, ROLES, World


def place(slug: str, name: str, zone: str) -> Institution:
    """An institution."""
    return Institution.objects.create(
        slug=slug, name=name, short_name=name.split()[0], city="C", country="C", time_zone=zone
    )


def build() -> World:
    """Everything the table speaks about."""
    world = World()
    home = place("harrow-lake", "Harrow Lake Hospital", "America/Chicago")
    away = place("kilimari", "Kilimari Hospital", "Africa/Dar_es_Salaam")
    third = place("third", "Third Hospital", "UTC")
    programme = Programme.objects.create(institution=home, name="Anaesthesia")
    surgery = Programme.objects.create(institution=home, name="Surgery")
    add_people(world, home, away, third, programme, surgery)
    trip = add_trip(world, home, away)
    load_shipped(timezone.now() - timedelta(days=90))
    add_entries(world, trip)
    add_people_things(world, home, programme)
    add_lesson(world)
    add_certificate(world, home, away)
    for role in ROLES:
        world.clients[role] = Client(enforce_csrf_checks=False)
        if role != "visitor":
            world.clients[role].force_login(world.people[role])
    world.names["nothing"] = str(uuid4())
    return world


def add_people(
    world: World,
    home: Institution,
    away: Institution,
    third: Institution,
    programme: Programme,
    surgery: Programme,
) -> None:
    """The cast, with the roles that the columns of the table are named after."""
    cast = [
        ("outsider", "ola", third, Role.LEARNER, None),
        ("stranger", "tomas", home, Role.LEARNER, programme),
        ("author", "amara", home, Role.LEARNER, programme),
        ("mentor", "dr_osei", home, Role.REVIEWER, surgery),
        ("reviewer", "dr_park", home, Role.REVIEWER, programme),
        ("host_sup", "neema", away, Role.REVIEWER, None),
        ("host", "amina", away, Role.LEARNER, None),
        ("coord", "ruth", home, Role.COORDINATOR, None),
        ("host_coord", "juma", away, Role.COORDINATOR, None),
        ("editor", "eleni", home, Role.EDITOR, None),
    ]
    for role, name, where, what, group in cast:
        user = world.people[role] = make_person(name, display_name=f"{name.title()} Q")
        if what == Role.EDITOR:
            workflow.grant(user, where, what, at=timezone.now())
        else:
            join(user, where, what, programme=group)
        world.names[role] = str(user.public_id)
        world.names[f"{role}_role"] = str(user.memberships.get().public_id)  # type: ignore[attr-defined]
    admin = world.people["admin"] = make_person("admin")
    admin.is_superuser = True
    admin.save()
    pair = Supervision.objects.create(
        supervisor=world.people["mentor"],
        learner=world.people["author"],
        since=date(2025, 1, 1),
    )
    world.names |= {
        "pair": str(pair.public_id),
        "programme": str(programme.public_id),
        "programme_pk": str(programme.pk),
        "home": home.slug,
        "away": away.slug,
        "home_pk": str(home.pk),
        "away_pk": str(away.pk),
    }


def add_trip(world: World, home: Institution, away: Institution) -> Trip:
    """A visit to come, agreed, and one that the host side proposed."""
    today = timezone.localdate()
    first, second = sorted([home, away], key=lambda p: p.pk)
    pair = Partnership.objects.create(
        slug="pair", first=first, second=second, since=date(2024, 1, 1), agreed_on=date(2024, 1, 1)
    )
    trip = Trip.objects.create(
        partnership=pair,
        host=away,
        purpose="Teach",
        starts=today + timedelta(days=10),
        ends=today + timedelta(days=30),
        status=Trip.Status.AGREED,
    )
    proposed = Trip.objects.create(
        partnership=pair,
        host=home,
        purpose="Look",
        starts=today + timedelta(days=40),
        ends=today + timedelta(days=50),
        proposed_by=away,
    )
    for role, part in [
        ("author", TripMember.Part.RESIDENT),
        ("host_sup", TripMember.Part.HOST_SUPERVISOR),
    ]:
        user = world.people[role]
        member = TripMember.objects.create(
            trip=trip,
            user=user,
            membership=Membership.objects.get(user=user),
            part=part,
            departs=trip.starts,
            returns=trip.ends,
        )
        world.names[f"{role}_part"] = str(member.public_id)
        world.data[f"{role}_part"] = member
    world.names |= {"trip": str(trip.public_id), "proposed": str(proposed.public_id)}
    world.names |= {"partnership": pair.slug, "partnership_pk": str(pair.pk)}
    return trip


def add_people_things(world: World, home: Institution, programme: Programme) -> None:
    """A notice, an invitation, a list that waits, and a text."""
    now, ruth = timezone.now(), world.people["coord"]
    notice = notify(world.people["author"], "test", "matrix", "News", "One.", "/me/", now)
    wanted = workflow.Wanted("new@example.org", "New", home, Role.LEARNER)
    invitation = workflow.invite(wanted, by=ruth, at=now)
    assert invitation is not None
    invitation.token_hash = hashlib.sha256(b"the-token").hexdigest()
    invitation.save()
    for kind in Heartbeat.Kind:
        beat(kind, "here", at=now)
    cells = {"name": "Row One", "email": "row@example.org"}
    world.names |= {
        "notice": str(notice.public_id),
        "invitation": str(invitation.public_id),
        "roster": rosters.keep([(2, cells)], home, ruth),
        "token": "the-token",
        "policy_pk": str(Policy.objects.first().pk),  # type: ignore[union-attr]
    }


def add_lesson(world: World) -> None:
    """A module that is closed to visitors and asks what one thinks, with a lesson."""
    asked = {"question": "Does it matter?", "answers": ["Yes", "No"]}
    module = make_module(ensure_tree(), opinions=[("opinion", asked)])
    world.data["question"] = module.opinions[0].id
    Opinion.objects.create(
        user=world.people["author"],
        translation_key=module.translation_key,
        block_id=module.opinions[0].id,
        moment=Opinion.Moment.BEFORE,
        question=asked["question"],
        answer=CANARY["opinion"],
        at=timezone.now(),
    )
    lesson = make_lesson(module)
    edition = edition_of(lesson)
    world.data["right"] = sorted(read_edition(edition).checks[0].right_ids)
    LessonCompletion.objects.create(user=world.people["author"], edition=edition, at=timezone.now())
    world.names |= {
        "module_key": str(module.translation_key),
        "module_pk": str(module.pk),
        "module": f"curriculum/{module.slug}",
        "lesson": f"curriculum/{module.slug}/{lesson.slug}",
        "edition": str(edition.public_id),
        "check": block_id("check"),
    }
    world.data["lesson"] = lesson
    add_reports(world, edition)


def add_reports(world: World, edition: Edition) -> None:
    """The author's: one waits for an answer, one has it."""
    now = timezone.now()
    for name in ("report", "settled"):
        said = Said(uuid4(), "wrong", CANARY["report"], CANARY["passage"])
        report = send_report(world.people["author"], edition, said, at=now)
        world.names[name] = str(report.public_id)
    settle_report(
        report, by=world.people["editor"], state="answered", answer=CANARY["answer"], at=now
    )


def add_certificate(world: World, home: Institution, away: Institution) -> None:
    """The author completed a module that both institutions stand behind."""
    fields = {"number": 4, "leading_institution": home, "reviewing_institution": away}
    module = make_module(ensure_tree(), "Anaesthesia", **fields)
    author, edition = world.people["author"], Edition.objects.get()
    certificate = certify(author, module, edition, at=timezone.now())
    certificate.name = f"Amara {CANARY['holder']}"
    certificate.save(update_fields=["name"])
    world.names |= {
        "certificate": certificate.printed_code,
        "completion": str(certificate.completion.public_id),  # type: ignore[union-attr]
    }
