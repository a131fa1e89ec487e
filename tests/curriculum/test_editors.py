"""What the editors of an institution may change, and what they may not."""

from __future__ import annotations

import pytest
from wagtail.images.permissions import permission_policy

from curriculum.models import CurriculumIndexPage, ModulePage
from people.models import Institution, Role, User
from people.workflow import grant, revoke
from tests.conftest import NOON
from tests.curriculum.making import make_lesson, make_module, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(tomas: User, harrow_lake: Institution) -> User:
    """Tomas, named editor at Harrow Lake as a coordinator names one."""
    grant(tomas, harrow_lake, Role.EDITOR, at=NOON)
    return tomas


def may(user: User, page: ModulePage) -> tuple[bool, bool]:
    """Whether somebody may edit and publish a page."""
    fresh = User.objects.get(pk=user.pk)
    tester = page.permissions_for_user(fresh)
    return tester.can_edit(), tester.can_publish()


def test_editor_writes_and_publishes_what_nobody_leads(
    index: CurriculumIndexPage, editor: User
) -> None:
    module = make_module(index)

    assert may(editor, module) == (True, True)
    assert may(editor, make_lesson(module)) == (True, True)


def test_role_given_later_opens_the_modules_that_are_there(
    module: ModulePage, tomas: User, harrow_lake: Institution
) -> None:
    assert may(tomas, module) == (False, False)

    grant(tomas, harrow_lake, Role.EDITOR, at=NOON)

    assert may(tomas, module) == (True, True)


def test_module_of_another_institution_stays_theirs(
    index: CurriculumIndexPage, editor: User, kilimari: Institution
) -> None:
    module = make_module(index, leading_institution=kilimari)

    assert may(editor, module) == (False, False)


def test_module_that_gets_a_leader_is_closed_to_the_others(
    module: ModulePage, editor: User, kilimari: Institution
) -> None:
    publish(module, leading_institution=kilimari)

    assert may(editor, module) == (False, False)


def test_role_that_ended_closes_everything(module: ModulePage, editor: User) -> None:
    revoke(editor.memberships.get(role=Role.EDITOR), at=NOON)

    assert may(editor, module) == (False, False)


def test_editor_begins_modules_and_publishes_none_of_others(
    index: CurriculumIndexPage, editor: User
) -> None:
    tester = index.permissions_for_user(editor)

    assert tester.can_add_subpage()
    assert not tester.can_publish_subpage()


def test_editor_chooses_pictures(editor: User) -> None:
    assert permission_policy.user_has_permission(editor, "add")
    assert permission_policy.user_has_permission(editor, "choose")


def test_editor_changes_the_words_of_prompts(editor: User) -> None:
    assert editor.has_perm("reflections.change_prompt")


def test_learner_may_change_nothing(module: ModulePage, amara: User) -> None:
    assert may(amara, module) == (False, False)
