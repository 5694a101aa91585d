"""How many questions a page may ask the database, warm, with a few children and with many. The same for both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState

from hub.kept import notes
from hub.pages import installed_triggers
from hub.pages.models import GuidancePage, HubPage, ModulePage, related, sections, toolkit
from hub.partners.models import Partner
from hub.partners.roles import ROLES
from hub.stories.models import BecauseOfIt
from hub.stories.review import hand_in
from tests.factories import Tree, a_worker, activity, light, lit_story, make_story, words, yes
from tests.personas import in_group
from tests.stories.admin.test_growth import a_picture

Address = Callable[[Tree], str]


def with_children(tree: Tree, number: int) -> Tree:
    for n in range(number):
        tree.toolkit.add_child(instance=ModulePage(title=f"Module {n}", body=words("More.")))
        tree.module.add_child(instance=activity(f"Activity {n}"))
        guidance = GuidancePage(title=f"Guidance {n}", partner=tree.section.organisation, body=words("Advice."))
        guidance.modules = [tree.module]
        tree.section.add_child(instance=guidance)
    return tree


def with_a_picture(page: Any) -> None:
    block = {"image": a_picture(1), "alt_text": "A kettle", "decorative": False, "caption": ""}
    page.body = [*words("What it looks like."), ("image", block)]
    page.save_revision().publish()


BUDGETS: list[tuple[str, Address, int]] = [
    ("home", lambda tree: "/", 4),
    ("toolkit", lambda tree: tree.toolkit.url, 4),
    ("module", lambda tree: tree.module.url, 6),
    ("activity", lambda tree: tree.activity.url, 5),
    ("guidance", lambda tree: tree.guidance.url, 5),
    ("section", lambda tree: tree.section.url, 6),
    ("stories", lambda tree: tree.stories.url, 4),
    ("search", lambda tree: "/search/?q=language", 5),
    ("not found", lambda tree: "/nowhere/at/all/", 2),  # which addresses moved is known
]


def queries(client: Client, address: str) -> int:
    client.get(address)
    installed_triggers.ask_again()  # what is asked once a minute is not this page's
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("number", [4, 40])
def test_pages_stay_within_their_budget(client: Client, tree: Tree, number: int) -> None:
    with_children(tree, number)
    with_a_picture(tree.module)
    counted = {name: queries(client, address(tree)) for name, address, _ in BUDGETS}
    assert "<img" in client.get(tree.module.url).content.decode()
    over = {name: counted[name] for name, _, budget in BUDGETS if counted[name] > budget}
    assert over == {}, f"over budget; all: {counted}"


def test_a_story_stays_within_its_budget(client: Client, tree: Tree) -> None:
    story: Any = lit_story(tree, people=4)
    BecauseOfIt.objects.create(story=story, you_said="No chairs", we_did="Chairs.", changed_on="2026-10-01")
    assert queries(client, story.url) <= 4
    page = client.get(story.url).content.decode()
    assert "No chairs" in page
    assert "1 October 2026" in page


FIRST_SCREEN = 25  # whoever she is
PEOPLE = ("clued_up_author", "clued_up_lead", "moderator", "safeguarding", "toolkit_editor")


def like_the_demo(tree: Tree) -> None:
    """Something of all that a first screen shows: pages due, drafts, an approval, stories at several steps."""
    with_children(tree, 4)
    handed_in, agreed = (make_story(tree, text=text, people=2) for text in ("counter", "bench"))
    light(make_story(tree, text="kettle"))
    for person in agreed.participations.all():
        yes(person)
    hand_in(handed_in, by=a_worker())
    HubPage.objects.filter(pk=tree.guidance.pk).update(next_check=timezone.localdate())
    for page in (tree.guidance, tree.module):
        page.save_revision(user=a_worker())
    together = HubPage.objects.get(title="Guidance 1").specific
    together.owned_with = [Partner.objects.get(slug="carf")]
    together.save_revision(user=a_worker())
    for page in (tree.module, HubPage.objects.get(pk=together.pk).specific):
        page.get_workflow().start(page, a_worker())
    assert TaskState.objects.filter(status="in_progress").count() == 2


def test_the_first_screen_of_every_role_stays_within_its_budget(
    two_sections: Tree, request: pytest.FixtureRequest
) -> None:
    people = [request.getfixturevalue(name) for name in PEOPLE]
    assert {group.name.removeprefix("Clued Up: ") for user in people for group in user.groups.all()} == {
        role.name for role in ROLES
    }, "a role that somebody adds has a first screen, too"
    like_the_demo(two_sections)
    writes_both = in_group("CARF: authors")
    writes_both.groups.add(Group.objects.get(name="Toolkit editors"))
    administrator = User.objects.create_superuser("administrator")
    counted = {}
    for user in (*people, writes_both, administrator):
        client = Client()
        client.force_login(user)
        counted[user.username] = queries(client, "/admin/")
    over = {who: number for who, number in counted.items() if number > FIRST_SCREEN}
    assert over == {}, f"over budget; all: {counted}"


def test_a_section_has_pages_and_only_those_there_are_may_be_kept(
    tree: Tree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "GUIDANCE_ON_A_PAGE", 2)
    monkeypatch.setattr(sections, "STORIES_BESIDE", 1)
    with_children(tree, 3)
    shown = [light(make_story(tree, text=f"counter {number}")) for number in range(2)]

    def kept(page: str) -> bool:
        with notes.being_made() as noted:
            assert client.get(tree.section.url, {"page": page}).status_code == 200
        return noted.may_be_kept

    pages = [client.get(tree.section.url, {"page": page}).content.decode() for page in ("1", "2")]
    titles = [tree.guidance.title, *(f"Guidance {n}" for n in range(3))]
    assert sorted(sum((title in page) for page in pages) for title in titles) == [1, 1, 1, 1]
    assert "?page=2" in pages[0]
    assert sum(story.url in pages[0] for story in shown) == 1
    assert "?kind=story&amp;partner=clued-up" in pages[0]
    assert not any(story.url in pages[1] for story in shown)
    assert [kept(page) for page in ("1", "2", "3", "x", "02")] == [True, True, False, False, False]


def test_what_a_module_lists_has_a_bound(tree: Tree, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with_children(tree, 3)
    for name in (related, toolkit):
        monkeypatch.setattr(name, "LISTED", 2)
    page = client.get(tree.module.url).content.decode()
    assert sum(f"Guidance {n}" in page for n in range(3)) + (tree.guidance.title in page) == 2
    assert "?kind=guidance" in page
