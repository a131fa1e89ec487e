"""What editors may change: the modules that their institution leads, and those that nobody leads.

Wagtail asks its groups for permissions on pages and collections; they are set here, when an
institution gets editors, when a module is made and when it is published.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from people.models import Institution, Membership, Role, User
from people.workflow import groups_of_editors
from publishing.models import Image, Media

from .models import CurriculumIndexPage, ModulePage

WRITE = ["add_page", "change_page", "publish_page"]
# Below an index one may begin a module of one's own; publishing it comes with the module.
BEGIN = ["add_page"]


def on_editors_named(sender: Any, group: Group, institution: Institution, **rest: Any) -> None:
    """The first editor of an institution finds everything that is theirs."""
    for index in CurriculumIndexPage.objects.all():
        permit(group, index, BEGIN)
    for module in ModulePage.objects.select_related("leading_institution"):
        if leads(institution.slug, module):
            permit(group, module, WRITE)
    permit_files(group)


def on_published(sender: Any, instance: Page, **rest: Any) -> None:
    """A module may have another leader now; an index may be new."""
    if isinstance(instance, ModulePage):
        let_edit(instance)
    elif isinstance(instance, CurriculumIndexPage):
        for group in groups_of_editors().values():
            permit(group, instance, BEGIN)


def let_edit(module: ModulePage) -> None:
    """Whose editors may change this module; others no longer may."""
    groups = groups_of_editors()
    theirs = [group for slug, group in groups.items() if leads(slug, module)]
    others = [group for slug, group in groups.items() if not leads(slug, module)]
    for group in theirs:
        permit(group, module, WRITE)
    GroupPagePermission.objects.filter(page=module.pk, group__in=others).delete()


def leads(slug: str, module: ModulePage) -> bool:
    """Whether the institution leads the module, or nobody does."""
    leader = module.leading_institution
    return leader is None or leader.slug == slug


def editors_behind(module: ModulePage, *, on: date) -> QuerySet[User]:
    """Editors of the institution that leads the module, and of the partner that reviews it.

    All editors, where nobody leads it.
    """
    held = Membership.objects.valid(on).filter(role=Role.EDITOR)
    if module.leading_institution_id is not None:
        places = {module.leading_institution_id, module.reviewing_institution_id} - {None}
        held = held.filter(institution__in=places)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def permit(group: Group, page: Page, names: list[str]) -> None:
    """Permissions on a page and everything below it. Twice is harmless."""
    for permission in permissions(Page, names):
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=permission
        )


def permit_files(group: Group) -> None:
    """Pictures and recordings: add them, change and choose them."""
    root = Collection.get_first_root_node()
    wanted = [
        *permissions(Image, ["add_image", "change_image", "choose_image"]),
        *permissions(Media, ["add_media", "change_media"]),
    ]
    for permission in wanted if root else []:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def permissions(model: Any, names: list[str]) -> list[Permission]:
    """Permissions of a model by their code names."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    return list(Permission.objects.filter(content_type=kind, codename__in=names))
