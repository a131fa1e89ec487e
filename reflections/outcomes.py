"""What changed: one person's own picture, and a programme's, from sums and never from names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from measures.words import SMALLEST_GROUP
from partnerships.models import Trip, TripMember
from people.models import Institution, User

from .models import Assessment, Scale, Wave


def score(sums: list[int] | None) -> float | None:
    """Mean of the answered items of a scale, 1 to 5; None where nothing was answered."""
    return sums[0] / sums[1] if sums and sums[1] else None


@dataclass(frozen=True)
class ScaleChange:
    """One person's two values on one scale."""

    scale: Scale
    before: float | None
    after: float | None


@dataclass(frozen=True)
class OwnOutcome:
    """Before and after of one visit."""

    member: TripMember
    pre: Assessment | None
    post: Assessment | None

    @property
    def scales(self) -> list[ScaleChange]:
        """Each scale with both values, in the order of the questions."""
        return [
            ScaleChange(
                scale,
                score(self.pre.scales.get(scale.value)) if self.pre else None,
                score(self.post.scales.get(scale.value)) if self.post else None,
            )
            for scale in Scale
        ]

    @property
    def is_comparable(self) -> bool:
        """Both waves answered, to the same version of the questions."""
        return bool(self.pre and self.post and self.pre.instrument_id == self.post.instrument_id)


def own_outcomes(user: User) -> list[OwnOutcome]:
    """A person's visits with what they answered, newest first. Two queries."""
    members = list(
        TripMember.objects.for_user(user).standing().visitors().with_trip().order_by("-departs")
    )
    found = {
        (row.trip_member_id, row.wave): row
        for row in Assessment.objects.current()
        .submitted()
        .filter(trip_member__in=members)
        .select_related("instrument")
    }
    return [
        OwnOutcome(member, found.get((member.pk, Wave.PRE)), found.get((member.pk, Wave.POST)))
        for member in members
    ]


@dataclass(frozen=True)
class GroupOutcome:
    """A group of people, each once: who was asked, who answered, and pairs per scale."""

    title: str
    asked: int
    before: int
    after: int
    pairs: dict[Scale, list[tuple[float | None, float | None]]]

    @property
    def both(self) -> int:
        """People who answered both times."""
        return len(next(iter(self.pairs.values()), []))

    @property
    def may_show(self) -> bool:
        """Whether the group is large enough that a number points to nobody."""
        return self.asked >= SMALLEST_GROUP


def group_outcome(title: str, members: Iterable[TripMember]) -> GroupOutcome:
    """Count one group. A person with several visits counts once: the newest visit with both
    waves, else the newest visit. One query for any size.
    """
    rows = list(members)
    found: dict[int, dict[str, Assessment]] = {}
    for row in (
        Assessment.objects.current()
        .submitted()
        .filter(trip_member__in=[m.pk for m in rows])
        .only("trip_member_id", "wave", "scales", "instrument_id")
    ):
        found.setdefault(row.trip_member_id, {})[row.wave] = row
    chosen = [found.get(member.pk, {}) for member in each_person_once(rows, found)]
    paired = [waves for waves in chosen if comparable(waves)]
    return GroupOutcome(
        title=title,
        asked=len(chosen),
        before=sum(Wave.PRE in waves for waves in chosen),
        after=sum(Wave.POST in waves for waves in chosen),
        pairs={
            scale: [
                (
                    score(waves[Wave.PRE].scales.get(scale.value)),
                    score(waves[Wave.POST].scales.get(scale.value)),
                )
                for waves in paired
            ]
            for scale in Scale
        },
    )


def comparable(waves: dict[str, Assessment]) -> bool:
    """Both waves of one visit, answered to the same version."""
    pre, post = waves.get(Wave.PRE), waves.get(Wave.POST)
    return bool(pre and post and pre.instrument_id == post.instrument_id)


def each_person_once(
    members: list[TripMember], found: dict[int, dict[str, Assessment]]
) -> list[TripMember]:
    """For every person the newest visit with both waves, else the newest."""
    best: dict[int, TripMember] = {}
    for member in sorted(members, key=lambda m: m.departs):
        held = best.get(member.user_id)
        if (
            held is None
            or comparable(found.get(member.pk, {}))
            or not comparable(found.get(held.pk, {}))
        ):
            best[member.user_id] = member
    return list(best.values())


def visitors_between(institution: Institution, *, outgoing: bool, on: date) -> list[TripMember]:
    """Visitors who are back on this day: this institution's own, or its guests.

    Who has not left yet, or is away, was not asked both times and lowers no response rate.
    """
    members = (
        TripMember.objects.standing()
        .visitors()
        .filter(trip__status__in=[Trip.Status.AGREED, Trip.Status.CLOSED], returns__lte=on)
        .exclude(user__is_test=True)
    )
    if outgoing:
        members = members.filter(membership__institution=institution)
    else:
        members = members.filter(trip__host=institution).exclude(
            membership__institution=institution
        )
    return list(members.only("pk", "user_id", "departs", "returns"))
