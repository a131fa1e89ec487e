"""The footer says how heavy the page is. It is measured, page by page."""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Callable
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

PLACE = f"[[{secrets.token_hex(8)}]]"  # nobody can write it into a text
ASSET = re.compile(rb'(?:src|href)="/static/([^"?#]+)"')
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


@lru_cache(maxsize=512)
def asset_weight(name: str) -> int:
    """Bytes of a static file as sent (compressed); 0 where it cannot be found."""
    path = finders.find(HASHED.sub("", name))
    if not isinstance(path, str):
        return 0
    with open(path, "rb") as file:
        return len(zlib.compress(file.read(), 6))


def page_weight(html: bytes) -> int:
    """Kilobytes of a first visit: the page and each style, script and icon it names, once."""
    assets = {match.decode() for match in ASSET.findall(html)}
    total = len(zlib.compress(html, 1)) + sum(asset_weight(name) for name in assets)
    return max(1, round(total / 1024))


class WeightMiddleware:
    """Puts the measured weight where the footer left room for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and PLACE.encode() in response.content:
            weight = str(page_weight(response.content)).encode()
            response.content = response.content.replace(PLACE.encode(), weight)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response
