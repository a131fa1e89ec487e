"""The CMS has no sign-in form of its own, and shows no people."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from people.models import User


@pytest.fixture
def editor(eleni: User) -> User:
    """An editor who may open the CMS."""
    eleni.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return eleni


@pytest.mark.django_db
def test_visitor_signs_in_with_everybody_elses_form(client: Client) -> None:
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/cms/"


def test_resident_is_told_that_it_is_not_theirs(client: Client, amara: User) -> None:
    client.force_login(amara)

    assert client.get("/cms/", follow=True).status_code == 403


def test_editor_comes_in(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("path", ["users/", "users/add/", "groups/", "groups/1/"])
def test_people_are_not_managed_here(client: Client, admin: User, path: str) -> None:
    client.force_login(admin)

    assert client.get(f"/cms/{path}").status_code == 404


@pytest.mark.django_db
def test_passwords_are_not_reset_here(client: Client) -> None:
    response = client.get("/cms/password_reset/")

    assert response.headers["Location"] == "/accounts/password/reset/"


def test_policy_lets_no_inline_script_run(client: Client, editor: User) -> None:
    client.force_login(editor)

    policy = client.get("/cms/").headers["Content-Security-Policy"]

    script = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe" not in script
    assert "style-src 'self' 'unsafe-inline'" in policy


@pytest.mark.django_db
def test_pages_of_ours_take_no_inline_style(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["", "account/", "pages/", "images/", "reports/site-history/"])
def test_admin_pages_have_no_inline_script(client: Client, admin: User, path: str) -> None:
    client.force_login(admin)

    text = client.get(f"/cms/{path}", follow=True).text

    for script in text.split("<script")[1:]:
        attributes, body = script.split(">", 1)
        is_data = "application/json" in attributes
        assert "src=" in attributes or is_data or not body.split("</script>")[0].strip()
