"""The home of the admin: each finds what she can start and what waits, and nothing of anybody else's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from hub.pages.models import HubPage
from hub.pages.partner_operations import change_partner
from tests.factories import CANARY, Tree, add_person, handed_in, make_story

pytestmark = pytest.mark.django_db


def home(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/admin/").content.decode()


def draft_of(page: Any, title: str, by: User | None = None) -> None:
    draft = page.get_latest_revision_as_object()
    draft.title = title
    draft.save_revision(user=by)


def test_an_author_finds_her_own(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    make_story(two_sections)
    draft_of(two_sections.guidance, "The first ten minutes")
    draft_of(two_sections.module, "Words we use")
    HubPage.objects.filter(pk=two_sections.guidance.pk).update(next_check=timezone.localdate() - timedelta(days=2))
    page = home(client, clued_up_author)
    for sentence in ("Write guidance", "Start a story", "overdue since", "The first ten minutes", CANARY):
        assert sentence in page
    assert "1 person has still to be asked" in page
    assert "Words we use" not in page
    for address in ("pages/guidancepage", "stories/storypage"):
        assert client.get(f"/admin/pages/add/{address}/{two_sections.section.pk}/").status_code == 200


def test_another_partners_author_sees_none_of_it(client: Client, two_sections: Tree, carf_author: User) -> None:
    make_story(two_sections)
    draft_of(two_sections.guidance, "The first ten minutes")
    page = home(client, carf_author)
    assert "Write guidance" in page
    assert "The first ten minutes" not in page
    assert CANARY not in page
    assert f"/{two_sections.section.pk}/" not in page


def test_where_a_lead_approves_the_author_asks_the_lead_is_told_and_what_comes_back_says_why(
    client: Client, two_sections: Tree, clued_up_author: User, clued_up_lead: User, mailoutbox: list[Any]
) -> None:
    change_approval(two_sections, required=True)
    for user in (clued_up_author, clued_up_lead):
        user.email = f"{user.username}@hub.example"
        user.save()
    page = two_sections.guidance
    draft_of(page, "The first ten minutes", by=clued_up_author)
    assert not page.permissions_for_user(clued_up_author).can_publish()
    HubPage.objects.get(pk=page.pk).specific.get_workflow().start(page, clued_up_author)
    assert [mail.to for mail in mailoutbox] == [[clued_up_lead.email]]
    assert "ten minutes" not in mailoutbox[0].body + mailoutbox[0].subject
    assert "Waits for approval" in home(client, clued_up_author)
    first = home(client, clued_up_lead)
    assert "Waiting for you to approve" in first
    assert "Read what changed" in first
    compare = re.search(r'href="([^"]*/compare/[^"]*)"', first)
    assert compare
    assert '<span class="addition">ten</span>' in client.get(compare[1]).content.decode()
    state = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    client.post(address, {"comment": "Say hello first."})
    assert mailoutbox[1].subject == "A page you wrote needs changes"
    assert mailoutbox[1].to == [clued_up_author.email]
    assert "Say hello" not in mailoutbox[1].body
    assert "“Say hello first.”" in home(client, clued_up_author)
    assert "Waiting for you" not in home(client, clued_up_lead)


def change_approval(tree: Tree, *, required: bool) -> None:
    partner = tree.section.organisation
    partner.approval_required = required
    change_partner(partner, by=User.objects.create_superuser("chief"))


def test_a_moderator_sees_how_many_wait_and_no_page_or_title(
    client: Client, two_sections: Tree, moderator: User
) -> None:
    assert "No story waits for a decision" in home(client, moderator)
    story = make_story(two_sections, people=0)
    add_person(story)
    assert "No story waits for a decision" in home(client, moderator), "nobody has handed it in"
    handed_in(story)
    page = home(client, moderator)
    assert "1 story waits for a decision" in page
    assert CANARY not in page
    assert "Write guidance" not in page


def test_a_toolkit_editor_sees_drafts_of_modules(client: Client, two_sections: Tree, toolkit_editor: User) -> None:
    draft_of(two_sections.module, "Words we use")
    page = home(client, toolkit_editor)
    assert "Words we use" in page
    assert f'href="/admin/pages/{two_sections.toolkit.pk}/">Modules and activities' in page
    assert "Start a story" not in page
    assert "Write guidance" not in page


def test_the_menu_has_what_she_can_use(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    page = home(client, clued_up_author)
    for gone in ("What's new", "What&#x27;s new", "editor guide", "Editor Guide", "/admin/reports/", "/admin/users/"):
        assert gone not in page
    assert "/admin/guidance/check/" in page
    assert "/admin/reports/" in home(client, User.objects.create_superuser("chief"))


def test_the_form_says_what_an_address_is_and_never_slug(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    edit = f"/admin/pages/{two_sections.guidance.pk}/edit/"
    page = client.get(edit).content.decode()
    for nothing_to_her in ('name="slug"', "Lines for search engines", "Promote", "domain.com"):
        assert nothing_to_her not in page
    client.force_login(User.objects.create_superuser("chief"))
    page = client.get(edit).content.decode()
    assert "Web address" in page
    assert "It is made from the title" in page
    assert "domain.com" not in page


@pytest.mark.parametrize("kind", ["guidance", "story"])
def test_a_draft_is_seen_as_it_would_be_shown_with_the_modules_it_names(
    client: Client, two_sections: Tree, clued_up_author: User, kind: str
) -> None:
    page = two_sections.guidance if kind == "guidance" else make_story(two_sections)
    draft = page.get_latest_revision_as_object()
    draft.modules = [two_sections.module]
    draft.save_revision()
    client.force_login(clued_up_author)
    seen = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert seen.status_code == 200
    assert two_sections.module.title in seen.content.decode()
