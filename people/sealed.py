"""Encryption for what stands in the shared cache for a while and is nobody’s business there."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


def _locksmith(purpose: str) -> Fernet:
    """Encryption with a key of this purpose’s own, made from SECRET_KEY."""
    key = salted_hmac("people.sealed", purpose, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(content: Any, purpose: str) -> bytes:
    """Something that JSON can hold, unreadable without SECRET_KEY."""
    return _locksmith(purpose).encrypt(json.dumps(content).encode())


def unseal(sealed: bytes, purpose: str, *, within: timedelta) -> Any:
    """The content; None if it is older, or was sealed for something else."""
    try:
        opened = _locksmith(purpose).decrypt(sealed, ttl=int(within.total_seconds()))
    except InvalidToken:
        return None
    return json.loads(opened)
