"""A page that moves and a partner that is renamed leave word; a story never does; nothing leads round in a circle."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from hub.pages.models import GuidancePage, HubPage
from hub.pages.partner_operations import change_partner
from hub.stories.models import StoryPage
from tests.factories import Tree, lit_story, publish, put

pytestmark = pytest.mark.django_db


def leads_to(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code in {200, 301, 404}
    return answer.headers.get("Location", "") if answer.status_code == 301 else str(answer.status_code)


def another_transaction() -> None:
    """What is written from now on is marked as a change of its own, as it is when each request commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hub.marked', '', true)")


def renamed(page: Any, slug: str) -> None:
    page.slug = slug
    publish(page)


def test_a_renamed_partner_leaves_word_for_its_pages_and_none_for_its_stories(
    client: Client, two_sections: Tree, admin_user: User, django_capture_on_commit_callbacks: Any
) -> None:
    story = lit_story(two_sections)
    guidance, section = two_sections.guidance.get_url(), two_sections.section.get_url()
    at_story = StoryPage.objects.get(pk=story.pk).get_url()
    partner = two_sections.section.organisation
    partner.name, partner.slug = "Cleared Up", "cleared-up"
    with django_capture_on_commit_callbacks(execute=True):
        change_partner(partner, by=admin_user)
    assert leads_to(client, section) == "/partners/cleared-up/"
    assert leads_to(client, guidance) == guidance.replace("clued-up", "cleared-up")
    assert leads_to(client, guidance.rstrip("/") + "?from=mail") == guidance.replace("clued-up", "cleared-up")
    if at_story != StoryPage.objects.get(pk=story.pk).get_url():
        assert leads_to(client, at_story) == "404"
    assert not Redirect.objects.filter(redirect_page_id=story.pk).exists()


def test_a_page_that_comes_back_leads_nowhere_and_one_that_is_dark_is_not_told_of(
    client: Client, two_sections: Tree, django_capture_on_commit_callbacks: Any
) -> None:
    page = two_sections.guidance
    first = page.get_url()
    for slug in ("second-name", page.slug, "third-name"):
        with django_capture_on_commit_callbacks(execute=True):
            renamed(page, slug)
    assert leads_to(client, first) == page.get_url()
    assert leads_to(client, first.replace(first.split("/")[-2], "second-name")) == page.get_url()
    page.unpublish()
    assert leads_to(client, first) == "404"
    draft = put(two_sections.section, GuidancePage(title="D", slug="d", partner=two_sections.section.partner))
    draft.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        draft.slug = "e"
        draft.save()
    assert not Redirect.objects.filter(redirect_page_id=draft.pk).exists()


def test_a_page_that_is_moved_leaves_word(
    client: Client, two_sections: Tree, django_capture_on_commit_callbacks: Any
) -> None:
    activity, other = two_sections.activity, HubPage.objects.get(pk=two_sections.module.pk).specific
    old = activity.get_url()
    with django_capture_on_commit_callbacks(execute=True):
        other.copy(update_attrs={"slug": "other", "title": "Other"}, keep_live=True)
        target = HubPage.objects.get(slug="other").specific
        publish(target)
        activity.move(target, pos="last-child")
    assert leads_to(client, old).endswith(f"/other/{activity.slug}/")


def test_what_an_administrator_writes_down_is_followed_to_its_end(
    client: Client, two_sections: Tree, admin_user: User, carf_author: User
) -> None:
    story, guidance = lit_story(two_sections), two_sections.guidance
    client.force_login(admin_user)

    def said(**typed: Any) -> str:
        another_transaction()
        answer = client.post("/admin/redirects/add/", {"is_permanent": "on", **typed})
        return "" if answer.status_code == 302 else answer.content.decode()

    assert said(old_path="/poster/", redirect_page=str(guidance.pk)) == ""
    assert leads_to(client, "/poster") == guidance.get_url()
    ours = settings.HUB_ADDRESS
    assert said(old_path="/a/", redirect_link=f"{ours}/b/") == ""
    assert "round in a circle" in said(old_path="/b/", redirect_link=f"{ours}/a/")
    assert "round in a circle" in said(old_path="/c/", redirect_link=f"{ours}/c")
    assert "A page stands at this address" in said(old_path=guidance.get_url(), redirect_link=f"{ours}/a/")
    assert "Nothing leads to a story" in said(old_path="/d/", redirect_page=str(story.pk))
    assert leads_to(client, "/a/") == f"{ours}/b/"
    another_transaction()
    Redirect.add_redirect("/b/", "/a/")  # past the screen
    assert leads_to(client, "/a/") == "404"
    assert client.get("/admin/redirects/import/").status_code == 404
    client.force_login(carf_author)
    assert client.get("/admin/redirects/add/").status_code in {302, 403}
