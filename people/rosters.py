"""What a roster would do, row by row, and doing it. Nothing is written before somebody confirms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from .fields import one_line
from .models import Cohort, Institution, Invitation, Membership, Programme, Role, User
from .roster_files import Cells
from .sealed import seal, unseal
from .workflow import Wanted, add_cohort, invite

KEEP = timedelta(hours=1)
FORMULA = ("=", "+", "-", "@")
ROLES = {
    "": Role.LEARNER,
    "learner": Role.LEARNER,
    "resident": Role.LEARNER,
    "reviewer": Role.REVIEWER,
    "faculty": Role.REVIEWER,
    "coordinator": Role.COORDINATOR,
    "editor": Role.EDITOR,
}
INVITE, HERE, ASKED, WRONG = "invite", "here", "asked", "wrong"


class Wrong(Exception):
    """One row cannot be used; the text is a sentence for the person."""


@dataclass(frozen=True)
class Line:
    """One row of the list, and what will happen with it."""

    number: int
    name: str
    email: str
    role: str
    programme: Programme | None
    year: int | None
    outcome: str
    words: str = ""

    @property
    def role_label(self) -> str:
        """The role as people read it."""
        return str(Role(self.role).label) if self.role else ""


@dataclass(frozen=True)
class World:
    """What is there already, read once for the whole list."""

    members: set[tuple[str, str]]
    asked: set[tuple[str, str]]
    programmes: dict[str, Programme]

    @classmethod
    def of(cls, place: Institution, at: datetime) -> World:
        """Three queries for any number of rows."""
        members = Membership.objects.filter(institution=place).valid(at.date())
        asked = Invitation.objects.filter(institution=place).open(at)
        return cls(
            set(members.values_list("user__email", "role")),
            set(asked.values_list("email", "role")),
            {row.name.lower(): row for row in place.programmes.select_related("institution")},
        )


def preview(rows: list[tuple[int, Cells]], place: Institution, *, at: datetime) -> list[Line]:
    """Every row with its outcome."""
    world = World.of(place, at)
    seen: dict[tuple[str, str], int] = {}
    lines = []
    for number, cells in rows:
        line = line_of(number, cells, world)
        key = (line.email, line.role)
        if line.outcome != WRONG and key in seen:
            words = _("The same person and role as row %(n)s.") % {"n": seen[key]}
            line = replace(line, outcome=WRONG, words=words)
        seen.setdefault(key, number)
        lines.append(line)
    return lines


def line_of(number: int, cells: Cells, world: World) -> Line:
    """One row, read and compared with what is there."""
    shown = {key: one_line(cells.get(key, ""))[:200] for key in ("name", "email")}
    try:
        check_cells(cells)
        name, email = read_name(shown["name"]), read_email(shown["email"])
        role = read_role(cells.get("role", ""))
        programme = read_programme(cells.get("programme", ""), world)
        year = read_year(cells.get("cohort", ""), programme)
    except Wrong as reason:
        return Line(number, shown["name"], shown["email"], "", None, None, WRONG, str(reason))
    line = Line(number, name, email, role, programme, year, INVITE)
    if (email, role) in world.members:
        return replace(line, outcome=HERE)
    if (email, role) in world.asked:
        return replace(line, outcome=ASKED)
    return line


def check_cells(cells: Cells) -> None:
    """No cell holds what cannot be stored, or what a spreadsheet would run."""
    for column, text in cells.items():
        if "\0" in text:
            raise Wrong(
                _("The cell “%(column)s” holds a character that cannot be stored.")
                % {"column": column}
            )
        if text.strip().startswith(FORMULA):
            raise Wrong(
                _("The cell “%(column)s” begins with “%(sign)s”, as a formula does. Type the text.")
                % {"column": column, "sign": text.strip()[0]}
            )


def read_name(text: str) -> str:
    """A name of at most 120 characters."""
    if not text:
        raise Wrong(_("The name is missing."))
    if len(text) > 120:
        raise Wrong(_("The name is longer than 120 characters."))
    return text


def read_email(text: str) -> str:
    """An address, in lower case."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise Wrong(_("This is no e-mail address.")) from error
    return text.lower()


def read_role(text: str) -> str:
    """A role by its name; nothing means learner."""
    word = one_line(text).lower()
    by_label = {str(role.label).lower(): role for role in Role}
    role = ROLES.get(word) or by_label.get(word)
    if role is None:
        raise Wrong(
            _("There is no role “%(word)s”. Possible: learner, reviewer, coordinator, editor.")
            % {"word": word[:40]}
        )
    return role.value


def read_programme(text: str, world: World) -> Programme | None:
    """A programme of the institution, by its name."""
    name = one_line(text)
    if not name:
        return None
    programme = world.programmes.get(name.lower())
    if programme is None:
        raise Wrong(
            _("There is no programme “%(name)s” here. Add it first, or correct the name.")
            % {"name": name[:80]}
        )
    return programme


def read_year(text: str, programme: Programme | None) -> int | None:
    """The year of a cohort; it needs a programme."""
    word = one_line(text)
    if not word:
        return None
    if programme is None:
        raise Wrong(_("A cohort needs a programme in the same row."))
    if not (word.isascii() and word.isdigit() and 1980 <= int(word[:5]) <= 2100):
        raise Wrong(_("“%(word)s” is no year.") % {"word": word[:20]})
    return int(word)


@transaction.atomic
def invite_all(
    lines: list[Line], place: Institution, *, by: User, at: datetime
) -> list[Invitation]:
    """Invite whoever can be invited, all or none. The letters go out by the clock."""
    made: list[Invitation] = []
    cohorts: dict[tuple[int, int], Cohort] = {}
    for line in lines:
        if line.outcome != INVITE:
            continue
        cohort = None
        if line.programme and line.year:
            key = (line.programme.pk, line.year)
            if key not in cohorts:
                cohorts[key] = add_cohort(line.programme, line.year, by=by, at=at)
            cohort = cohorts[key]
        wanted = Wanted(line.email, line.name, place, line.role, line.programme, cohort)
        invitation = invite(wanted, by=by, at=at, mail_now=False)
        made += [invitation] if invitation else []
    return made


def keep(rows: list[tuple[int, Cells]], place: Institution, owner: User) -> str:
    """Put the list away, sealed, for this coordinator only; the name under which it lies."""
    key = secrets.token_urlsafe(16)
    content = {"owner": owner.pk, "place": place.pk, "rows": rows}
    cache.set(f"roster:{key}", seal(content, "roster"), KEEP.total_seconds())
    return key


def find(key: str, owner: User) -> dict[str, Any] | None:
    """The list, if it is this coordinator’s and not older than an hour."""
    sealed = cache.get(f"roster:{key}")
    content = unseal(sealed, "roster", within=KEEP) if sealed else None
    return content if content and content["owner"] == owner.pk else None


def mark_done(key: str, content: dict[str, Any]) -> None:
    """A second press of the button finds this."""
    done = {**content, "rows": [], "done": True}
    cache.set(f"roster:{key}", seal(done, "roster"), KEEP.total_seconds())
