"""What readers reported on lessons, and what editors answered, through `curriculum.reporting`."""

from __future__ import annotations

from typing import Any

from curriculum.models import LessonPage
from curriculum.reporting import Said, send_report, settle_report
from people.models import User
from publishing.editions import latest_edition

from .journals import id_of
from .scripts import BadScript
from .stage import Stage, read

Row = dict[str, Any]


def play_reports(stage: Stage) -> None:
    """Every report, and the answer where there is one."""
    for row in read("reports.yaml"):
        play(stage, row, stage.people[row["by"]])


def play(stage: Stage, row: Row, reader: User) -> None:
    """One of them, by the clocks of those who write."""
    lesson = LessonPage.objects.get(slug=row["lesson"], locale__language_code="en")
    edition = latest_edition(lesson)
    if edition is None:
        raise BadScript(f"“{row['lesson']}” is not published.")
    token = id_of(f"report/{row['lesson']}/{row['by']}")
    said = Said(token, row["kind"], row["words"], row["passage"])
    at = stage.calendar.moment(row["sent"], reader.time_zone)
    report = send_report(reader, edition, said, at=at)
    answer = row.get("answer")
    if answer:
        editor = stage.people[answer["by"]]
        settle_report(
            report,
            by=editor,
            state=answer["state"],
            answer=answer["words"],
            at=stage.calendar.moment(answer["at"], editor.time_zone),
        )
