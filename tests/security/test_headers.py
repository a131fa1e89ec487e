"""Headers of every page, cookies, and nothing inline in any page of ours."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.conftest import PASSWORD

from .tables import ROWS
from .world import World

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
CMS_POLICY = POLICY | {"style-src": "'self' 'unsafe-inline'"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
PAGES = sorted({row.address for row in ROWS if row.method == "GET"})
WHO = ["visitor", "author", "reviewer", "coord"]


def policy_of(response: Any) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in
             response.headers["Content-Security-Policy"].split(";")]  # fmt: skip
    return {name: value for name, _space, value in parts}


class Inline(HTMLParser):
    """Finds what a strict policy would not run: scripts, styles and handlers inside the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [f"{tag} {n}" for n in names if n == "style" or n.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            if (names.get(name) or "").strip().lower().startswith(("javascript:", "data:text")):
                self.found.append(f"{tag} {names[name]}")


def inline_in(text: str) -> list[str]:
    parser = Inline()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("role", WHO)
def test_every_page_has_the_headers_and_nothing_inline(role: str, world: World) -> None:
    for address in PAGES:
        response = world.client(role).get(world.fill(address))
        expected = CMS_POLICY if address.startswith("/cms/") else POLICY
        assert policy_of(response) == expected, address
        assert {n: response.headers.get(n) for n in HEADERS} == HEADERS, address
        if response.headers["Content-Type"].startswith("text/html"):
            assert inline_in(response.text) == [], address


@pytest.mark.parametrize("path", ["login/", "password/reset/", "login/code/", "signup/"])
def test_sign_in_pages_have_them_too(path: str, world: World) -> None:
    response = world.client("visitor").get(f"/accounts/{path}")

    assert policy_of(response) == POLICY
    assert inline_in(response.text) == []


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/reports/site-history/", "/cms/x/"])
def test_cms_may_style_inline_and_nothing_else(path: str, world: World) -> None:
    policy = policy_of(world.client("admin").get(path, follow=True))

    assert policy.pop("style-src") == "'self' 'unsafe-inline'"
    script = policy.pop("script-src")
    assert "unsafe" not in script
    assert policy == {k: v for k, v in POLICY.items() if k not in {"style-src", "script-src"}}


@pytest.mark.parametrize("path", ["/cmsx/", "/privacy/?/cms/", "//cms/"])
def test_relaxation_does_not_leave_the_cms(path: str, world: World) -> None:
    response = world.client("author").get(path)

    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_error_pages_have_them_too(world: World) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    for response in (client.get("/no/such/"), client.post("/me/"), client.get("/", headers={})):
        assert policy_of(response) == POLICY
        assert inline_in(response.text) == []


def test_cookies_are_kept_from_scripts_and_other_houses(world: World) -> None:
    client = Client()
    user = world.people["author"]
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]

    assert session["httponly"]
    assert (session["samesite"], token["samesite"]) == ("Lax", "Lax")


@override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
def test_cookies_of_production_travel_encrypted_only(world: World) -> None:
    from lms.settings import production

    assert (production.SESSION_COOKIE_SECURE, production.CSRF_COOKIE_SECURE) == (True, True)
    assert production.SECURE_HSTS_SECONDS >= 31_536_000
    assert production.SECURE_SSL_REDIRECT is True


def test_host_that_is_not_ours_is_refused(world: World, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["bothways.example"]
    settings.SECURE_SSL_REDIRECT = True  # the first middleware that looks at the host refuses it

    answer = Client().get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert policy_of(answer) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/cms/", "/dashboard"])
def test_refusals_and_redirects_cannot_be_framed_elsewhere(path: str, world: World) -> None:
    answer = world.client("author").get(path)

    assert answer.status_code in {301, 302, 403}
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
