"""What somebody had typed when their session ended, kept for an hour until they are back.

Encrypted, in the shared cache, under a random name that only the new session knows. Only the same
account gets it back. Passwords, tokens and files are never kept.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

from writing.markdown import count_words

from .models import User
from .sealed import seal, unseal

KEEP = timedelta(hours=1)
LONGEST = 60_000
KEY = "unsent"  # in the session: {"token", "words"}
SECRET_NAMES = {"csrfmiddlewaretoken", "code", "secret", "token"}
NAME_PARTS = re.compile("[-_]")
OWNER = "kept_for"  # the field in which a form says whose it is
SITTING = timedelta(hours=24)
NOT_FROM = ("/accounts/", "/invitation/")


@dataclass(frozen=True)
class Stash:
    """A form as it was sent: where to, and its fields in order."""

    path: str
    fields: list[tuple[str, str]]
    was_cut: bool

    @property
    def words(self) -> int:
        """How many words the texts among the fields have."""
        return sum(count_words(value) for _name, value in self.fields if " " in value.strip())

    @property
    def longest(self) -> str:
        """The text that somebody would miss most."""
        return max((value for _name, value in self.fields), key=len, default="")


def owner_token(user: User) -> str:
    """Whose form this is, signed: after signing out elsewhere, nothing else tells."""
    return signing.dumps(user.pk, salt=OWNER)


def owner_of(request: HttpRequest) -> int | None:
    """Whose form was posted, as it says itself; None if it does not say, or says it wrongly."""
    try:
        owner = signing.loads(request.POST.get(OWNER, ""), salt=OWNER, max_age=SITTING)
    except signing.BadSignature:
        return None
    return int(owner)


def read_form(request: HttpRequest) -> Stash | None:
    """The posted form, if it is one that may be kept and has anything in it."""
    if request.method != "POST" or request.path.startswith(NOT_FROM):
        return None
    fields: list[tuple[str, str]] = []
    was_cut = False
    for name, values in request.POST.lists():
        if is_secret(name):
            continue
        for value in values:
            was_cut = was_cut or len(str(value)) > LONGEST
            fields.append((name, str(value)[:LONGEST]))
    if not any(value.strip() for _name, value in fields):
        return None
    return Stash(request.get_full_path(), fields, was_cut)


def is_secret(name: str) -> bool:
    """Whether a field of this name is never kept."""
    parts = set(NAME_PARTS.split(name.lower()))
    return name == OWNER or "password" in name.lower() or bool(parts & SECRET_NAMES)


def keep(stash: Stash, owner: int) -> dict[str, Any]:
    """Put it away for an hour. What comes back belongs into the session."""
    token = secrets.token_urlsafe(24)
    content = {"owner": owner, "path": stash.path, "fields": stash.fields, "cut": stash.was_cut}
    cache.set(f"stash:{token}", seal(content, "stash"), KEEP.total_seconds())
    return {"token": token, "words": stash.words}


def find(request: HttpRequest, owner: User) -> Stash | None:
    """What was kept for this session, if it belongs to this account and the hour is not over."""
    held = request.session.get(KEY)
    if not held:
        return None
    sealed = cache.get(f"stash:{held['token']}")
    if sealed is None:
        return None
    content = unseal(sealed, "stash", within=KEEP)
    if content is None or content["owner"] != owner.pk:
        return None
    fields = [(str(name), str(value)) for name, value in content["fields"]]
    return Stash(content["path"], fields, content["cut"])


def forget(request: HttpRequest) -> None:
    """Throw it away."""
    held = request.session.pop(KEY, None)
    if held:
        cache.delete(f"stash:{held['token']}")
