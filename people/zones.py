"""Time zones as people type them: a short list first, every valid one accepted."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# One city for each part of the world, so that the first suggestions fit on a screen.
FIRST = [
    "America/Chicago",
    "America/New_York",
    "America/Denver",
    "America/Los_Angeles",
    "America/Guatemala",
    "America/Lima",
    "America/Sao_Paulo",
    "Africa/Accra",
    "Africa/Cairo",
    "Africa/Dar_es_Salaam",
    "Africa/Johannesburg",
    "Africa/Kampala",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Amman",
    "Asia/Dhaka",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Manila",
    "Asia/Phnom_Penh",
    "Europe/London",
    "Europe/Paris",
    "UTC",
]
OUT = ("Etc/", "SystemV/", "posix/", "right/")


@lru_cache(maxsize=1)
def all_zones() -> tuple[str, ...]:
    """Every zone that names a place, the short list first."""
    rest = {
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith(OUT)
    }
    return (*FIRST, *sorted(rest - set(FIRST)))


@lru_cache(maxsize=1)
def _by_words() -> dict[str, str]:
    """Zones by lower-case name, and by city where only one zone has it."""
    cities: dict[str, list[str]] = {}
    for name in all_zones():
        cities.setdefault(name.rsplit("/", 1)[-1].lower(), []).append(name)
    found = {city: names[0] for city, names in cities.items() if len(names) == 1}
    return found | {name.lower(): name for name in all_zones()}


def find_zone(text: str) -> str:
    """The zone that somebody means by “Africa/Nairobi”, “africa/nairobi” or “Nairobi”."""
    name = _by_words().get("_".join(text.split()).lower())
    if name is None:
        raise ValidationError(
            _("We do not know this time zone. Type a place of the list, such as Africa/Nairobi.")
        )
    return name
