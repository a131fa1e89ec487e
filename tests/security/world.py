"""Who and what the tests speak about that walk all addresses: roles, unique words, names.

The unique words of CANARY stand in everything that only some may read; building.py puts them there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from people.models import User

ROLES = [
    "visitor",  # not signed in
    "outsider",  # learner of a third institution
    "stranger",  # learner of the author's institution without a part in the trip
    "author",
    "mentor",  # supervises the author; reviewer of another programme
    "reviewer",  # reviewer of the author's programme, was asked
    "host_sup",  # host supervisor of the trip; reviewer at the host institution
    "host",  # learner of the host institution without a part in the trip
    "coord",  # coordinator of the visiting side
    "host_coord",  # coordinator of the host side
    "editor",
    "admin",  # superuser without any membership
]

CANARY = {
    "body": "zqbodyzq",  # the entry that was sent to mentor, reviewers and hosts
    "private": "zqprivatezq",  # a draft for nobody
    "other": "zqotherzq",  # its second version
    "feedback": "zqfeedbackzq",  # a reviewer's draft of an answer
    "released": "zqreleasedzq",  # the host supervisor's released answer
    "remark": "zqremarkzq",  # the talk of author and host supervisor
    "reason": "zqreasonzq",  # why the author keeps a marked word
    "opinion": "zqopinionzq",  # what the author thought before a module
    "report": "zqreportzq",  # what the author says is wrong on a lesson
    "passage": "zqpassagezq",  # where
    "answer": "zqanswerzq",  # what its editor answered
    "holder": "Zqholderzq",  # the name on a certificate of which others see the initials
}


@dataclass
class World:
    """The people by role, the things by name, and a signed-in client for each role."""

    people: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """The browser of this role."""
        return self.clients[role]

    def fill(self, address: str) -> str:
        """An address of the table with its `{names}` put in."""
        return address.format(**self.names)
