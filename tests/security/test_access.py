"""Who may open what: every address, every role (access.txt)."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from .tables import JSON, ROWS, Row, ask, form_of, ours
from .world import ROLES, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_gets_what_the_table_says(row: Row, world: World) -> None:
    found = {}
    for role in ROLES:
        with transaction.atomic():
            found[role] = ask(world.client(role), row, world).status_code
            transaction.set_rollback(True)

    assert found == row.expected


def test_every_address_of_ours_has_a_row(world: World) -> None:
    known = {resolve(world.fill(row.address)).route for row in ROWS}

    assert set(ours()) - known == set()


def test_every_posted_form_belongs_to_a_row(world: World) -> None:
    posts = {row.address for row in ROWS if row.method == "POST"}

    assert set(JSON) <= posts
    assert all(isinstance(form_of(address, world), dict) for address in posts)


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"]
LISTED = {(row.method, row.address) for row in ROWS}
UNLISTED = sorted(
    (method, row.address)
    for row in ROWS
    for method in METHODS
    if (method, row.address) not in LISTED and "{other}" not in row.address
    # The door of the CMS is shut before anybody looks at the method.
    if not row.address.startswith("/cms/")
)


@pytest.mark.parametrize("role", ["visitor", "author", "coord", "reviewer"])
def test_method_that_is_not_listed_is_refused(role: str, world: World) -> None:
    for method, address in UNLISTED:
        with transaction.atomic():
            response = world.client(role).generic(method, world.fill(address))
            transaction.set_rollback(True)
        refused = response.status_code in {401, 404, 405}
        to_sign_in = response.status_code == 302 and "/accounts/login/" in response["Location"]
        assert refused or to_sign_in, (method, address, response.status_code)


SECRETS = [
    # (address with the thing, with a random id, who must not know)
    ("GET", "/journal/{sent}/", "/journal/{nothing}/"),
    ("GET", "/journal/{draft}/edit/", "/journal/{nothing}/edit/"),
    ("POST", "/journal/{draft}/save/", "/journal/{nothing}/save/"),
    ("GET", "/reviews/{request}/", "/reviews/{nothing}/"),
    ("POST", "/reviews/{request}/save/", "/reviews/{nothing}/save/"),
    ("POST", "/reviews/{request}/remarks/", "/reviews/{nothing}/remarks/"),
    ("GET", "/trips/{trip}/", "/trips/{nothing}/"),
    ("POST", "/trips/{trip}/cancel/", "/trips/{nothing}/cancel/"),
    ("GET", "/people/{author}/", "/people/{nothing}/"),
    ("POST", "/people/{author}/roles/", "/people/{nothing}/roles/"),
    ("GET", "/outcomes/{author_part}/pre/", "/outcomes/{nothing}/pre/"),
    ("POST", "/me/notices/{notice}/open/", "/me/notices/{nothing}/open/"),
    ("POST", "/people/invitations/{invitation}/resend/", "/people/invitations/{nothing}/resend/"),
    ("GET", "/people/places/{home}/", "/people/places/nothing/"),
    ("GET", "/partnerships/{partnership}/", "/partnerships/nothing/"),
    ("GET", "/people/roster/{roster}/", "/people/roster/{nothing}/"),
    ("GET", "/curriculum/reports/{report}/", "/curriculum/reports/{nothing}/"),
    ("POST", "/curriculum/reports/{report}/settle/", "/curriculum/reports/{nothing}/settle/"),
    ("POST", "/curriculum/reports/{report}/take-back/", "/curriculum/reports/{nothing}/take-back/"),
    ("GET", "/certificates/{certificate}/sheet/", "/certificates/{nothing}/sheet/"),
    ("POST", "/certificates/{certificate}/revoke/", "/certificates/{nothing}/revoke/"),
    ("GET", "/certificates/of/{completion}/", "/certificates/of/{nothing}/"),
    ("GET", "/people/{author}/certificates/", "/people/{nothing}/certificates/"),
]


@pytest.mark.parametrize("role", ["outsider", "admin"])
@pytest.mark.parametrize(("method", "thing", "nothing"), SECRETS)
def test_hidden_thing_answers_exactly_like_nothing(
    role: str, method: str, thing: str, nothing: str, world: World
) -> None:
    client = world.client(role)

    def answer(address: str) -> tuple[int, int, str]:
        url = world.fill(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.generic(method, url)
        text = re.sub(r'value="\w{64}"', "", response.text)  # CSRF tokens differ each time
        return response.status_code, len(queries), text.replace(url, "")

    answer(nothing)  # warm
    assert answer(thing) == answer(nothing)
    assert answer(thing)[0] == 404
