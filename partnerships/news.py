"""Who is told of a change of a partnership or a visit: its members, and the other side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Institution, Role, User
from people.notices import MAIL_WAITS, notify, withdraw

from .models import Partnership, Trip, TripMember

Words = str | Promise


@dataclass(frozen=True)
class News:
    """Somebody changed something: everybody else whom it concerns is told, once each.

    `by` is never told of their own act. The mail waits ten minutes, so that a slip that is put
    right at once is no news.
    """

    by: User
    at: datetime

    def proposed_partnership(self, partnership: Partnership, asker: Institution) -> None:
        """The other side is asked for a partnership."""
        self._tell(
            coordinators_of(partnership.other(asker), self.at.date()),
            f"partnership-proposed:{partnership.pk}",
            format_lazy(_("{name} proposes a partnership"), name=asker.name),
            _("You can agree on its page. Nothing is shared before that."),
            reverse("partnerships:partnership_detail", args=[partnership.slug]),
        )

    def agreed_partnership(self, partnership: Partnership) -> None:
        """The side that asked hears the answer."""
        if partnership.proposed_by is None:
            return
        other = partnership.other(partnership.proposed_by)
        self._tell(
            coordinators_of(partnership.proposed_by, self.at.date()),
            f"partnership-agreed:{partnership.pk}",
            format_lazy(_("{name} agreed to the partnership"), name=other.name),
            _("Either side can propose a visit now."),
            reverse("partnerships:partnership_detail", args=[partnership.slug]),
        )

    def proposed(self, trip: Trip) -> None:
        """The other side is asked for a visit."""
        if trip.proposed_by is None:
            return
        self._tell(
            coordinators_of(trip.partnership.other(trip.proposed_by), self.at.date()),
            f"trip-proposed:{trip.public_id}",
            format_lazy(_("{name} proposes a visit"), name=trip.proposed_by.name),
            visit_words(trip),
            page_of(trip),
        )

    def agreed(self, trip: Trip) -> None:
        """The side that proposed hears the answer."""
        if trip.proposed_by is None:
            return
        self._tell(
            coordinators_of(trip.proposed_by, self.at.date()),
            f"trip-agreed:{trip.public_id}",
            _("The visit that you proposed is agreed"),
            format_lazy("{} {}", visit_words(trip), _("Each side can name its people now.")),
            page_of(trip),
        )

    def changed(self, trip: Trip) -> None:
        """Other days, or another purpose."""
        self._tell(
            everybody_of(trip, self.at.date()),
            f"trip-changed:{trip.public_id}:{self.at:%Y%m%d%H%M%S}",
            _("A visit was changed"),
            format_lazy("{} {}", visit_words(trip), _("Members keep their own dates.")),
            page_of(trip),
        )

    def cancelled(self, trip: Trip) -> None:
        """The visit does not take place."""
        self._tell(
            everybody_of(trip, self.at.date()),
            f"trip-cancelled:{trip.public_id}",
            _("A visit was cancelled"),
            format_lazy(
                "{} {}", visit_words(trip), _("What was written for it stays with its authors.")
            ),
            page_of(trip),
        )

    def joined(self, member: TripMember) -> None:
        """Somebody has a part now, or other days in it."""
        self._tell(
            [member.user],
            part_key(member),
            format_lazy(_("You take part in a visit: {name}"), name=place_of(member)),
            part_words(member),
            page_of(member.trip),
        )

    def changed_part(self, member: TripMember, before: str) -> None:
        """Other days or another part; `before` is the `part_key` of what was told first."""
        if before == part_key(member):
            return
        withdraw(f"{before}:{member.user_id}", at=self.at)
        self._tell(
            [member.user],
            part_key(member),
            format_lazy(_("Your part in a visit changed: {name}"), name=place_of(member)),
            part_words(member),
            page_of(member.trip),
        )

    def withdrew(self, member: TripMember) -> None:
        """Somebody has no part any more."""
        withdraw(f"{part_key(member)}:{member.user_id}", at=self.at)
        self._tell(
            [member.user],
            f"part-ended:{member.public_id}:{self.at:%Y%m%d%H%M%S}",
            format_lazy(
                _("You no longer take part in a visit: {name}"), name=member.trip.host.name
            ),
            format_lazy("{} {}", part_words(member), _("What you wrote for it stays yours.")),
            reverse("partnerships:trip_list"),
        )

    def _tell(
        self, people: Iterable[User], key: str, subject: Words, body: Words, url: str
    ) -> None:
        for user in people:
            if user != self.by:
                mail_at = self.at + MAIL_WAITS
                notify(user, "visit", f"{key}:{user.pk}", subject, body, url, self.at, mail_at)


def coordinators_of(place: Institution, on: date) -> list[User]:
    """Who coordinates an institution on that day."""
    held = place.memberships.filter(role=Role.COORDINATOR).valid(on).select_related("user")
    return list({row.user_id: row.user for row in held if row.user.is_active}.values())


def everybody_of(trip: Trip, on: date) -> list[User]:
    """The members, and the coordinators of both sides; each once."""
    members = [row.user for row in trip.members.filter(withdrawn_on=None).select_related("user")]
    both = [user for place in trip.partnership.sides for user in coordinators_of(place, on)]
    return list({user.pk: user for user in members + both}.values())


def page_of(trip: Trip) -> str:
    """Where the visit is read."""
    return reverse("partnerships:trip_detail", args=[trip.public_id])


def place_of(member: TripMember) -> str:
    """The host's name."""
    return member.trip.host.name


def part_key(member: TripMember) -> str:
    """What was told about a part: the same part on the same days is told once."""
    return f"part:{member.public_id}:{member.part}:{member.departs}:{member.returns}"


def visit_words(trip: Trip) -> Words:
    """“Co-teach the course, 8 June 2026 to 3 July 2026.” in the language of whoever is told."""
    return dated(trip.purpose, trip.starts, trip.ends)


def part_words(member: TripMember) -> Words:
    """The same with the person's own days."""
    return dated(member.trip.purpose, member.departs, member.returns)


def between(purpose: str, first: date, last: date) -> str:
    """A purpose with its days, in the language of the moment."""
    return gettext("%(purpose)s, %(first)s to %(last)s.") % {
        "purpose": purpose,
        "first": date_format(first, gettext("j F Y")),
        "last": date_format(last, gettext("j F Y")),
    }


dated = lazy(between, str)
