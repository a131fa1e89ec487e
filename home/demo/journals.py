"""Plays the entries and what was answered, through the workflow of `reflections`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from people.models import User
from people.policies import pending_for
from reflections.findings import open_findings
from reflections.models import Entry, Prompt, Remark, Review, ReviewRequest, RubricVersion
from reflections.shipped import default_rubric
from reflections.workflow import entries, reviews

from .age import NEWS
from .scripts import Act, BadScript, Script, scripts
from .stage import Stage

TYPING = timedelta(minutes=9)
NEXT_DAY = timedelta(hours=19)


def play_all(stage: Stage) -> None:
    """Every entry, one after the other."""
    rubric = default_rubric()
    if rubric is None:
        raise BadScript("There is no rubric to answer with.")
    for script in scripts():
        Play(stage, script, rubric).run()


def id_of(name: str) -> UUID:
    """The same id in every demo."""
    return uuid5(NAMESPACE_URL, f"https://bothways.example/demo/{name}")


@dataclass
class Play:
    """One entry while it is played."""

    stage: Stage
    script: Script
    rubric: RubricVersion

    def run(self) -> None:
        """Begun, sent, and then act by act."""
        self.write()
        if self.script.sent:
            self.send(self.hour(self.script.sent, self.author))
        for act in self.script.acts:
            self.acts[act.verb](act)
        self.settle()

    def settle(self) -> None:
        """What was said before yesterday has been read by the other side, the next day."""
        before = self.stage.calendar.now - NEWS
        entry = self.entry
        said = Remark.objects.filter(request__entry=entry, at__lt=before).order_by("at")
        for remark in said.select_related("request__reviewer", "request__entry"):
            if remark.author_id == entry.author_id:
                reviews.read_remarks(
                    remark.request, remark.request.reviewer, at=remark.at + NEXT_DAY
                )
        handed = Review.objects.filter(request__entry=entry, status__in=Review.HANDED_OVER)
        hours = [
            *handed.values_list("released_at", flat=True),
            *said.exclude(author=entry.author_id).values_list("at", flat=True),
        ]
        old = [hour for hour in hours if hour and hour < before]
        if old:
            reviews.open_feedback(entry, at=max(old) + NEXT_DAY)

    @property
    def author(self) -> User:
        """Who writes."""
        return self.stage.people[self.script.author]

    @property
    def entry(self) -> Entry:
        """The row as it stands now."""
        return Entry.objects.get(public_id=id_of(self.script.key))

    @property
    def acts(self) -> dict[str, Callable[[Act], None]]:
        """What can happen to an entry."""
        return {
            "read": self.read,
            "draft": self.draft,
            "release": self.hand_over,
            "return": self.hand_over,
            "open": self.open,
            "say": self.say,
            "rewrite": self.rewrite,
        }

    def hour(self, words: str, whose: User) -> datetime:
        """By the clock of the person who acts; nothing happens in the future."""
        at = self.stage.calendar.moment(words, whose.time_zone)
        if at > self.stage.calendar.now:
            raise BadScript(f"{self.script.key}: “{words}” lies ahead.")
        return at

    def write(self) -> None:
        """A draft with its readers named, saved once half-way and once whole."""
        script, at = self.script, self.hour(self.script.begun, self.author)
        if pending_for(self.author, at=at):
            raise BadScript(f"{script.key}: its author has not accepted the terms.")
        prompt = Prompt.objects.get(key=script.prompt, locale__language_code="en")
        entries.start_entry(
            self.author,
            public_id=id_of(script.key),
            member=self.stage.members[script.visit, script.author],
            prompt=prompt,
            phase=prompt.phase,
            readers=entries.Readers(**dict.fromkeys(script.readers, True)),
            title=prompt.title,
            at=at,
        )
        first, _break, _rest = script.body.partition("\n\n")
        self.save(first, at + TYPING / 2)
        self.save(script.body, at + TYPING)

    def save(self, body: str, at: datetime) -> None:
        """Keep the text upon what stands."""
        entry = self.entry
        entries.save_entry(entry, body=body, base=entry.version, at=at)

    def send(self, at: datetime) -> None:
        """What the guard marks is kept with the reason that the file gives; then it goes."""
        for finding in open_findings(self.entry):
            if finding.text not in self.script.kept:
                raise BadScript(f"{self.script.key}: the guard marks “{finding.text}”.")
            reason = self.script.kept[finding.text]
            entries.keep_finding(self.entry, finding.fingerprint, reason)
        entries.submit_entry(self.entry, at=at)

    def request(self, who: str) -> ReviewRequest:
        """What this reader was asked."""
        found = ReviewRequest.objects.for_reader(self.stage.people[who])
        return found.get(entry__public_id=id_of(self.script.key))

    def read(self, act: Act) -> None:
        """A reader opens the entry."""
        at = self.hour(act.when, self.stage.people[act.who])
        reviews.note_reading(self.request(act.who), at=at)

    def draft(self, act: Act) -> None:
        """A reader begins an answer."""
        request = self.request(act.who)
        at = self.hour(act.when, request.reviewer)
        reviews.note_reading(request, at=at - TYPING)
        criteria = list(self.rubric.criteria.values_list("key", flat=True))
        reviews.save_review(
            request,
            feedback=act.words,
            ratings=dict(zip(criteria, act.levels, strict=False)),
            base=0,
            at=at,
        )

    def hand_over(self, act: Act) -> None:
        """A reader answers, or asks for another look."""
        self.draft(act)
        request = self.request(act.who)
        review = request.reviews.get(version=request.version)
        give = reviews.release_review if act.verb == "release" else reviews.return_review
        give(review, at=self.hour(act.when, request.reviewer))

    def open(self, act: Act) -> None:
        """The author opens the page."""
        reviews.open_feedback(self.entry, at=self.hour(act.when, self.author))

    def say(self, act: Act) -> None:
        """A turn of the talk: `say WHO` by a reader, `say to WHO` by the author."""
        request = self.request(act.reader)
        speaker = self.author if act.by_author else request.reviewer
        at = self.hour(act.when, speaker)
        if act.by_author:
            reviews.open_feedback(self.entry, at=at)
        else:
            reviews.read_remarks(request, speaker, at=at)
        token = id_of(f"{self.script.key}/{act.who}/{act.when}")
        reviews.add_remark(request, speaker, token=token, body=act.words, at=at)

    def rewrite(self, act: Act) -> None:
        """The author looks again at a returned entry and sends it."""
        at = self.hour(act.when, self.author)
        reviews.open_feedback(self.entry, at=at - 2 * TYPING)
        self.save(act.words, at - TYPING)
        self.send(at)
