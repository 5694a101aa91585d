"""A draft in which somebody told of harm: from the moment it is hidden only safeguarding finds it, whichever way."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.pages.admin.reading import pages_readable_by
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.stories.choices import LegalReason, Use
from hub.stories.family.asking import ask
from hub.stories.models import LegalFlag, PublicRequest, RecordOpened, StoryPage, WithdrawalCase
from hub.stories.public_requests.requests import receive
from hub.stories.review.flags import clear_legal_flag, raise_legal_flag
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, light, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(two_sections: Tree, clued_up_author: User) -> StoryPage:
    story = make_story(two_sections)
    StoryPage.objects.filter(pk=story.pk).update(owner=clued_up_author)
    story = light(StoryPage.objects.get(pk=story.pk))
    receive(about=story.url, wanted="remove", message="Take it down", contact="")
    withdraw(story.participations.get(), uses=[Use.WEBSITE])
    return light(story)


def ways(story: StoryPage) -> list[str]:
    """Every way in the admin to a story, or past it."""
    own = ["people/", "changes/", "uses/", "flags/", "review/", "hold/", "disclosed/"]
    page = ["edit/", "history/", "usage/", "view_draft/", "revisions/", "unpublish/", "delete/", "workflow/status/"]
    person = story.participations.get()
    revision = story.latest_revision_id
    return [
        *[f"/admin/stories/{story.pk}/{name}" for name in own],
        *[f"/admin/stories/{story.pk}/people/{person.pk}/{name}/" for name in ("ask", "record", "details")],
        *[f"/admin/pages/{story.pk}/{name}" for name in page],
        f"/admin/pages/{story.pk}/",
        f"/admin/pages/{story.pk}/revisions/{revision}/view/",
        f"/admin/pages/{story.get_parent().pk}/",
        "/admin/",
        "/admin/pages/search/?q=Zaunkoenig",
        f"/admin/choose-page/{story.get_parent().pk}/",
        "/admin/choose-page/search/?q=Zaunkoenig",
        "/admin/stories/review/",
        "/admin/stories/flags/",
        "/admin/stories/consents/",
        "/admin/stories/uses/",
        "/admin/stories/withdrawals/",
        *[f"/admin/stories/withdrawals/{case.pk}/" for case in WithdrawalCase.objects.all()],
        "/admin/stories/requests/",
        *[f"/admin/stories/requests/{one.pk}/" for one in PublicRequest.objects.all()],
    ]


def finds(user: User, story: StoryPage) -> set[str]:
    client = Client()
    client.force_login(user)
    found = set()
    for address in ways(story):
        page = client.get(address, follow=True).content.decode()
        words = page.replace("Zaunkoenig&", "").replace('value="Zaunkoenig"', "").replace("q=Zaunkoenig", "")
        if f"The counter {CANARY}" in words or f"Story {story.pk}" in words or "P-0001" in words:
            found.add(address)
    return found


def test_whoever_hides_it_finds_it_no_more(client: Client, story: StoryPage, clued_up_author: User) -> None:
    assert finds(clued_up_author, story)
    client.force_login(clued_up_author)
    said = {"reason": "safeguarding", "hides": "on"}
    assert client.post(f"/admin/stories/{story.pk}/flags/", said).status_code == 302
    client.get("/admin/")  # the message that it is hidden, once
    assert finds(clued_up_author, story) == set()
    assert Client().get(story.url).status_code == 404


@pytest.mark.parametrize("who", ["clued_up_lead", "moderator", "carf_author", "toolkit_editor"])
def test_nobody_else_finds_it_any_way(story: StoryPage, who: str, request: Any) -> None:
    user = request.getfixturevalue(who)
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    assert finds(user, story) == set()
    assert not pages_readable_by(user).filter(pk=story.pk).exists()
    client = Client()
    client.force_login(user)
    for address in ways(story):
        client.post(address, {"comment": "x", "reason": "adoption"})
    assert LegalFlag.objects.count() == 1


def test_safeguarding_reads_it_and_that_is_noted(story: StoryPage, safeguarding: User) -> None:
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    client = Client()
    client.force_login(safeguarding)
    assert "Hidden from everybody but safeguarding" in client.get(f"/admin/stories/{story.pk}/flags/").content.decode()
    assert CANARY in client.get(f"/admin/stories/{story.pk}/disclosed/").content.decode()
    assert RecordOpened.objects.get().by_user_id == safeguarding.pk


def test_withdrawals_and_requests_of_a_hidden_story_are_safeguardings(story: StoryPage, safeguarding: User) -> None:
    case, asked = WithdrawalCase.objects.get(), PublicRequest.objects.get()
    addresses = [f"/admin/stories/withdrawals/{case.pk}/", f"/admin/stories/requests/{asked.pk}/"]
    client = Client()
    client.force_login(safeguarding)
    assert {client.get(address).status_code for address in addresses} == {404}
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_safeguarding_reads_no_draft_that_is_not_hidden(story: StoryPage, safeguarding: User) -> None:
    raise_legal_flag(story, LegalReason.COURT_CASE, by=None)
    client = Client()
    client.force_login(safeguarding)
    assert client.get(f"/admin/stories/{story.pk}/disclosed/").status_code == 404


def test_a_familys_link_shows_nothing_meanwhile(story: StoryPage, clued_up_author: User) -> None:
    address = ask(story.participations.get(), uses=[Use.SOCIAL], by=clued_up_author).address
    assert CANARY in Client().get(f"/yours/{address}/read/").content.decode()
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    assert CANARY not in Client().get(f"/yours/{address}/read/").content.decode()


def test_cleared_it_is_there_again(story: StoryPage, safeguarding: User, clued_up_author: User) -> None:
    flag = raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    clear_legal_flag(flag, by=safeguarding, note="Looked into.")
    assert finds(clued_up_author, story)


def test_other_stories_are_not_touched(story: StoryPage, tree: Tree, clued_up_author: User) -> None:
    other = make_story(tree, text="Sommer")
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    client = Client()
    client.force_login(clued_up_author)
    assert "Sommer" in client.get(f"/admin/pages/{other.get_parent().pk}/").content.decode()
    assert client.get(f"/admin/pages/{other.pk}/edit/").status_code == 200


def test_it_waits_on_no_leads_first_screen_where_leads_approve(
    client: Client, story: StoryPage, clued_up_author: User, clued_up_lead: User
) -> None:
    Partner.objects.filter(pk=story.partner_id).update(approval_required=True)
    provision()
    story.save_revision(user=clued_up_author)
    story.get_workflow().start(story, clued_up_author)
    client.force_login(clued_up_lead)
    assert CANARY in client.get("/admin/").content.decode()
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=clued_up_author, hides=True)
    assert CANARY not in client.get("/admin/").content.decode()
