"""The world is closed: each role holds exactly what is written here by hand, and one permission more or less fails."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Workflow, WorkflowPage

from hub.pages.models import HubPage
from hub.partners.models import Partner
from hub.partners.people import partners_of
from hub.partners.provisioning import provision
from hub.stories.review.who_may_approve import MayNotApprove, check_may_approve
from tests.factories import Tree, make_story

USE = {"choose_image", "choose_document"}
KEEP = USE | {"add_image", "change_image", "add_document", "change_document"}
EXPECTED: dict[str, dict[str, Any]] = {
    "Clued Up: authors": {
        "site": {"access_admin"},
        "pages": {"/partners/clued-up/": {"add", "change", "publish"}},
        "library": {"Clued Up": KEEP, "Shared by all": USE},
    },
    "Clued Up: leads": {
        "site": {"access_admin"},
        "pages": {"/partners/clued-up/": {"add", "change", "publish", "lock", "unlock"}},
        "library": {"Clued Up": KEEP, "Shared by all": USE},
    },
    "CARF: authors": {
        "site": {"access_admin"},
        "pages": {"/partners/carf/": {"add", "change", "publish"}},
        "library": {"CARF": KEEP, "Shared by all": USE},
    },
    "CARF: leads": {
        "site": {"access_admin"},
        "pages": {"/partners/carf/": {"add", "change", "publish", "lock", "unlock"}},
        "library": {"CARF": KEEP, "Shared by all": USE},
    },
    "Toolkit editors": {
        "site": {
            "access_admin",
            "add_helpline",
            "change_helpline",
            "add_glossaryterm",
            "change_glossaryterm",
            "delete_glossaryterm",
            "add_searchneed",
            "change_searchneed",
            "delete_searchneed",
            "add_searchsynonyms",
            "change_searchsynonyms",
            "delete_searchsynonyms",
            "add_searchbestbet",
            "change_searchbestbet",
            "delete_searchbestbet",
        },
        "pages": {"/toolkit/": {"add", "change", "lock", "unlock"}},
        "library": {"Shared by all": KEEP},
    },
    "Story moderators": {"site": {"access_admin", "moderate_story"}, "pages": {}, "library": {}},
    "Safeguarding": {"site": {"access_admin", "clear_legal_flag"}, "pages": {}, "library": {}},
}


def held() -> dict[str, dict[str, Any]]:
    """Every permission of every group, read from the database."""
    found: dict[str, dict[str, Any]] = {}
    for group in Group.objects.all():
        pages: dict[str, set[str]] = {}
        for row in GroupPagePermission.objects.filter(group=group).select_related("page", "permission"):
            kind = row.permission.codename.removesuffix("_hubpage")
            pages.setdefault(row.page.url, set()).add(kind)
        library: dict[str, set[str]] = {}
        for item in GroupCollectionPermission.objects.filter(group=group):
            library.setdefault(item.collection.name, set()).add(item.permission.codename)
        site = {permission.codename for permission in group.permissions.all()}
        found[group.name] = {"site": site, "pages": pages, "library": library}
    return found


def test_each_role_holds_exactly_this(two_sections: Tree) -> None:
    assert held() == EXPECTED


def test_provisioning_twice_changes_nothing(two_sections: Tree) -> None:
    assert provision() == []


def test_what_was_added_by_hand_is_taken_away_and_said(two_sections: Tree) -> None:
    authors = Group.objects.get(name="Clued Up: authors")
    authors.permissions.add(Permission.objects.get(codename="change_user"))
    carf = HubPage.objects.get(slug="carf")
    GroupPagePermission.objects.create(group=authors, page=carf, permission_type="change")
    said = " ".join(provision())
    assert "Took from “Clued Up: authors”: change_user" in said
    assert held() == EXPECTED


def test_what_was_taken_by_hand_is_given_back(two_sections: Tree) -> None:
    GroupPagePermission.objects.all().delete()
    GroupCollectionPermission.objects.all().delete()
    assert provision()
    assert held() == EXPECTED


def test_a_check_changes_nothing_and_exits_with_1(two_sections: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    GroupPagePermission.objects.all().delete()
    with pytest.raises(SystemExit) as ended:
        call_command("provision", check=True)
    assert ended.value.code == 1
    assert "Gave “Clued Up: authors”" in capsys.readouterr().out
    assert not GroupPagePermission.objects.exists()


def test_wagtails_own_groups_and_workflow_are_gone(two_sections: Tree) -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert not WorkflowPage.objects.filter(page=HubPage.get_first_root_node()).exists()
    assert not Workflow.objects.filter(name="Moderators approval").exists()


def test_a_partner_can_switch_approval_on_and_off(two_sections: Tree) -> None:
    for wanted in (True, False):
        Partner.objects.filter(slug="carf").update(approval_required=wanted)
        provision()
        assert WorkflowPage.objects.filter(page__slug="carf").exists() is wanted


def test_each_partner_has_a_collection_with_two_inside(two_sections: Tree) -> None:
    own = Collection.objects.get(name="CARF")
    assert {child.name for child in own.get_children()} == {"Images", "Documents"}


def test_an_author_edits_in_her_own_section_and_another_partners_author_does_not(
    two_sections: Tree, clued_up_author: User, carf_author: User, toolkit_editor: User
) -> None:
    guidance = two_sections.guidance
    assert guidance.permissions_for_user(clued_up_author).can_publish()
    assert not guidance.permissions_for_user(carf_author).can_edit()
    assert not guidance.permissions_for_user(toolkit_editor).can_edit()
    assert two_sections.module.permissions_for_user(toolkit_editor).can_submit_for_moderation()
    assert not two_sections.module.permissions_for_user(toolkit_editor).can_publish()
    assert not two_sections.module.permissions_for_user(clued_up_author).can_edit()


def test_people_work_for_the_partner_whose_group_they_are_in(
    clued_up_author: User, carf_author: User, moderator: User
) -> None:
    assert [partner.slug for partner in partners_of(clued_up_author)] == ["clued-up"]
    assert [partner.slug for partner in partners_of(carf_author)] == ["carf"]
    assert partners_of(moderator) == []


def test_only_a_moderator_who_had_no_part_in_a_story_may_approve_it(
    two_sections: Tree, clued_up_author: User, moderator: User
) -> None:
    story = make_story(two_sections)
    check_may_approve(moderator, story, sensitivity=1)
    with pytest.raises(MayNotApprove, match="for moderators"):
        check_may_approve(clued_up_author, story, sensitivity=1)
    story.save_revision(user=moderator)
    with pytest.raises(MayNotApprove, match="worked on this story"):
        check_may_approve(moderator, story, sensitivity=1)


def test_a_highly_sensitive_story_needs_a_moderator_of_another_partner(two_sections: Tree, moderator: User) -> None:
    story = make_story(two_sections)
    check_may_approve(moderator, story, sensitivity=3)
    moderator.groups.add(Group.objects.get(name="Clued Up: leads"))
    with pytest.raises(MayNotApprove, match="another partner"):
        check_may_approve(moderator, story, sensitivity=3)
