"""The words of whoever left are out of the new story and of everything that is kept; what the others had goes along."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.test.utils.form_data import rich_text

from hub.pages.models import HubImage, HubPage
from hub.stories.choices import LegalReason
from hub.stories.erasure import steps, without_them
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import CannotErase
from hub.stories.erasure.without_them import what_remains
from hub.stories.family.links import issue
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.publishing import publish_story
from hub.stories.models import (
    ChangeWanted,
    ConsentEvent,
    LeavingOut,
    LegalFlag,
    NotBefore,
    OwnBlock,
    PersonalDetails,
    PrivateLink,
    Proof,
    StoryPage,
    StoryParticipant,
    StoryWithout,
    WithdrawalCase,
    draft_of,
)
from hub.stories.review.decisions import approve_story
from hub.stories.review.flags import clear_legal_flag, raise_legal_flag
from hub.stories.review.who_may_approve import MayNotApprove, check_may_approve
from hub.stories.withdrawal import leaving_out
from hub.stories.withdrawal.not_before import not_before
from hub.upkeep.tick import tick
from tests.factories import CANARY, Tree, a_moderator, light, make_story, publish, wording, words, yes
from tests.leaving_steps import HERS, NEWER, made_from, people_of, post, sent_form, story_of_three
from tests.stories.erasure.test_erasure import block, files, kill_at, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return story_of_three(two_sections)


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


@pytest.fixture
def left(story: StoryPage) -> StoryPage:
    """The story, once the second person has said that they leave it."""
    leaving_out.follow_up(leaving_out.receive(people_of(story)[1]))
    return story


def without(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/without/"


def erase(client: Client, story: StoryPage, **change: str) -> Any:
    return client.post(without(story), {"act": "erase", "sure": "yes", **change}, follow=True)


def is_public(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def test_from_the_first_screen_to_words_that_are_nowhere(
    worker: Client, left: StoryPage, clued_up_author: User
) -> None:
    first, second, third = people_of(left)
    slug, old_parts = left.slug, {str(one.id) for one in draft_of(left).body}
    PersonalDetails.objects.create(participant=second.participant, preferred_name="Uferschnepfe")
    page = worker.get(without(left)).content.decode()
    assert f"And I heard a {HERS} sing" in page.split("The words that remain")[0], "said to be out already"
    assert HERS not in str(worker.get(without(left)).context["form"]["body"].value())
    new = made_from(worker, left)
    assert (new.title, new.partner, new.owner) == (NEWER, left.partner, clued_up_author)
    assert new.get_parent() == left.get_parent()
    assert new.slug.startswith("s-")
    assert new.slug != slug
    assert new.alias_of_id is None
    assert [one.participant for one in people_of(new)] == [first.participant, third.participant]
    assert not any(one.consents.exists() for one in people_of(new)), "nobody has agreed to it"
    assert Revision.objects.for_instance(new).count() == 1
    assert HERS not in str(Revision.objects.for_instance(new).get().content)
    assert old_parts.isdisjoint(str(one.id) for one in draft_of(new).body)
    marks = {(one.participation.participant, one.block_id) for one in OwnBlock.objects.filter(participation__story=new)}
    parts = [str(one.id) for one in draft_of(new).body]
    assert marks == {(first.participant, parts[0]), (third.participant, parts[1]), (first.participant, parts[2])}
    assert not is_public(left)
    assert not is_public(new)
    assert erase(worker, left).redirect_chain[-1][0] == f"/admin/stories/{new.pk}/people/"
    assert verify([HERS, slug, "Uferschnepfe", "sing outside", *old_parts]) == []
    assert not StoryPage.objects.filter(pk=left.pk).exists()
    assert StoryPage.objects.filter(pk=new.pk).exists()
    assert not PageLogEntry.objects.filter(page_id=new.pk, action__contains="copy").exists()
    assert not StoryWithout.objects.exists(), "no number leads from the new story to the old one"
    assert Proof.objects.filter(participant_code=second.participant.code).exists()
    assert first_broken_link() is None
    lines = dict(
        WithdrawalCase.objects.get(participant_code=second.participant.code).lines.values_list("target", "state")
    )
    assert (lines["leave-out"], lines["leave-erase"]) == ("done", "removed")


def test_the_new_story_is_shown_when_those_who_stay_agree_and_the_old_one_never(
    worker: Client, left: StoryPage
) -> None:
    new = made_from(worker, left)
    light(StoryPage.objects.get(pk=new.pk))
    publish_story(StoryPage.objects.get(pk=new.pk))
    light(StoryPage.objects.get(pk=left.pk))
    publish_story(StoryPage.objects.get(pk=left.pk))
    tick(now=LeavingOut.objects.get().asked_at)
    assert is_public(new)
    assert not is_public(left)
    text = Client().get(StoryPage.objects.get(pk=new.pk).url).content.decode()
    assert CANARY in text
    assert HERS not in text


def test_a_picture_with_them_in_it_goes_wherever_it_stands_and_others_stay(
    worker: Client, two_sections: Tree, clued_up_author: User
) -> None:
    story = make_story(two_sections, people=2)
    first, second = people_of(story)
    both, mine = picture("Rohrdommel", 10), picture("Amsel", 200)
    for image in (both, mine):
        HubImage.objects.filter(pk=image.pk).update(collection=two_sections.section.organisation.collection)
    story.body = [*words("Look."), block(both), block(mine), block(both)]
    publish(story)
    parts = [str(one.id) for one in draft_of(story).body]
    for person in (first, second):
        OwnBlock.objects.create(participation=person, block_id=parts[1])
    leaving_out.follow_up(leaving_out.receive(second))
    remaining = what_remains(story)
    assert [str(one.id) for one in remaining.body] == [parts[0], parts[2]]
    stolen = sent_form(worker, story, act="make")
    stolen |= {"body-1-value-image": str(both.pk), "body-1-value-alt_text": "Somebody else"}
    refused = post(worker, story, stolen).content.decode()
    assert "a picture here of somebody who wants to leave" in refused
    assert "Somebody else" in refused
    made_from(worker, story)
    erase(worker, story)
    assert list(HubImage.objects.values_list("pk", flat=True)) == [mine.pk]
    assert len({name.split(".")[0] for name in files()}) == 1, "the one that stays, in its sizes"
    assert verify(["Rohrdommel"]) == []


def test_every_piece_is_looked_at_also_one_that_was_just_written(worker: Client, left: StoryPage) -> None:
    before = StoryPage.objects.count()
    page = post(worker, left, sent_form(worker, left, act="make", tick_all=False, title="Typed anew"))
    assert "look at each line and tick it" in page.content.decode()
    assert "Typed anew" in page.content.decode()
    later = [("text", rich_text("<p>My sister Morag heard it too.</p>", features=["bold"]))]
    page = post(worker, left, sent_form(worker, left, act="make", body=later))
    assert "look at each line and tick it" in page.content.decode()
    unticked = {(one.sort, one.text) for one, is_ticked in page.context["pointers"] if not is_ticked}
    assert unticked == {("Relation", "My sister"), ("Name", "Morag")}
    assert StoryPage.objects.count() == before
    assert not is_public(left)


def test_what_those_who_stay_asked_for_is_on_the_list(worker: Client, left: StoryPage) -> None:
    first, second, _ = people_of(left)
    ChangeWanted.objects.create(participation=first, wanted="Take out the street")
    ChangeWanted.objects.create(participation=second, wanted="Never mind")
    page = worker.get(without(left)).content.decode()
    assert "Take out the street" in page
    assert "Never mind" not in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "x" * 300}, "at most 255 characters"),
        ({"told_by": " "}, "This field is required"),
        ({"summary": "s" * 301}, "at most 300 characters"),
        ({"body": []}, "Nothing is left"),
        ({"content_note": ["no-such-note"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_a_story_is_refused_and_stays_typed(
    worker: Client, left: StoryPage, change: dict[str, Any], sentence: str
) -> None:
    sent = sent_form(worker, left, act="make", **{"names_note": "As I typed it.", **change})
    page = post(worker, left, sent).content.decode()
    assert sentence in page
    assert "As I typed it." in page
    assert StoryWithout.objects.count() == 0


def test_half_a_form_changes_nothing(worker: Client, left: StoryPage) -> None:
    sent = sent_form(worker, left, act="make")
    for broken in ({}, {"body-count": "many"}):
        part = {name: value for name, value in sent.items() if not name.startswith("body")} | broken
        assert "only a part of the page" in post(worker, left, part).content.decode()
    assert not StoryWithout.objects.exists()


def test_what_is_kept_comes_back_with_its_ticks_and_is_encrypted(worker: Client, left: StoryPage) -> None:
    only = [("text", rich_text("<p>Sumpfmeise</p>", features=["bold"]))]
    assert post(worker, left, sent_form(worker, left, act="keep", title="Half done", body=only)).status_code == 302
    page = Client()
    page.force_login(User.objects.get(username="clued-up-authors"))
    again = page.get(without(left))
    assert again.context["form"]["title"].value() == "Half done"
    assert "Sumpfmeise" in again.content.decode()
    assert sum(is_ticked for _, is_ticked in again.context["pointers"]) > 0
    assert verify(["Sumpfmeise"]) == ["stories_storywithout.kept"]


def test_two_workers_at_once(worker: Client, left: StoryPage) -> None:
    mine = sent_form(worker, left, act="keep", title="What I wrote")
    post(worker, left, sent_form(worker, left, act="keep", title="What she wrote"))
    page = post(worker, left, mine)
    assert "Somebody else has kept other words" in page.content.decode()
    assert "What I wrote" in page.content.decode()
    again = {**mine, "version": page.context["form"]["version"].value()}
    assert post(worker, left, again).status_code == 302
    late = sent_form(worker, left, act="make")
    new = made_from(worker, left)
    page = post(worker, left, {**late, "title": "What I wrote last"}).content.decode()
    assert "Somebody else has made the new story meanwhile" in page
    assert "What I wrote last" in page
    assert f"/admin/pages/{new.pk}/edit/" in page
    assert StoryPage.objects.filter(title__startswith="What").count() == 0
    assert StoryWithout.objects.count() == 1


@pytest.mark.parametrize("sure", ["", "no"])
def test_nothing_is_erased_unasked_or_before_the_new_story_is_there(
    worker: Client, left: StoryPage, sure: str, clued_up_author: User
) -> None:
    assert "Make the new story first" in erase(worker, left).content.decode()
    new = made_from(worker, left)
    assert "Tick that it cannot be undone" in erase(worker, left, sure=sure).content.decode()
    steps.erase(new.pk)
    assert "Make the new story first" in erase(worker, left).content.decode()
    assert StoryPage.objects.filter(pk=left.pk).exists()
    assert worker.get(without(left)).context["form"], "the new one is gone: it can be made again"


def test_a_story_that_nobody_leaves_is_not_erased_by_this_door(
    worker: Client, story: StoryPage, clued_up_author: User
) -> None:
    assert worker.get(without(story))["Location"].endswith("/people/")
    erase(worker, story)
    with pytest.raises(CannotErase, match="Nobody wants to leave"):
        without_them.erase_old(story.pk, by=clued_up_author)
    assert is_public(story)


def test_a_legal_flag_goes_along_and_stops_the_erasing_not_the_darkness(
    worker: Client, left: StoryPage, safeguarding: User
) -> None:
    flag = raise_legal_flag(StoryPage.objects.get(pk=left.pk), LegalReason.COURT_CASE, by=safeguarding)
    assert "It goes along to the new story" in worker.get(without(left)).content.decode()
    new = made_from(worker, left)
    assert LegalFlag.objects.get(story_id=new.pk, cleared_at=None).reason == LegalReason.COURT_CASE
    for person in people_of(new):
        yes(person)
    approve_story(draft_of(new), moderator=a_moderator())
    publish_story(StoryPage.objects.get(pk=new.pk))
    assert not is_public(new)
    said = erase(worker, left).content.decode()
    assert "A legal flag is open" in said
    assert not is_public(left)
    assert StoryPage.objects.filter(pk=left.pk).exists()
    clear_legal_flag(flag, by=safeguarding, note="It is over.")
    erase(worker, left)
    assert verify([HERS]) == []


class Power(BaseException):
    """The power went."""


@pytest.mark.parametrize("target", ["erase-cards", "erase-people", "erase-page", "erase-left"])
@pytest.mark.parametrize("when", ["inside", "after"])
def test_killed_halfway_it_goes_on_and_the_new_story_is_kept(
    worker: Client, left: StoryPage, target: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.stories.erasure.test_erasure import Killed

    new = made_from(worker, left)
    with monkeypatch.context() as patched:
        kill_at(patched, [name for name, *_ in steps.STEPS].index(target), when=when)
        with pytest.raises(Killed):
            erase(worker, left)
    assert not is_public(left)
    assert StoryPage.objects.filter(pk=new.pk).exists()
    tick(now=LeavingOut.objects.get().asked_at)
    assert verify([HERS]) == []
    assert LeavingOut.objects.get().finished_at
    assert draft_of(new).title == NEWER


def test_killed_while_it_is_made_there_is_none_and_what_was_kept_is_there(
    worker: Client, left: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(worker, left, sent_form(worker, left, act="keep", title="Half done"))
    before = StoryPage.objects.count()

    def dies(*args: Any, **kwargs: Any) -> None:
        raise Power

    with monkeypatch.context() as patched:
        patched.setattr(without_them, "_carry_people", dies)
        with pytest.raises(Power):
            post(worker, left, sent_form(worker, left, act="make"))
    assert StoryPage.objects.count() == before
    assert worker.get(without(left)).context["form"]["title"].value() == "Half done"
    made_from(worker, left)


def test_cards_of_who_stays_open_the_new_story_and_the_one_who_left_reads_that_it_is_done(
    worker: Client, left: StoryPage
) -> None:
    first, second, _ = people_of(left)
    theirs, hers = (issue(person, PrivateLink.Purpose.KEEP, wording_id=wording().pk) for person in (first, second))
    family = Client()
    not_before(theirs.link, timezone.localdate() + timedelta(days=30))
    new = made_from(worker, left)
    assert NotBefore.objects.filter(story_number=new.pk, starts_at__isnull=False).count() == 1, "their day goes along"
    page = family.get(f"/yours/{theirs.address}/words/").content.decode()
    assert "This story is being looked at again" in page
    assert "We hold no answer from you" in page
    assert "There is a new story without them" in family.get(f"/yours/{hers.address}/words/").content.decode()
    assert family.post(f"/yours/{hers.address}/words/stay/")["Location"].endswith("/words/"), "too late"
    erase(worker, left)
    for way in (f"/yours/{hers.address}/", f"/yours/{hers.address}/words/"):
        page = family.get(way).content.decode()
        assert "Your words are out" in page
        assert "we erased the old story for good" in page
    by_code = family.post("/yours/", {"code": hers.spoken_code}, follow=True)
    assert "Your words are out" in by_code.content.decode()
    assert by_code["Cache-Control"] == "private, no-store"
    assert "This story is being looked at again" in family.get(f"/yours/{theirs.address}/words/").content.decode()
    assert family.post("/yours/", {"code": theirs.spoken_code}, follow=True).status_code == 200
    family.post(f"/yours/{theirs.address}/words/leave/")
    assert LeavingOut.objects.get(finished_at=None).story_number == new.pk, "and can leave that one too"


def test_a_card_of_a_story_that_is_erased_for_everybody_says_so(two_sections: Tree, story: StoryPage) -> None:
    cards = [issue(person, PrivateLink.Purpose.KEEP, wording_id=wording().pk) for person in people_of(story)]
    steps.erase(story.pk)
    for card in cards:
        page = Client().get(f"/yours/{card.address}/").content.decode()
        assert "It is erased" in page
        assert "Your words are out" not in page
    assert Client().get("/yours/nothing-like-it/").status_code == 404


def test_two_leave_one_story_and_everybody_leaves_one(worker: Client, left: StoryPage) -> None:
    first, _, third = people_of(left)
    leaving_out.follow_up(leaving_out.receive(third))
    assert [str(one.value.source) for one in what_remains(left).body] == [
        f"<p>I stood at the {CANARY}.</p>",
        "<p>Both of us were tired.</p>",
    ]
    leaving_out.follow_up(leaving_out.receive(first))
    page = worker.get(without(left)).content.decode()
    assert "Everybody in this story wants to leave it" in page
    assert "is erased" in erase(worker, left).content.decode()
    assert verify([HERS, CANARY]) == []
    assert not LeavingOut.objects.filter(finished_at=None).exists()


def test_nobody_leaves_an_old_story_once_the_new_one_is_there(worker: Client, left: StoryPage) -> None:
    made_from(worker, left)
    first = people_of(left)[0]
    with pytest.raises(leaving_out.CannotLeave, match="Open that one"):
        leaving_out.receive(first)


def test_who_worked_on_the_old_words_does_not_approve_the_new(worker: Client, left: StoryPage, moderator: User) -> None:
    draft = draft_of(left)
    draft.save_revision(user=moderator)
    new = made_from(worker, left)
    erase(worker, left)
    with pytest.raises(MayNotApprove, match="worked on this story yourself"):
        check_may_approve(moderator, StoryPage.objects.get(pk=new.pk), sensitivity=1)
    check_may_approve(a_moderator(), StoryPage.objects.get(pk=new.pk), sensitivity=1)


def test_the_ledger_says_of_each_old_yes_that_it_is_over(worker: Client, left: StoryPage) -> None:
    made_from(worker, left)
    erase(worker, left)
    last: dict[tuple[str, str], str] = {}
    for line in ConsentEvent.objects.filter(story_id=left.pk).exclude(participant_code="").order_by("sequence"):
        last[line.participant_code, line.use] = line.kind
    assert set(last.values()) <= {"erased", "withdrawn"}
    assert StoryParticipant.objects.filter(story_id=left.pk).count() == 0
