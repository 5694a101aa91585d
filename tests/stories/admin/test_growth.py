"""Lists stay quick however much there is: three stories and twelve cost the same number of questions.

And the rule asked about many at once says what it says of each.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.database_clock import database_now
from hub.pages import installed_triggers
from hub.pages.models import GuidancePage, HubImage, HubPage, home
from hub.stories.choices import Use
from hub.stories.light import facts_of_many, story_facts, versions_of
from hub.stories.models import StoryPage, draft_of
from hub.stories.path import standing_of, standings_of
from hub.stories.review import approve_story, hand_in, hold_story, return_story
from hub.stories.rule import may_appear
from tests.bad_pages import WAYS
from tests.factories import Tree, a_moderator, a_worker, light, make_story, put, words, yes
from tests.pages.test_media import photo
from tests.stories.test_both_rules import RandomFacts, the_database_lights

pytestmark = pytest.mark.django_db
# Who opens it, and its address. What the kept layer would answer is asked of Django itself.
SCREENS = {
    "queue": ("moderator", "/admin/stories/review/"),
    "queue, all": ("moderator", "/admin/stories/review/?all"),
    "first screen of a moderator": ("moderator", "/admin/"),
    "first screen of an author": ("clued_up_author", "/admin/"),
    "first screen of a lead": ("clued_up_lead", "/admin/"),
    "register": ("moderator", "/admin/stories/consents/"),
    "register, out of date": ("moderator", "/admin/stories/consents/?reason=outdated"),
    "register, in force": ("moderator", "/admin/stories/consents/?reason=in_force"),
    "register as a file": ("moderator", "/admin/stories/consents.csv"),
    "guidance to check": ("clued_up_lead", "/admin/guidance/check/"),
    "list of stories for machines": ("", "/sitemap-stories.xml"),
    "list of guidance for machines": ("", "/sitemap-guidance.xml"),
    "section": ("", "/partners/clued-up/"),
    "stories": ("", "/stories/"),
}


def a_picture(number: int) -> HubImage:
    image = HubImage(title=f"Kettle {number}", default_alt_text="A kettle")
    image.file = ContentFile(photo(), name="kettle.jpg")
    image.save()
    return image


def add_stories(tree: Tree, numbers: range) -> None:
    """Of three, one is shown, one is on hold, and one is handed in, changed since, and has a newer picture."""
    for number in numbers:
        story = make_story(tree, people=2, text=f"counter {number}")
        for person in story.participations.all():
            yes(person)
        if number % 3 != 2:
            approve_story(story, moderator=a_moderator())
        hand_in(story, by=a_worker())
        if number % 3 == 1:
            hold_story(story, moderator=a_moderator(), comment="We look at it again.")
        if number % 3 == 2:
            draft = draft_of(story)
            block = {"image": a_picture(number), "alt_text": "A kettle", "decorative": False, "caption": ""}
            draft.body = [*words(f"Newer {number}"), ("image", block)]
            draft.save_revision()
        guidance = GuidancePage(title=f"Guidance {number}", partner=tree.section.organisation, body=words("Advice."))
        put(tree.section, guidance)
        HubPage.objects.filter(pk=guidance.pk).update(next_check=timezone.localdate())


def questions(clients: dict[str, Client]) -> dict[str, int]:
    found = {}
    for name, (who, address) in SCREENS.items():
        clients[who].get(address)
        installed_triggers.ask_again()  # what is asked once a minute is no screen's
        with CaptureQueriesContext(connection) as captured:
            answer = clients[who].get(address)
            b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, name
        found[name] = len(captured)
    return found


def test_three_stories_and_twelve_cost_the_same(
    two_sections: Tree, moderator: User, clued_up_author: User, clued_up_lead: User
) -> None:
    clients = {"": Client(), **{who: Client() for who, _ in SCREENS.values() if who}}
    for who, user in [
        ("moderator", moderator), ("clued_up_author", clued_up_author), ("clued_up_lead", clued_up_lead)
    ]:  # fmt: skip
        clients[who].force_login(user)
    add_stories(two_sections, range(3))
    few = questions(clients)
    add_stories(two_sections, range(3, 12))
    many = questions(clients)
    assert many == few


def test_the_rule_asked_about_many_at_once_says_what_it_says_of_each(tree: Tree) -> None:
    bare = [make_story(tree, people=0, text=f"counter {n}", special_categories=["health"]) for n in range(12)]
    for seed, story in enumerate(bare):
        RandomFacts(story, 1000 + seed).write()
    stories = list(StoryPage.objects.filter(pk__in=[story.pk for story in bare]))
    hashes, now = {story.pk: story.content_hash() for story in stories}, database_now()
    together = facts_of_many((story, hashes[story.pk]) for story in stories)
    lit = 0
    for story in stories:
        assert together[story.pk] == story_facts(story, content_hash=hashes[story.pk])
        answer = may_appear(together[story.pk][Use.WEBSITE], now=now)
        until = answer.until or timezone.now() + timedelta(minutes=1)
        assert the_database_lights(story, until) == answer.allowed
        lit += answer.allowed
    assert 0 < lit < len(stories), "facts that are all the same prove little"


def test_where_many_stand_is_where_each_stands(two_sections: Tree) -> None:
    add_stories(two_sections, range(4))
    sent_back, waiting = (make_story(two_sections, text=text) for text in ("sent back", "not asked"))
    return_story(sent_back, moderator=a_moderator(), comment="Say more.")
    versions = versions_of(StoryPage.objects.values_list("pk", flat=True), of="a test")
    together = standings_of(versions.values())
    for story in StoryPage.objects.all():
        draft = draft_of(story)
        assert versions[story.pk].draft_words == draft.content_hash()
        assert together[story.pk] == standing_of(story, draft)
    assert "Say more." in together[sent_back.pk].sentence
    assert waiting.participations.get().participant.code in together[waiting.pk].label


@pytest.mark.leaves_out
@pytest.mark.parametrize("way", ["words that are no list of blocks", "a block that is no text", "a draft that is none"])
def test_one_story_that_cannot_be_read_takes_no_other_out_of_the_lists(
    two_sections: Tree, client: Client, moderator: User, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = (make_story(two_sections, text=text) for text in ("Goldammer", "Zilpzalp"))
    for story in (good, bad):
        hand_in(story, by=a_worker())
    WAYS[way](bad, monkeypatch)
    client.force_login(moderator)
    for address in ("/admin/stories/review/", "/admin/stories/review/?all"):
        assert "Goldammer" in client.get(address).content.decode()
    assert client.get("/admin/").status_code == 200


def test_the_index_of_stories_has_pages(tree: Tree, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "STORIES_ON_A_PAGE", 2)
    shown = [light(make_story(tree, text=f"counter {number}")) for number in range(3)]
    pages = [client.get(tree.stories.url, {"page": page}).content.decode() for page in ("1", "2", "99", "x")]
    on = [[story.url in page for story in shown] for page in pages]
    assert [sum(each) for each in on] == [2, 1, 1, 2]
    assert all(any(both) for both in zip(on[0], on[1], strict=True)), "each story is on one of the two"
    assert "Three stories to read" in pages[1]
    assert "?page=2" in pages[0]
