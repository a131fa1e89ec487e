"""The cast of all tests: a reader knows at once who is allowed what.

Harrow Lake and Kilimari are partners. Amara (Harrow Lake) visits Kilimari; Dr Amina (Kilimari)
visits Harrow Lake on a host mission. Tomas is the stranger: a learner with no part in any trip.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings

from lms.settings import environment
from partnerships.models import Partnership, Trip, TripMember
from people.models import Institution, Membership, Policy, Programme, Role, Supervision, User
from people.policies import accept

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Tests empty their cache: each of several workers has a numbered database of its own in Redis,
# after the given one.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
if WORKER and environment.read("REDIS_URL"):
    settings.CACHES["default"]["LOCATION"] = re.sub(
        r"\d+$", lambda n: str(int(n[0]) + 1 + int(WORKER)), environment.read("REDIS_URL")
    )

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
PASSWORD = "bothways-demo"


def make_person(name: str, **fields: Any) -> User:
    """A person named by the local part of their address, who accepted the texts and can sign in."""
    user = User.objects.create_user(
        f"{name}@example.org", PASSWORD, display_name=fields.pop("display_name", name), **fields
    )
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    accept(user, Policy.objects.filter(institution=None), at=NOON)
    return user


def join(user: User, institution: Institution, *roles: str, **fields: Any) -> Membership:
    """Give a person roles in an institution since 2025; the first membership is returned."""
    made = [
        Membership.objects.create(
            user=user, institution=institution, role=role, since=date(2025, 1, 1), **fields
        )
        for role in roles
    ]
    return made[0]


@pytest.fixture
def harrow_lake(db: None) -> Institution:
    """A university hospital in the USA."""
    return Institution.objects.create(
        slug="harrow-lake",
        name="Harrow Lake University Hospital",
        short_name="Harrow Lake",
        city="Harrow Lake",
        country="United States",
        time_zone="America/Chicago",
        languages="English, Spanish",
    )


@pytest.fixture
def kilimari(db: None) -> Institution:
    """A regional referral hospital in Tanzania."""
    return Institution.objects.create(
        slug="kilimari",
        name="Kilimari Regional Referral Hospital",
        short_name="Kilimari",
        city="Kilimari",
        country="Tanzania",
        time_zone="Africa/Dar_es_Salaam",
        languages="Swahili, English",
    )


@pytest.fixture
def partnership(harrow_lake: Institution, kilimari: Institution) -> Partnership:
    """The two, since 2024."""
    first, second = sorted([harrow_lake, kilimari], key=lambda place: place.pk)
    return Partnership.objects.create(
        slug="harrow-lake-kilimari", first=first, second=second, since=date(2024, 1, 1)
    )


@pytest.fixture
def anaesthesia(harrow_lake: Institution) -> Programme:
    """The residency that sends."""
    return Programme.objects.create(institution=harrow_lake, name="Anaesthesia residency")


@pytest.fixture
def amara(harrow_lake: Institution, anaesthesia: Programme) -> User:
    """Resident at Harrow Lake; keeps a journal of her trip to Kilimari."""
    user = make_person("amara", display_name="Amara Reyes", time_zone="America/Chicago")
    join(user, harrow_lake, Role.LEARNER, programme=anaesthesia)
    return user


@pytest.fixture
def dr_osei(harrow_lake: Institution, amara: User) -> User:
    """Faculty at Harrow Lake; supervises Amara and reviews her entries."""
    user = make_person("dr_osei", display_name="Dr Kwame Osei")
    join(user, harrow_lake, Role.REVIEWER)
    Supervision.objects.create(supervisor=user, learner=amara, since=date(2025, 1, 1))
    return user


@pytest.fixture
def tomas(harrow_lake: Institution) -> User:
    """Resident at Harrow Lake without a part in the trip: the stranger."""
    user = make_person("tomas", display_name="Tomas Lindqvist")
    join(user, harrow_lake, Role.LEARNER)
    return user


@pytest.fixture
def neema(kilimari: Institution) -> User:
    """Head of anaesthesia at Kilimari: reviewer and coordinator there, host supervisor."""
    user = make_person("neema", display_name="Dr Neema Mushi", time_zone="Africa/Dar_es_Salaam")
    join(user, kilimari, Role.COORDINATOR, Role.REVIEWER)
    return user


@pytest.fixture
def ruth(harrow_lake: Institution) -> User:
    """Coordinator at Harrow Lake."""
    user = make_person("ruth", display_name="Ruth Adeyemi-Clarke")
    join(user, harrow_lake, Role.COORDINATOR)
    return user


@pytest.fixture
def amina(kilimari: Institution) -> User:
    """Physician at Kilimari; visits Harrow Lake on a host mission."""
    user = make_person("amina", display_name="Dr Amina Said", time_zone="Africa/Dar_es_Salaam")
    join(user, kilimari, Role.LEARNER)
    return user


@pytest.fixture
def eleni(harrow_lake: Institution) -> User:
    """Curriculum editor at Harrow Lake."""
    user = make_person("eleni", display_name="Eleni Papadaki")
    join(user, harrow_lake, Role.EDITOR)
    return user


@pytest.fixture
def admin(db: None) -> User:
    """Runs the installation."""
    user = make_person("admin", display_name="Admin")
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user


@pytest.fixture
def trip(partnership: Partnership, kilimari: Institution) -> Trip:
    """Harrow Lake visits Kilimari in June 2026."""
    return Trip.objects.create(
        partnership=partnership,
        host=kilimari,
        purpose="Co-teach the recovery-room course",
        starts=date(2026, 6, 8),
        ends=date(2026, 7, 3),
        status=Trip.Status.AGREED,
    )


@pytest.fixture
def amara_part(trip: Trip, amara: User) -> TripMember:
    """Amara's part in the trip."""
    return TripMember.objects.create(
        trip=trip,
        user=amara,
        membership=amara.memberships.get(),
        part=TripMember.Part.RESIDENT,
        departs=date(2026, 6, 6),
        returns=date(2026, 7, 4),
    )


@pytest.fixture
def neema_part(trip: Trip, neema: User) -> TripMember:
    """Dr Neema receives the visitors."""
    return TripMember.objects.create(
        trip=trip,
        user=neema,
        membership=neema.memberships.filter(role=Role.REVIEWER).get(),
        part=TripMember.Part.HOST_SUPERVISOR,
        departs=date(2026, 6, 8),
        returns=date(2026, 7, 3),
    )


@pytest.fixture
def mission(partnership: Partnership, harrow_lake: Institution) -> Trip:
    """The other direction: Kilimari visits Harrow Lake in June 2026."""
    return Trip.objects.create(
        partnership=partnership,
        host=harrow_lake,
        purpose="See how the pain service works",
        starts=date(2026, 6, 1),
        ends=date(2026, 6, 26),
        status=Trip.Status.AGREED,
    )


@pytest.fixture
def amina_part(mission: Trip, amina: User) -> TripMember:
    """Dr Amina's part in the host mission."""
    return TripMember.objects.create(
        trip=mission,
        user=amina,
        membership=amina.memberships.get(),
        part=TripMember.Part.FACULTY,
        departs=date(2026, 5, 30),
        returns=date(2026, 6, 28),
    )
