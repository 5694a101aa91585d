"""Leaks between partners that no walk finds by itself: what a setting switches off, what may never be registered."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import GroupApprovalTask, TaskState, Workflow
from wagtail.snippets.models import get_snippet_models

from hub.pages.models import GuidancePage, HubPage
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from tests.factories import Tree

pytestmark = pytest.mark.django_db
ROLES = ["clued_up_author", "clued_up_lead", "toolkit_editor", "moderator", "safeguarding"]


def test_a4_an_address_that_is_typed_is_not_turned_into_the_title_of_its_page(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    """Wagtail offers the draft title of whatever page stands at an address. Ours has a draft title of its own."""
    HubPage.objects.filter(pk=two_sections.guidance.pk).update(draft_title="Zilpzalp")
    client.force_login(clued_up_author)
    address = "http://localhost" + two_sections.guidance.url
    chosen = client.post(
        "/admin/choose-external-link/",
        {"external-link-chooser-url": address, "external-link-chooser-link_text": "x"},
    )
    assert chosen.status_code == 200
    assert chosen.json()["step"] == "external_link_chosen"
    assert "Zilpzalp" not in chosen.content.decode()


def test_a7_choosers_of_snippets_ask_nobody_so_nothing_of_a_partner_is_one() -> None:
    shared = {"HelpLine", "GlossaryTerm", "SearchNeed", "SearchSynonyms", "SearchBestBet"}
    assert {model._meta.label for model in get_snippet_models()} == {f"pages.{name}" for name in shared}


@pytest.mark.parametrize("who", ROLES)
def test_a13_the_first_screen_forgets_a_page_that_went_to_another_partner(
    client: Client, two_sections: Tree, request: Any, who: str
) -> None:
    """Hers, locked by her, sent by her for approval, and then moved to CARF with another title."""
    user = request.getfixturevalue(who)
    page = GuidancePage.objects.get(pk=two_sections.guidance.pk)
    page.owner, page.locked, page.locked_by = user, True, user
    page.title = page.draft_title = "Zilpzalp"
    page.save()
    page.save_revision(user=user)
    task = GroupApprovalTask.objects.get(name="CARF: a lead approves")
    workflow = Workflow.objects.get(workflow_tasks__task=task)
    workflow.start(page, user)
    page.move(HubPage.objects.get(slug="carf"), "last-child", user=User.objects.create_superuser("admin"))
    assert TaskState.objects.filter(workflow_state__requested_by=user).exists()
    client.force_login(user)
    first = client.get("/admin/")
    assert first.status_code == 200
    assert "Zilpzalp" not in first.content.decode()


def test_a15_whoever_approves_for_a_section_is_of_its_partner(two_sections: Tree) -> None:
    """The step of an approval lets its group edit every page that waits for it."""
    Partner.objects.update(approval_required=True)
    provision()
    for partner in Partner.objects.all():
        workflow = partner.section.get_workflow()
        for task in workflow.tasks.all():
            links = [group.partner_link.partner for group in task.specific.groups.all()]
            assert links == [partner]


def test_a16_the_owner_of_a_page_in_another_section_may_do_nothing_with_it(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    page = HubPage.objects.get(slug="carf")
    HubPage.objects.filter(pk=page.pk).update(owner=clued_up_author)
    may = HubPage.objects.get(pk=page.pk).permissions_for_user(clued_up_author)
    assert not any([may.can_edit(), may.can_publish(), may.can_delete(), may.can_move(), may.can_lock()])
    client.force_login(clued_up_author)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302
