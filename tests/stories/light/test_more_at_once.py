"""More of two at the same moment: answers sent twice, erasing, carrying over, ticking. Whoever is second, no is no."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from hub.pages.models import HubPage
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.stories.choices import LegalReason, Use
from hub.stories.consent.answers import end_pause
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import erase
from hub.stories.family import asking
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.publishing import publish_story
from hub.stories.models import Consent, ConsentEvent, Proof, StoryPage, StoryParticipant, WithdrawalCase
from hub.stories.review import carrying_over
from hub.stories.review.decisions import approve_story, return_story
from hub.stories.review.flags import raise_legal_flag
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests import factories
from tests.at_once import at_once
from tests.factories import CANARY, a_moderator, a_tree, a_worker, make_story, words, yes
from tests.personas import in_group
from tests.stories.light.test_two_at_once import is_lit, test_these_tests_never_touch_the_database_of_the_hub

__all__ = ["test_these_tests_never_touch_the_database_of_the_hub"]


def again(story: StoryPage) -> StoryPage:
    return StoryPage.objects.get(pk=story.pk)


def withdraws(person: StoryParticipant) -> Callable[[], object]:
    return lambda: withdraw(StoryParticipant.objects.get(pk=person.pk))


def lit_story(people: int = 1) -> StoryPage:
    return factories.lit_story(a_tree(), people=people)


@pytest.mark.parametrize("other", ["approve", "end_pause", "flag", "return"])
def test_withdrawing_while_staff_act_ends_dark(committed: None, other: str) -> None:
    story = lit_story(people=2)
    person, moderator = story.participations.first(), a_moderator()
    consent = Consent.objects.filter(participation=person).get()
    acts: dict[str, Callable[[], object]] = {
        "approve": lambda: approve_story(again(story), moderator=moderator),
        "end_pause": lambda: end_pause(Consent.objects.get(pk=consent.pk)),
        "flag": lambda: raise_legal_flag(again(story), LegalReason.COURT_CASE, by=None),
        "return": lambda: return_story(again(story), moderator=moderator, comment="Again"),
    }
    assert at_once(withdraws(person), acts[other]) == []
    assert not is_lit(story)
    assert first_broken_link() is None


def test_two_who_withdraw_at_once_each_have_their_case(committed: None) -> None:
    story = lit_story(people=2)
    assert at_once(*[withdraws(person) for person in story.participations.all()]) == []
    assert not is_lit(story)
    assert WithdrawalCase.objects.filter(story_number=story.pk).count() == 2
    assert ConsentEvent.objects.filter(story_id=story.pk, kind="withdrawn", consent_id__isnull=False).count() == 2


def test_an_answer_sent_from_two_tabs_at_once_is_recorded_once(committed: None) -> None:
    tree = a_tree()
    story = make_story(tree)
    provision()
    author = in_group("Clued Up: authors")
    issued = asking.ask(story.participations.get(), uses=[Use.WEBSITE], by=author)
    for name, answer in (("name", "none"), ("website", "yes"), ("change", "no")):
        Client().post(f"/yours/{issued.address}/question/{name}/", {"answer": answer})
    answers: list[int] = []
    sends = lambda: answers.append(Client().post(f"/yours/{issued.address}/check/").status_code)  # noqa: E731
    assert at_once(sends, sends, sends) == []
    assert answers == [302, 302, 302]
    assert Consent.objects.filter(participation__story=story, decision="given").count() == 1
    assert ConsentEvent.objects.filter(story_id=story.pk, kind="given").count() == 1


@pytest.mark.parametrize("other", ["publish", "a yes", "erase too", "withdraw", "draft"])
def test_erasing_while_somebody_acts_leaves_nothing(committed: None, other: str) -> None:
    story = lit_story()
    person = story.participations.get()
    stale = again(story)
    acts: dict[str, Callable[[], object]] = {
        "publish": lambda: publish_story(stale),
        "a yes": lambda: yes(StoryParticipant.objects.get(pk=person.pk)),
        "erase too": lambda: erase(story.pk),
        "withdraw": withdraws(person),
        "draft": stale.save_revision,
    }
    at_once(lambda: erase(story.pk), acts[other])  # whoever comes too late is told that it is gone
    erase(story.pk)
    assert not StoryPage.objects.filter(pk=story.pk).exists()
    assert verify([CANARY, story.slug]) == []
    assert Proof.objects.filter(story_number=story.pk).count() <= 2
    assert first_broken_link() is None


def test_a_correction_carried_over_while_somebody_withdraws_is_not_shown(committed: None) -> None:
    story = factories.lit_story(a_tree(), people=2, text="Zaunkoenig  teh")
    draft = story.get_latest_revision_as_object()
    draft.body = words("I stood at the Zaunkoenig  the.")
    draft.save_revision()
    moderator = a_moderator()
    approve_story(again(story).get_latest_revision_as_object(), moderator=moderator)
    proposal = carrying_over.propose(again(story), by=a_worker(), why="")
    accepts = partial(carrying_over.accept, proposal, moderator=moderator)
    raised = at_once(accepts, withdraws(story.participations.first()))
    assert all(isinstance(error, carrying_over.CannotCarryOver) for error in raised)
    assert not is_lit(story)
    assert first_broken_link() is None


def test_two_ticks_at_once_do_everything_once(committed: None) -> None:
    story = lit_story()
    provision()
    lead = in_group("Clued Up: leads")
    lead.email = "lead@example.org"
    lead.save()
    ends = timezone.now() + timedelta(days=20)
    Consent.objects.filter(participation__story=story).update(expires_at=ends)
    draft = again(story)
    draft.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    mail.outbox = []
    said: list[str] = []
    runs = lambda: said.extend(tick(now=timezone.now()))  # noqa: E731
    assert at_once(runs, runs) == []
    assert not [line for line in said if "FAILED" in line]
    assert len(mail.outbox) == 1
    assert is_lit(story)
    assert HubPage.objects.get(pk=story.pk).expired is False
    assert Partner.objects.count() == 1
