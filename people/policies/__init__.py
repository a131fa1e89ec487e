"""Which privacy notice and terms hold for whom, and who has accepted them.

The installation’s texts are Markdown files beside this module: `<language>/<kind>-<version>.md`.
A published version never changes. An institution’s own text holds in place of the installation’s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from ..audit import Kind, record
from ..models import Acceptance, Institution, Membership, Policy, User

TEXTS = Path(__file__).parent
NAME = re.compile(r"(privacy|terms)-(\d+)\.(\d+)\.md")
KINDS = [Policy.Kind.PRIVACY, Policy.Kind.TERMS]
MAJOR, MINOR, TRANSLATION = "major", "minor", "translation"

Key = tuple[str, int | None, int]  # kind, institution, major version: what is accepted


def load_policies(*, at: datetime) -> int:
    """Bring the shipped texts into the database; how many were new. Safe at any time, and twice."""
    made = 0
    for path in sorted(TEXTS.glob("*/*.md")):
        match = NAME.fullmatch(path.name)
        if match is None:
            continue
        _policy, is_new = Policy.objects.get_or_create(
            kind=match[1],
            institution=None,
            major=int(match[2]),
            minor=int(match[3]),
            language=path.parent.name,
            defaults={"body": path.read_text(encoding="utf-8"), "published_at": at},
        )
        made += is_new
    return made


def _newest(policies: Iterable[Policy], language: str) -> Policy | None:
    """The newest version; in this language if it exists, else in English, else in any."""
    rows = list(policies)
    if not rows:
        return None
    version = max((row.major, row.minor) for row in rows)
    same = [row for row in rows if (row.major, row.minor) == version]
    by_language = {row.language: row for row in same}
    return by_language.get(language) or by_language.get("en") or same[0]


def installation_text(kind: str, language: str) -> Policy | None:
    """The text that holds where an institution has none of its own. For the public page."""
    return _newest(Policy.objects.filter(kind=kind, institution=None), language)


def place_text(kind: str, place: Institution, language: str) -> Policy | None:
    """An institution’s own text, if it has published one."""
    return _newest(Policy.objects.filter(kind=kind, institution=place), language)


def place_texts(places: Sequence[Institution], language: str) -> dict[tuple[int, str], Policy]:
    """The own texts of several institutions by institution and kind, without bodies. One query."""
    rows: dict[tuple[int, str], list[Policy]] = {}
    for row in Policy.objects.filter(institution__in=places).defer("body"):
        rows.setdefault((row.institution_id or 0, row.kind), []).append(row)
    newest = {key: _newest(some, language) for key, some in rows.items()}
    return {key: row for key, row in newest.items() if row}


def current_for(user: User, *, at: datetime) -> list[Policy]:
    """The texts that hold for this person today, without their bodies. Two queries."""
    memberships = Membership.objects.for_user(user).valid(at.date())
    places = set(memberships.values_list("institution", flat=True))
    rows = list(
        Policy.objects.filter(Q(institution__in=places) | Q(institution=None)).defer("body")
    )
    found: list[Policy] = []
    for kind in KINDS:
        of_kind = [row for row in rows if row.kind == kind]
        own = {row.institution_id for row in of_kind} - {None}
        asked: list[int | None] = [*sorted(pk for pk in own if pk is not None)]
        if places - own or not places:
            asked.append(None)
        for place in asked:
            newest = _newest((r for r in of_kind if r.institution_id == place), user.language)
            found += [newest] if newest else []
    return found


def key_of(policy: Policy) -> Key:
    """What accepting this text covers: every minor version and language of it."""
    return (policy.kind, policy.institution_id, policy.major)


def accepted_by(user: User) -> dict[Key, datetime]:
    """What the person has accepted, and when."""
    rows = Acceptance.objects.filter(user=user).select_related("policy").defer("policy__body")
    return {key_of(row.policy): row.accepted_at for row in rows}


def pending_for(user: User, *, at: datetime) -> list[Policy]:
    """The texts that this person has to accept before the next entry. Three queries."""
    current = current_for(user, at=at)
    if not current:
        return []
    done = accepted_by(user)
    return [policy for policy in current if key_of(policy) not in done]


@transaction.atomic
def accept(user: User, policies: Sequence[Policy], *, at: datetime) -> None:
    """The person has read these texts and agrees. A second time changes nothing."""
    for policy in policies:
        Acceptance.objects.get_or_create(user=user, policy=policy, defaults={"accepted_at": at})


@transaction.atomic
def publish(
    place: Institution,
    *,
    kind: str,
    language: str,
    body: str,
    change: str,
    by: User,
    at: datetime,
) -> Policy:
    """An institution’s own text. Its first one is major: people have not accepted it yet.

    `change` is MAJOR (everybody is asked again), MINOR (nobody is), or TRANSLATION (the present
    version in one more language). The same text again publishes nothing.
    """
    Institution.objects.select_for_update().get(pk=place.pk)
    rows = Policy.objects.filter(kind=kind, institution=place)
    latest = _newest(rows, language)
    same_language = _newest(rows.filter(language=language), language)
    if latest and same_language and same_language.body == body:
        return same_language
    major, minor = _next_version(latest, language, change)
    made = Policy.objects.create(
        kind=kind,
        institution=place,
        major=major,
        minor=minor,
        language=language,
        body=body,
        published_at=at,
    )
    record(Kind.SETTING, at=at, actor=by, institution=place, detail=f"{kind} {major}.{minor}")
    return made


def _next_version(latest: Policy | None, language: str, change: str) -> tuple[int, int]:
    """The number of the version to come."""
    if latest is None:
        return 1, 0
    if change == MAJOR:
        return latest.major + 1, 0
    if change == TRANSLATION and latest.language != language:
        return latest.major, latest.minor
    return latest.major, latest.minor + 1
