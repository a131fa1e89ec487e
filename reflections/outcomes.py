"""What changed: one person's own picture, and a programme's, from sums and never from names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

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
        pre, post = self.pre, self.post
        return bool(pre and post and pre.instrument.source_id == post.instrument.source_id)


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


@dataclass(frozen=True)
class Answered:
    """What one person handed in at one wave: the version of the questions in whatever language,
    and sums a scale.
    """

    instrument: int
    scales: dict[str, list[int]]


Waves = dict[str, Answered]


def group_outcome(title: str, members: QuerySet[TripMember]) -> GroupOutcome:
    """Count one group. A person with several visits counts once: the newest visit with both
    waves, else the newest visit. Two queries for any size, and one pass over the sums.
    """
    people = list(members.order_by("departs", "pk").values_list("pk", "user"))
    found = answers_of(members) if people else {}
    chosen = [found.get(member, {}) for member in each_person_once(people, found)]
    paired = [(waves[Wave.PRE], waves[Wave.POST]) for waves in chosen if comparable(waves)]
    return GroupOutcome(
        title=title,
        asked=len(chosen),
        before=sum(Wave.PRE in waves for waves in chosen),
        after=sum(Wave.POST in waves for waves in chosen),
        pairs={scale: pairs_on(scale.value, paired) for scale in Scale},
    )


def pairs_on(
    scale: str, paired: list[tuple[Answered, Answered]]
) -> list[tuple[float | None, float | None]]:
    """Before and after of everybody on one scale."""
    return [(score(pre.scales.get(scale)), score(post.scales.get(scale))) for pre, post in paired]


def answers_of(members: QuerySet[TripMember]) -> dict[int, Waves]:
    """What was handed in, by part and wave. One query, without a list of ids in it."""
    found: dict[int, Waves] = {}
    for member, wave, instrument, scales in (
        Assessment.objects.current()
        .submitted()
        .filter(trip_member__in=members.order_by().values("pk"))
        .order_by()
        .annotate(asked=Coalesce("instrument__translates", "instrument"))
        .values_list("trip_member", "wave", "asked", "scales")
    ):
        found.setdefault(member, {})[wave] = Answered(instrument, scales)
    return found


def comparable(waves: Waves) -> bool:
    """Both waves of one visit, answered to the same version."""
    pre, post = waves.get(Wave.PRE), waves.get(Wave.POST)
    return bool(pre and post and pre.instrument == post.instrument)


def each_person_once(people: list[tuple[int, int]], found: dict[int, Waves]) -> list[int]:
    """For every person the newest visit with both waves, else the newest. Oldest come first."""
    best: dict[int, int] = {}
    for member, user in people:
        held = best.get(user)
        if held is None or comparable(found.get(member, {})) or not comparable(found.get(held, {})):
            best[user] = member
    return list(best.values())


def visitors_between(institution: Institution, *, outgoing: bool, on: date) -> QuerySet[TripMember]:
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
        return members.filter(membership__institution=institution)
    return members.filter(trip__host=institution).exclude(membership__institution=institution)
