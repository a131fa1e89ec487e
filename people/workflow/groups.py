"""Wagtail's groups follow the memberships: one group of editors per institution."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group, Permission

from ..events import editors_named
from ..models import Institution, Membership, Role, User

EDITORS = "Editors: "


def editors_group(institution: Institution) -> Group:
    """The group of an institution's editors; it may enter the CMS.

    Which pages and files it may change is set above, where these are known: `editors_named`.
    """
    group, made = Group.objects.get_or_create(name=f"{EDITORS}{institution.slug}")
    if made:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
        editors_named.send(sender=Group, group=group, institution=institution)
    return group


def groups_of_editors() -> dict[str, Group]:
    """The groups that there are, by the slug of their institution."""
    groups = Group.objects.filter(name__startswith=EDITORS)
    return {group.name.removeprefix(EDITORS): group for group in groups}


def keep_groups_in_step(user: User, *, on: date) -> None:
    """Put the person into the editors' groups that their memberships name, and no others."""
    places = Institution.objects.filter(
        memberships__in=Membership.objects.for_user(user).valid(on).filter(role=Role.EDITOR)
    ).distinct()
    wanted = {editors_group(place) for place in places}
    held = set(user.groups.filter(name__startswith=EDITORS))
    user.groups.add(*(wanted - held))
    user.groups.remove(*(held - wanted))
