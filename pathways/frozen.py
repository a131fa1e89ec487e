"""What a certificate says: written once from facts, read back for every page and every PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from curriculum.models import ModuleCompletion
from partnerships.models import TripMember
from publishing.models import Edition

Json = dict[str, Any]

PARTS = {
    "led": _("Led by"),
    "reviewed": _("Reviewed by"),
    "visiting": _("Visiting institution"),
    "host": _("Host institution"),
}
COLOURS = {"visiting": "home", "host": "host"}


@dataclass(frozen=True)
class LessonLine:
    """A lesson in the edition that was completed."""

    title: str
    edition: int
    language: str
    completed: date
    language_name: str  # where it is not that of the module


@dataclass(frozen=True)
class ModuleLine:
    """A completed module with its lessons."""

    number: int
    title: str
    language: str
    completed: date
    valid_until: date | None
    hours: str
    granted_by: str
    lessons: list[LessonLine]

    @property
    def language_name(self) -> str:
        """The language in its own words, where it is not the reader's."""
        return "" if self.language == (get_language() or "en") else name_of(self.language)


def name_of(language: str) -> str:
    """A language in its own words."""
    return str(get_language_info(language)["name_local"])


@dataclass(frozen=True)
class Side:
    """One of the two institutions, and what it has to do with the certificate."""

    name: str
    part: str
    reader: str
    read_on: date | None

    @property
    def words(self) -> str:
        """What it did."""
        return str(PARTS[self.part])

    @property
    def colour(self) -> str:
        """The colours belong to the two sides of a visit; a module's institutions have none."""
        return COLOURS.get(self.part, "")


@dataclass(frozen=True)
class VisitLine:
    """The visit that asked for the modules."""

    host: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Content:
    """Everything that a certificate says beside name and code."""

    modules: list[ModuleLine]
    sides: list[Side]
    visit: VisitLine | None

    @property
    def lacks_partner(self) -> bool:
        """Whether no partner had reviewed the one module it is about."""
        return self.visit is None and not any(side.part == "reviewed" for side in self.sides)

    @property
    def last_day(self) -> date | None:
        """The first day on which one of its modules runs out; None: none does."""
        return min((m.valid_until for m in self.modules if m.valid_until), default=None)


def of_module(completion: ModuleCompletion) -> Json:
    """A module's certificate, and who stands behind the module on this day."""
    module = completion.module
    places = []
    if module.leading_institution:
        places.append(place(module.leading_institution.name, "led"))
    if module.reviewing_institution:
        read_on = module.reviewed_on.isoformat() if module.reviewed_on else ""
        reviewing = place(module.reviewing_institution.name, "reviewed", module.reviewer, read_on)
        places.append(reviewing)
    return {"modules": module_lines([completion]), "places": places, "visit": None}


def of_visit(member: TripMember, completions: Iterable[ModuleCompletion]) -> Json:
    """The certificate of a visit: its modules, and both institutions of the partnership."""
    trip = member.trip
    return {
        "modules": module_lines(list(completions)),
        "places": [place(trip.visiting.name, "visiting"), place(trip.host.name, "host")],
        "visit": {
            "host": trip.host.name,
            "starts": trip.starts.isoformat(),
            "ends": trip.ends.isoformat(),
        },
    }


def place(name: str, part: str, reader: str = "", read_on: str = "") -> Json:
    """An institution by the name that it has today."""
    return {"name": name, "part": part, "reader": reader, "read_on": read_on}


def module_lines(completions: list[ModuleCompletion]) -> list[Json]:
    """Each module with its lessons, in one query for all their languages."""
    ids = [line["edition"] for row in completions for line in row.manifest]
    languages = dict(
        Edition.objects.filter(public_id__in=ids).values_list("public_id", "locale__language_code")
    )
    known = {str(key): code for key, code in languages.items()}
    return [module_line(row, known) for row in completions]


def module_line(row: ModuleCompletion, languages: dict[str, str]) -> Json:
    """A module as it stands on paper. Days are those of the person's own calendar."""
    zone, module = row.user.zone, row.module
    return {
        "number": module.number,
        "title": row.title,
        "language": module.locale.language_code,
        "completed": day_of(row.at, zone),
        "valid_until": row.valid_until.isoformat() if row.valid_until else "",
        "hours": f"{module.cme_hours.normalize():f}" if module.cme_hours else "",
        "granted_by": module.cme_granted_by if module.cme_hours else "",
        "lessons": [
            {
                "title": line["title"],
                "edition": line["number"],
                "language": languages.get(line["edition"], module.locale.language_code),
                "completed": day_of(datetime.fromisoformat(line["completed"]), zone),
            }
            for line in row.manifest
        ],
    }


def day_of(at: datetime, zone: ZoneInfo) -> str:
    """The day on a calendar in this zone."""
    return at.astimezone(zone).date().isoformat()


def read(content: Json) -> Content:
    """What was written, for the page."""
    visit = content["visit"]
    return Content(
        modules=[read_module(line) for line in content["modules"]],
        sides=[
            Side(row["name"], row["part"], row["reader"], read_day(row["read_on"]))
            for row in content["places"]
        ],
        visit=visit
        and VisitLine(
            visit["host"], date.fromisoformat(visit["starts"]), date.fromisoformat(visit["ends"])
        ),
    )


def read_module(line: Json) -> ModuleLine:
    """One module."""
    return ModuleLine(
        number=line["number"],
        title=line["title"],
        language=line["language"],
        completed=date.fromisoformat(line["completed"]),
        valid_until=read_day(line["valid_until"]),
        hours=line["hours"],
        granted_by=line["granted_by"],
        lessons=[
            LessonLine(
                lesson["title"],
                lesson["edition"],
                lesson["language"],
                date.fromisoformat(lesson["completed"]),
                "" if lesson["language"] == line["language"] else name_of(lesson["language"]),
            )
            for lesson in line["lessons"]
        ],
    )


def read_day(text: str) -> date | None:
    """A day, or that there is none."""
    return date.fromisoformat(text) if text else None
