"""Wagtail's groups follow the memberships: one group of editors per institution."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group, Permission

from ..models import Institution, Membership, Role, User

EDITORS = "Editors: "


def editors_group(institution: Institution) -> Group:
    """The group of an institution's editors; it may enter the CMS.

    Which pages and collections it may change is set above, where pages are known.
    """
    group, made = Group.objects.get_or_create(name=f"{EDITORS}{institution.slug}")
    if made:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


def keep_groups_in_step(user: User, *, on: date) -> None:
    """Put the person into the editors' groups that their memberships name, and no others."""
    places = Institution.objects.filter(
        memberships__in=Membership.objects.for_user(user).valid(on).filter(role=Role.EDITOR)
    ).distinct()
    wanted = {editors_group(place) for place in places}
    held = set(user.groups.filter(name__startswith=EDITORS))
    user.groups.add(*(wanted - held))
    user.groups.remove(*(held - wanted))
