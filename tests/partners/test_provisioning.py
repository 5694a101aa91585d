"""The database is equal to the table of roles: too much is taken away, too little given; --check only says so."""

from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
)

from hub.pages.models import GuidancePage, HubPage
from hub.partners.models import Partner, PartnerGroup
from hub.partners.people import numbers_of_partners, partners_of
from hub.partners.provisioning import provision
from tests.factories import Tree

pytestmark = pytest.mark.django_db


def everything_held() -> set[tuple[str, ...]]:
    """Every permission anybody holds in any way, as plain words."""
    by_group = {(g.name, p.codename) for g in Group.objects.all() for p in g.permissions.all()}
    pages = {
        (r.group.name, r.permission.codename, str(r.page_id))
        for r in GroupPagePermission.objects.select_related("group", "permission")
    }
    library = {
        (r.group.name, r.permission.codename, str(r.collection_id))
        for r in GroupCollectionPermission.objects.select_related("group", "permission")
    }
    people = {(str(u.pk), p.codename) for u in User.objects.all() for p in u.user_permissions.all()}
    return by_group | pages | library | people


def drift_group_on_root() -> None:
    group = Group.objects.create(name="Helpers")
    GroupPagePermission.objects.create(group=group, page=HubPage.get_first_root_node(), permission_type="publish")


def drift_library() -> None:
    permission = Permission.objects.get(codename="change_image", content_type__app_label="wagtailimages")
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.create(
        group=Group.objects.get(name="CARF: authors"), collection=root, permission=permission
    )


def drift_person() -> None:
    user = User.objects.create_user("somebody")
    user.user_permissions.add(Permission.objects.get(codename="change_user"))


def drift_too_little() -> None:
    GroupPagePermission.objects.filter(group__name="Clued Up: authors").delete()


def drift_model_permission() -> None:
    Group.objects.get(name="Clued Up: leads").permissions.add(Permission.objects.get(codename="change_user"))


def drift_workflow() -> None:
    section = Partner.objects.get(slug="carf").section
    WorkflowPage.objects.create(page=section, workflow=Workflow.objects.create(name="Another"))


def drift_approvers() -> None:
    GroupApprovalTask.objects.get(name="CARF: a lead approves").groups.add(Group.objects.get(name="CARF: authors"))


DRIFTS = [
    drift_group_on_root,
    drift_library,
    drift_person,
    drift_too_little,
    drift_model_permission,
    drift_workflow,
    drift_approvers,
]


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda d: d.__name__)
def test_drift_is_seen_by_check_and_repaired(two_sections: Tree, drift: Any) -> None:
    right = everything_held()
    drift()
    with pytest.raises(SystemExit):
        call_command("provision", check=True, stdout=StringIO())
    assert provision()
    assert everything_held() == right
    assert provision() == []
    assert not WorkflowPage.objects.filter(workflow__name="Another").exists()


def test_check_changes_nothing(two_sections: Tree) -> None:
    drift_person()
    before = everything_held()
    provision(check_only=True)
    assert everything_held() == before


def test_with_every_permission_of_the_table_taken_away_nobody_holds_anything(two_sections: Tree) -> None:
    for name in ("Clued Up: authors", "Clued Up: leads", "CARF: authors", "CARF: leads"):
        Group.objects.get(name=name).delete()
    for name in ("Toolkit editors", "Story moderators", "Safeguarding"):
        Group.objects.get(name=name).delete()
    assert everything_held() == set()


def test_authors_publish_by_themselves_unless_their_partner_asks_for_approval(
    two_sections: Tree, clued_up_author: User, clued_up_lead: User
) -> None:
    guidance = two_sections.guidance
    assert guidance.permissions_for_user(clued_up_author).can_publish()
    Partner.objects.filter(slug="clued-up").update(approval_required=True)
    provision()
    author, lead = User.objects.get(pk=clued_up_author.pk), User.objects.get(pk=clued_up_lead.pk)
    assert not guidance.permissions_for_user(author).can_publish()
    assert guidance.permissions_for_user(author).can_edit()
    assert guidance.permissions_for_user(lead).can_publish()


