"""How allauth behaves here: nobody signs up alone, people are invited."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; the only way in is an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see people.models.Invitation."""
        return False
