"""What is open without signing in: DESIGN §6's list, each with its reason."""

from __future__ import annotations

import pytest

from .tables import patterns
from .test_canary import admin_pages
from .world import World

pytestmark = pytest.mark.django_db

OPEN = {
    "": "front page",
    "privacy/": "footer: everybody reads it before they are here",
    "accessibility/": "footer",
    "help/": "footer: who cannot sign in needs it most",
    "talk/": "footer: nobody should have to sign in to find help",
    "i18n/language/": "the language menu stands on the open pages too",
    "healthz": "for load balancers",
    "readyz": "for load balancers; says nothing of people",
    "dev/mail/": "the demo's mails, with sign-in codes; 404 outside the demo",
    "dev/mail/<slug:file>/<int:number>/": "the same",
    "invitation/<str:token>/": "the only way in; the link is the key",
    "certificates/<str:code>/": "whoever holds the code checks it, as the owner meant",
    "media/<path:name>": "files of pages that are open to everybody; the view asks for the rest",
    r"^((?:[\w\-]+/)*)$": "modules marked open; the view sends visitors of others to sign in",
    "cms/login/": "the gate: leads to the sign-in",
    "cms/logout/": "leads to the page that signs out",
    "cms/password_reset/": "leads to the password page of the sign-in",
}
# Wagtail's own, guarded by permission inside (REST framework views open themselves).
OPEN_INSIDE_THE_CMS = ("cms/api/main/",)
# The sign-in itself: before it nobody is signed in.
SIGN_IN = {
    "login/",
    "logout/",
    "inactive/",
    "signup/",
    "confirm-email/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "login/code/",
    "login/code/confirm/",
    "2fa/authenticate/",
}
HARMLESS_WITHOUT_SIGN_IN = {"/cms/jsi18n/", "/cms/sprite/"}  # words and icons of the interface


def is_open(view: object) -> bool:
    return not getattr(view, "login_required", True)


def test_open_addresses_are_the_listed_ones() -> None:
    found = {
        route
        for route, entry in patterns()
        if is_open(entry.callback)
        and not route.startswith("accounts/")
        and not route.startswith(OPEN_INSIDE_THE_CMS)
    }

    assert found == set(OPEN)


def test_open_addresses_of_the_sign_in_are_the_listed_ones() -> None:
    found = {
        route.removeprefix("accounts/")
        for route, entry in patterns()
        if route.startswith("accounts/") and is_open(entry.callback)
    }

    assert found == SIGN_IN


@pytest.mark.parametrize("role", ["visitor", "stranger", "reviewer", "coord"])
def test_cms_is_closed_to_everybody_but_editors(role: str, world: World) -> None:
    client = world.client(role)
    client.raise_request_exception = False

    answers = {page: client.get(page).status_code for page in admin_pages()}

    shut = {302} if role == "visitor" else {403}
    odd = {p: s for p, s in answers.items() if s not in shut | {404} and not is_gate(p)}
    allowed = HARMLESS_WITHOUT_SIGN_IN if role == "visitor" else set()
    in_api = {page for page in odd if page.startswith("/cms/api/") and odd[page] in {401, 403}}
    assert set(odd) - allowed - in_api == set()


def is_gate(page: str) -> bool:
    return page in {"/cms/login/", "/cms/password_reset/"} and page != ""


def test_gate_does_not_lead_round_in_circles(world: World) -> None:
    response = world.client("stranger").get("/cms/pages/", follow=True)

    assert response.status_code == 403
    assert len(response.redirect_chain) <= 1


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_gate_leads_to_no_foreign_page(asked: str, world: World) -> None:
    response = world.client("visitor").get("/cms/login/", {"next": asked})

    assert "evil" not in response.headers["Location"]
