"""What is next for a coordinator, on either side: who is ready, who is stuck, what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .step import Rule, Step, Thing, apply


@dataclass(frozen=True)
class Waiting:
    """Something that waits, with the people or places it is about."""

    things: list[Thing] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.things)

    @property
    def first(self) -> Thing:
        """The most urgent."""
        return self.things[0]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.things)


NONE = Waiting()


@dataclass(frozen=True)
class CoordinatorFacts:
    """What is known about a coordinator's institution today."""

    on: date
    people: int = 1
    partnerships: int = 1
    trips: int = 1
    partnerships_to_agree: Waiting = NONE
    trips_to_agree: Waiting = NONE
    without_visitors: Waiting = NONE
    without_host: Waiting = NONE
    without_mentor: Waiting = NONE
    leaving_without_answers: Waiting = NONE
    leaving_without_modules: Waiting = NONE
    invitations_run_out: Waiting = NONE
    to_close: Waiting = NONE
    proposed_by_us: Waiting = NONE


def _step(key: str, waiting: Waiting, title: str, sentence: str, button: str) -> Step | None:
    """A step about the first thing that waits; the title may name it."""
    if not waiting:
        return None
    names = {"title": waiting.first.title, "n": waiting.count}
    return Step(key, title % names, sentence % names, waiting.first.url, button)


def agree_partnership(facts: CoordinatorFacts) -> Step | None:
    """A partner asked."""
    return _step(
        "agree-partnership",
        facts.partnerships_to_agree,
        _("Agree to a partnership: %(title)s"),
        _("The other side proposed it. It begins when you agree."),
        _("Read and decide"),
    )


def agree_trip(facts: CoordinatorFacts) -> Step | None:
    """A visit was proposed by the other side."""
    return _step(
        "agree-trip",
        facts.trips_to_agree,
        _("Agree to a visit: %(title)s"),
        ngettext(
            "%(n)s visit was proposed by the other side.",
            "%(n)s visits were proposed by the other side.",
            facts.trips_to_agree.count,
        ),
        _("Read and decide"),
    )


def leaving_without_modules(facts: CoordinatorFacts) -> Step | None:
    """Somebody leaves within two weeks with required lessons unread."""
    return _step(
        "modules",
        facts.leaving_without_modules,
        _("%(title)s leaves soon and has lessons left"),
        ngettext(
            "%(n)s person leaves within two weeks with required lessons left.",
            "%(n)s people leave within two weeks with required lessons left.",
            facts.leaving_without_modules.count,
        ),
        _("Open the visit"),
    )


def leaving_without_answers(facts: CoordinatorFacts) -> Step | None:
    """Somebody leaves within two weeks without the self-assessment."""
    return _step(
        "answers",
        facts.leaving_without_answers,
        _("Remind %(title)s of the questions before the visit"),
        ngettext(
            "%(n)s person leaves within two weeks without an answer. It cannot be given later.",
            "%(n)s people leave within two weeks without an answer. It cannot be given later.",
            facts.leaving_without_answers.count,
        ),
        _("Open the visit"),
    )


def without_visitors(facts: CoordinatorFacts) -> Step | None:
    """An agreed visit of our people without a person."""
    return _step(
        "visitors",
        facts.without_visitors,
        _("Say who goes: %(title)s"),
        _("The visit is planned, and nobody of yours is named yet."),
        _("Name somebody"),
    )


def without_host(facts: CoordinatorFacts) -> Step | None:
    """A visit to us without a host supervisor."""
    return _step(
        "host",
        facts.without_host,
        _("Say who receives them: %(title)s"),
        _("Visitors want to know who supervises them before they come."),
        _("Name somebody"),
    )


def without_mentor(facts: CoordinatorFacts) -> Step | None:
    """A visitor of ours without a mentor."""
    return _step(
        "mentor",
        facts.without_mentor,
        _("Name a mentor for %(title)s"),
        ngettext(
            "%(n)s visitor has nobody at home who reads what they write.",
            "%(n)s visitors have nobody at home who reads what they write.",
            facts.without_mentor.count,
        ),
        _("Open the person"),
    )


def invitations(facts: CoordinatorFacts) -> Step | None:
    """Letters that were not answered in time."""
    return _step(
        "invitations",
        facts.invitations_run_out,
        _("Invite %(title)s again"),
        ngettext(
            "%(n)s invitation ran out without an answer.",
            "%(n)s invitations ran out without an answer.",
            facts.invitations_run_out.count,
        ),
        _("Open the invitations"),
    )


def close(facts: CoordinatorFacts) -> Step | None:
    """Visits that are over."""
    return _step(
        "close",
        facts.to_close,
        _("Close the visit: %(title)s"),
        _("It is over, and everybody is back."),
        _("Open the visit"),
    )


def first_place() -> Step:
    """An empty installation: its first person says where they work."""
    return Step(
        "place",
        _("Name your institution"),
        _("Nothing is here yet. You will coordinate it; programmes, people and partners follow."),
        "/people/places/new/",
        _("Name it"),
    )


def first_people(facts: CoordinatorFacts) -> Step | None:
    """An institution with nobody but its coordinator."""
    if facts.people:
        return None
    return Step(
        "people",
        _("Invite your first people"),
        _("One by one, or as a list from a spreadsheet."),
        "/people/",
        _("Invite people"),
    )


def first_partner(facts: CoordinatorFacts) -> Step | None:
    """No partner yet."""
    if facts.partnerships:
        return None
    return Step(
        "partner",
        _("Propose a partnership"),
        _("If the other institution is not here yet, invite its coordinator first."),
        "/partnerships/",
        _("Go to partnerships"),
    )


def first_trip(facts: CoordinatorFacts) -> Step | None:
    """Partners without a visit."""
    if facts.trips or not facts.partnerships or facts.partnerships_to_agree:
        return None
    return Step(
        "trip",
        _("Propose a visit"),
        _("In either direction; the other side agrees to it."),
        "/trips/",
        _("Go to trips"),
    )


RULES: list[Rule[CoordinatorFacts]] = [
    agree_partnership,
    agree_trip,
    leaving_without_answers,
    leaving_without_modules,
    without_visitors,
    without_host,
    without_mentor,
    first_people,
    first_partner,
    first_trip,
    invitations,
    close,
]


def coordinator_steps(facts: CoordinatorFacts) -> list[Step]:
    """Everything that is next for a coordinator."""
    return apply(RULES, facts)