def test_staff_of_a_closed_partner_come_in_no_more(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    Partner.objects.filter(slug="clued-up").update(is_open=False)
    provision()
    client.force_login(clued_up_author)
    assert client.get("/admin/pages/").status_code == 302
    assert not two_sections.guidance.permissions_for_user(User.objects.get(pk=clued_up_author.pk)).can_edit()
    client.force_login(carf_author)
    assert client.get("/admin/").status_code == 200


def test_nobody_but_an_administrator_takes_a_section_away(
    two_sections: Tree, clued_up_author: User, clued_up_lead: User
) -> None:
    section = two_sections.section
    for user in (clued_up_author, clued_up_lead):
        may = HubPage.objects.get(pk=section.pk).permissions_for_user(user)
        assert may.can_edit()
        assert not any([may.can_unpublish(), may.can_delete(), may.can_move()])
    may = section.permissions_for_user(User.objects.create_superuser("admin"))
    assert may.can_unpublish()
    assert may.can_delete()


def test_an_author_does_not_see_whose_section_it_is_as_a_choice(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    address = f"/admin/pages/{two_sections.section.pk}/edit/"
    client.force_login(clued_up_author)
    assert 'name="organisation"' not in client.get(address).content.decode()
    client.force_login(User.objects.create_superuser("admin"))
    assert 'name="organisation"' in client.get(address).content.decode()


@pytest.mark.parametrize("field", ["name", "short_name"])
def test_two_partners_cannot_share_a_name(two_sections: Tree, field: str) -> None:
    new = {"name": "Fifth", "short_name": "Fifth", "slug": "fifth", "strand": "kelp", field: "clued UP"}
    with pytest.raises(ValidationError, match="There is a partner with this"):
        Partner(**new).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.create(**new)


def test_guidance_of_another_section_stays_out_of_reach(two_sections: Tree, carf_author: User) -> None:
    guidance = GuidancePage.objects.get(pk=two_sections.guidance.pk)
    may = guidance.permissions_for_user(carf_author)
    assert not any([may.can_edit(), may.can_publish(), may.can_delete()])


def test_a_new_name_renames_the_groups_and_takes_nobodys_access_away(
    client: Client, two_sections: Tree, clued_up_author: User, clued_up_lead: User, carf_author: User
) -> None:
    right = {entry[1:] for entry in everything_held()}
    Partner.objects.filter(slug="clued-up").update(name="Clued Up Kirkcaldy", short_name="CUK")
    assert "Renamed the group “Clued Up: authors” to “CUK: authors”." in provision()
    assert [g.name for g in clued_up_author.groups.all()] == ["CUK: authors"]
    assert [g.name for g in clued_up_lead.groups.all()] == ["CUK: leads"]
    assert {entry[1:] for entry in everything_held()} == right
    assert provision() == []
    assert two_sections.guidance.permissions_for_user(User.objects.get(pk=clued_up_author.pk)).can_publish()
    assert not two_sections.guidance.permissions_for_user(User.objects.get(pk=carf_author.pk)).can_edit()
    assert [partner.short_name for partner in partners_of(clued_up_author)] == ["CUK"]
    assert Collection.objects.filter(name="Clued Up Kirkcaldy").exists()
    assert not Collection.objects.filter(name="Clued Up").exists()
    assert not Workflow.objects.filter(name__startswith="Clued Up:").exists()


def test_two_partners_may_swap_short_names(two_sections: Tree, clued_up_author: User, carf_author: User) -> None:
    Partner.objects.filter(slug="clued-up").update(short_name="On the way")
    Partner.objects.filter(slug="carf").update(short_name="Clued Up")
    Partner.objects.filter(slug="clued-up").update(short_name="CARF")
    provision()
    assert [partner.slug for partner in partners_of(clued_up_author)] == ["clued-up"]
    assert [g.name for g in clued_up_author.groups.all()] == ["CARF: authors"]
    assert [g.name for g in carf_author.groups.all()] == ["Clued Up: authors"]


def test_whose_partner_somebody_is_takes_one_question(
    two_sections: Tree, clued_up_author: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert len(partners_of(clued_up_author)) == 1


def test_nobody_works_for_a_closed_partner(two_sections: Tree, clued_up_author: User) -> None:
    Partner.objects.filter(slug="clued-up").update(is_open=False)
    assert partners_of(clued_up_author) == []
    assert numbers_of_partners(clued_up_author) == set()
    (closed,) = numbers_of_partners(clued_up_author, also_closed=True)
    assert Partner.objects.get(pk=closed).slug == "clued-up"


def test_lost_links_are_made_again(two_sections: Tree, clued_up_author: User) -> None:
    PartnerGroup.objects.all().delete()
    Partner.objects.update(collection=None, workflow=None)
    collections, workflows = Collection.objects.count(), Workflow.objects.count()
    with pytest.raises(SystemExit):
        call_command("provision", check=True, stdout=StringIO())
    assert "Linked the group “Clued Up: authors” to Clued Up." in provision()
    assert [partner.slug for partner in partners_of(clued_up_author)] == ["clued-up"]
    assert (Collection.objects.count(), Workflow.objects.count()) == (collections, workflows)


def test_what_was_found_by_name_is_linked_by_the_migration(two_sections: Tree, clued_up_author: User) -> None:
    PartnerGroup.objects.all().delete()
    Partner.objects.update(collection=None, workflow=None)
    import_module("hub.partners.migrations.0003_found_by_link").link_what_is_there(apps, None)
    assert [partner.slug for partner in partners_of(clued_up_author)] == ["clued-up"]
    assert provision() == []
