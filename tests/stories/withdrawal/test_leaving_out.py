"""Somebody wants their words out: dark at once, whatever fails then; a case that says what to do; nobody says who."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from hub.law import AgeBand
from hub.pages.models import HubPage
from hub.stories.choices import Use
from hub.stories.family.asking import ask, story_asked_about
from hub.stories.family.links import issue
from hub.stories.family.may_be_asked import CannotAsk
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.publishing import publish_story
from hub.stories.models import (
    CaseLine,
    ConsentEvent,
    LeavingOut,
    PrivateLink,
    StoryPage,
    StoryParticipant,
    TakenBack,
    WithdrawalCase,
)
from hub.stories.review import taking_back
from hub.stories.review.decisions import approve_story
from hub.stories.review.who_may_approve import MayNotApprove
from hub.stories.rule import GivenBy
from hub.stories.withdrawal import cases, leaving_out, stopping
from hub.stories.withdrawal.who_leaves import leaving_of
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, add_person, lit_story, make_story, wording, yes
from tests.leaving_steps import people_of, story_of_three
from tests.surfaces import SURFACES

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return story_of_three(two_sections)


def card(person: StoryParticipant, given_by: GivenBy = GivenBy.SELF) -> str:
    return f"/yours/{issue(person, PrivateLink.Purpose.KEEP, given_by=given_by, wording_id=wording().pk).address}/"


def is_public(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def lines_of(story: StoryPage) -> dict[str, str]:
    return dict(CaseLine.objects.filter(case__story_number=story.pk).values_list("target", "state"))


def test_two_taps_and_it_is_nowhere(
    client: Client, story: StoryPage, two_sections: Tree, clued_up_author: User, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=clued_up_author.pk).update(email="worker@example.org")
    second = people_of(story)[1]
    mine = card(second)
    assert f'href="{mine}words/leave/"' in client.get(mine + "words/").content.decode()
    sure = client.get(mine + "words/leave/").content.decode()
    assert "Leave your words out?" in sure
    assert "textarea" not in sure, "no reason is asked"
    assert is_public(story), "looking changes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(mine + "words/leave/").status_code == 302
    for surface in SURFACES:
        body = surface.body(client, two_sections, story)
        assert story.slug not in body, surface.name
        assert "The counter" not in body, surface.name
    assert "We are taking your words out" in client.get(mine + "words/").content.decode()
    case = WithdrawalCase.objects.get(story_number=story.pk)
    assert (case.participant_code, case.channel) == (second.participant.code, "own_pages")
    assert case.dark_at
    lines = lines_of(story)
    assert lines["leave-out"] == lines["leave-erase"] == "to_do"
    assert {target for target in lines if target.startswith("tell-")} == {
        f"tell-{one.participant.code}" for one in people_of(story) if one.pk != second.pk
    }
    told = mail.outbox[-1]
    assert "worker@example.org" in told.bcc
    assert "wants their words left out" in told.body
    assert ConsentEvent.objects.filter(participant_code=second.participant.code, kind="withdrawn").exists()
    assert ConsentEvent.objects.filter(story_id=story.pk, kind="taken_back").exists()
    assert first_broken_link() is None


def test_who_stays_reads_that_it_is_looked_at_again_and_never_who_left(client: Client, story: StoryPage) -> None:
    first, second, third = people_of(story)
    theirs = [card(first), card(third)]
    client.post(card(second) + "words/leave/")
    pages = [client.get(one + "words/").content.decode() for one in theirs]
    for page in pages:
        assert "This story is being looked at again" in page
        assert second.participant.code not in page
        assert "taking your words out" not in page


def test_twice_and_from_two_tabs_is_once(client: Client, story: StoryPage) -> None:
    second = people_of(story)[1]
    mine, other = card(second), card(second)
    for one in (mine, other, mine):
        assert client.post(one + "words/leave/").status_code == 302
    assert LeavingOut.objects.count() == WithdrawalCase.objects.count() == 1


def test_who_is_alone_in_it_is_asked_whether_to_erase(client: Client, two_sections: Tree) -> None:
    alone = lit_story(two_sections)
    mine = card(people_of(alone)[0])
    assert "words/leave/" not in client.get(mine + "words/").content.decode()
    assert client.get(mine + "words/leave/")["Location"].endswith("/words/erase/")
    client.post(mine + "words/leave/")
    assert is_public(alone)
    assert not LeavingOut.objects.exists()


def test_erasing_says_that_it_is_for_everybody_and_offers_this_instead(client: Client, story: StoryPage) -> None:
    page = client.get(card(people_of(story)[1]) + "words/erase/").content.decode()
    assert "The whole story goes, for everybody in it" in page
    assert "words/leave/" in page


def test_who_was_never_asked_or_said_no_may_leave_too(client: Client, two_sections: Tree) -> None:
    """It does not hang on a yes: somebody who need not be asked takes it off the site as well."""
    story = make_story(two_sections, people=1)
    mentioned = add_person(story, consent_needed=False, why_not_needed="Mentioned once.")
    yes(people_of(story)[0])
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    assert is_public(story)
    mine = card(mentioned)
    assert "words/leave/" in client.get(mine + "words/").content.decode()
    client.post(mine + "words/leave/")
    assert not is_public(story)
    assert lines_of(story)["leave-out"] == "to_do"


def test_from_12_on_it_is_not_for_a_parent_to_say(client: Client, two_sections: Tree) -> None:
    story = lit_story(two_sections, people=2)
    child = add_person(story, age_band=AgeBand.AGE_12_15)
    assert "your child’s own choice" in client.post(card(child, GivenBy.GUARDIAN) + "words/leave/").content.decode()
    assert not LeavingOut.objects.exists()
    client.post(card(child) + "words/leave/")
    assert LeavingOut.objects.exists()


@pytest.mark.leaves_out
@pytest.mark.parametrize("broken", ["stopping", "case", "ledger"])
def test_dark_first_and_the_jobs_do_the_rest(
    client: Client, story: StoryPage, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    second = people_of(story)[1]
    with monkeypatch.context() as patched:
        patched.setattr(
            *{
                "stopping": (stopping, "receive", fail),
                "case": (cases, "case_of", fail),
                "ledger": (taking_back, "note_in_ledger", fail),
            }[broken]
        )
        assert client.post(card(second) + "words/leave/").status_code == 302
        assert not is_public(story)
        tick(now=LeavingOut.objects.get().asked_at)
        assert not is_public(story), "no job brings it back"
    tick(now=LeavingOut.objects.get().asked_at)
    assert LeavingOut.objects.get().followed_at
    assert lines_of(story)["leave-out"] == "to_do"
    assert not second.consents.filter(decision="given").exists()


def test_nothing_that_staff_or_others_do_shows_it_in_these_words(story: StoryPage, clued_up_lead: User) -> None:
    first, second, third = people_of(story)
    leaving_out.leave_for(second, by=clued_up_lead)
    for one in (first, third):
        yes(one)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    publish_story(StoryPage.objects.get(pk=story.pk), user=clued_up_lead)
    StoryPage.objects.get(pk=story.pk).save_revision().publish()
    assert not is_public(story)
    with pytest.raises(MayNotApprove, match="leaves this story"):
        taking_back.show_again(StoryPage.objects.get(pk=story.pk), by=clued_up_lead)
    yes(second)
    assert not is_public(story), "not even their own yes, as long as they leave"


def test_nobody_is_asked_about_words_that_somebody_leaves(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    """The one who leaves never said yes to the website: nothing else would stop the others from reading on."""
    first, second, _ = people_of(story)
    open_question = ask(first, uses=[Use.TRAINING], by=clued_up_author).link
    second.consents.all().delete()
    leaving_out.leave_for(second, by=clued_up_author)
    assert story_asked_about(PrivateLink.objects.get(pk=open_question.pk)) is None
    with pytest.raises(CannotAsk, match="Somebody leaves this story"):
        ask(first, uses=[Use.TRAINING], by=clued_up_author)


def test_a_changed_mind_leaves_the_words_in_and_the_story_down(client: Client, story: StoryPage) -> None:
    second = people_of(story)[1]
    mine = card(second)
    client.post(mine + "words/leave/")
    assert "I have changed my mind" in client.get(mine + "words/").content.decode()
    assert client.post(mine + "words/stay/").status_code == 302
    assert leaving_of(second) is None
    assert not is_public(story), "their yes has ended: they are asked again"
    assert not TakenBack.objects.filter(story_id=story.pk, ended_at=None).exists()
    assert lines_of(story)["leave-out"] == "done"
    yes(second)
    assert is_public(story)
    assert client.get(mine + "words/stay/")["Location"].endswith("/words/"), "there is nothing to take back"


def test_staff_take_back_their_own_mistake_and_nobody_elses_wish(story: StoryPage, clued_up_author: User) -> None:
    _, second, third = people_of(story)
    asked = leaving_out.receive(second)
    with pytest.raises(leaving_out.CannotLeave, match="Only they"):
        leaving_out.stay(asked, by=clued_up_author)
    noted = leaving_out.leave_for(third, by=clued_up_author)
    leaving_out.stay(noted, by=clued_up_author)
    assert leaving_of(third) is None
    assert TakenBack.objects.filter(story_id=story.pk, why="left", ended_at=None).exists(), "the other still leaves"


def test_a_worker_notes_it_for_somebody_who_rang(client: Client, story: StoryPage, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    second = people_of(story)[1]
    people = f"/admin/stories/{story.pk}/people/"
    assert f"{people}{second.pk}/leave/" in client.get(people).content.decode()
    assert "never again" in client.get(f"{people}{second.pk}/leave/").content.decode()
    assert is_public(story)
    answer = client.post(f"{people}{second.pk}/leave/")
    assert answer["Location"] == f"/admin/stories/{story.pk}/without/"
    assert not is_public(story)
    assert WithdrawalCase.objects.get().channel == "staff"
    page = client.get(people).content.decode()
    assert "Wants their words left out" in page
    assert "Ask by link or card" not in page
    case = client.get(f"/admin/stories/withdrawals/{WithdrawalCase.objects.get().pk}/").content.decode()
    assert f"/admin/stories/{story.pk}/without/" in case
    assert "It is done" in case, "others are told by a person"
    assert case.count("It is done") == 2, "and the Hub itself says when the words are out"


@pytest.mark.parametrize("who", ["carf_author", "moderator"])
def test_nobody_else_opens_these_screens(client: Client, story: StoryPage, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    second = people_of(story)[1]
    assert client.post(f"/admin/stories/{story.pk}/people/{second.pk}/leave/").status_code == 404
    assert is_public(story)
    leaving = leaving_out.receive(second)
    for rest in ("without/", f"without/{leaving.pk}/stay/"):
        assert client.post(f"/admin/stories/{story.pk}/{rest}", {"act": "erase", "sure": "yes"}).status_code == 404
    assert leaving_of(second) is not None
