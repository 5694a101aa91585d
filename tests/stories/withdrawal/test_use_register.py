"""The use register: a use is written down only while everybody agrees, and a withdrawal knows where words went."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import erase
from hub.stories.family.links import issue
from hub.stories.models import CaseLine, PrivateLink, StoryPage, StoryUse
from hub.stories.withdrawal.stopping import withdraw
from hub.stories.withdrawal.use_register import MayNotBeUsed, record_use, take_down
from tests.factories import Tree, add_person, light, make_story, yes

pytestmark = pytest.mark.django_db
TODAY = {"use": "training", "where": "School nurses", "used_on": "2026-01-05", "copies": ""}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    story = make_story(two_sections)
    for use in (Use.TRAINING, Use.SOCIAL, Use.PRINT_PACK):
        yes(story.participations.get(), use)
    return light(story)


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def at(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/uses/"


def used(story: StoryPage, use: Use = Use.TRAINING, where: str = "School nurses") -> StoryUse:
    by = User.objects.get_or_create(username="recorder")[0]
    return record_use(story, use, where=where, used_on=timezone.localdate(), by=by, copies=200)


def test_a_worker_writes_a_session_down(worker: Client, story: StoryPage, clued_up_author: User) -> None:
    assert "a session in which it was read out" in worker.get(at(story)).content.decode()
    assert worker.post(at(story), TODAY).status_code == 302
    kept = StoryUse.objects.get()
    assert (kept.content_hash, kept.revision_id) == (story.content_hash(), story.live_revision_id)
    assert kept.recorded_by == clued_up_author
    assert "5 January 2026: School nurses" in worker.get(at(story)).content.decode()


def test_a_use_nobody_was_asked_about_is_refused_with_the_reason(worker: Client, story: StoryPage) -> None:
    page = worker.post(at(story), {**TODAY, "use": "media"}).content.decode()
    assert "P-0001: They have not been asked about this use yet." in page
    assert 'value="School nurses"' in page
    assert not StoryUse.objects.exists()


def test_one_person_who_does_not_agree_is_enough(story: StoryPage) -> None:
    add_person(story)
    with pytest.raises(MayNotBeUsed, match="P-0002"):
        used(story)


def test_a_day_to_come_is_refused(worker: Client, story: StoryPage) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = worker.post(at(story), {**TODAY, "used_on": tomorrow}).content.decode()
    assert "Record it on the day or afterwards" in page
    with pytest.raises(ValueError, match="by itself"):
        record_use(story, Use.WEBSITE, where="x", used_on=date(2026, 1, 1), by=User.objects.first())


def test_a_withdrawal_knows_where_the_words_went(story: StoryPage) -> None:
    used(story, Use.PRINT_PACK, "Packs for Leven")
    post = used(story, Use.SOCIAL, "Our page")
    gone = used(story, Use.SOCIAL, "An old post")
    take_down(gone, by=User.objects.get(username="recorder"))
    withdraw(story.participations.get())
    lines = dict(CaseLine.objects.filter(target__startswith="used-").values_list("description", "state"))
    assert [state for words, state in lines.items() if "Packs for Leven, 200 copies" in words] == ["cannot_be_recalled"]
    assert [state for words, state in lines.items() if f"{post.where}" in words] == ["to_do"]
    assert len(lines) == 2


def test_only_what_can_be_taken_down_is(worker: Client, story: StoryPage) -> None:
    session, post = used(story), used(story, Use.SOCIAL)
    for one in (session, post):
        worker.post(f"{at(story)}{one.pk}/down/")
        one.refresh_from_db()
    assert (session.taken_down_at, post.taken_down_at is not None) == (None, True)


@pytest.mark.parametrize("who", ["carf_author", "moderator", "toolkit_editor"])
def test_nobody_else_writes_on_this_story(client: Client, story: StoryPage, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    client.post(at(story), TODAY)
    assert not StoryUse.objects.exists()


def test_the_register_shows_each_what_is_theirs(
    client: Client, story: StoryPage, clued_up_author: User, carf_author: User, moderator: User, toolkit_editor: User
) -> None:
    used(story)
    seen = {}
    for user in (clued_up_author, carf_author, moderator):
        client.force_login(user)
        seen[user] = "School nurses" in client.get("/admin/stories/uses/").content.decode()
    assert seen == {clued_up_author: True, carf_author: False, moderator: True}
    client.force_login(moderator)
    assert "School nurses" not in client.get("/admin/stories/uses/?use=social").content.decode()
    assert "School nurses" not in client.get("/admin/stories/uses/?use=nonsense").content.decode()
    client.force_login(toolkit_editor)
    assert client.get("/admin/stories/uses/").status_code == 404


def test_the_person_sees_where_their_words_have_been(story: StoryPage) -> None:
    used(story)
    address = issue(story.participations.get(), PrivateLink.Purpose.KEEP).address
    page = Client().get(f"/yours/{address}/words/").content.decode()
    assert "Sessions they were told in" in page
    assert "School nurses" in page


def test_erasing_leaves_no_word_of_it(story: StoryPage) -> None:
    used(story, Use.PRINT_PACK, "Zilpzalp")
    withdraw(story.participations.get())
    assert verify(["Zilpzalp"])
    erase(story.pk)
    assert verify(["Zilpzalp"]) == []
    assert CaseLine.objects.filter(target__startswith="used-").exists()
