"""Every operation, raw writes included, in any order: after each step nothing is public that was not agreed to.

The oracle below reads the records by itself and does not ask the rule, so that a slip in the rule is seen too.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from hub.law import AgeBand
from hub.pages.models import HubPage, Visibility
from hub.partners.models import Partner
from hub.stories.choices import LegalReason, Use
from hub.stories.consent.answers import GivenAnswer, end_pause, pause, record_consent
from hub.stories.consent.growing_up import note_age
from hub.stories.last_line import STOPS
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.lighting import relight
from hub.stories.light.publishing import publish_story, publish_when_agreed
from hub.stories.light.standing import has_yes
from hub.stories.models import (
    Consent,
    ConsentEvent,
    LegalFlag,
    StoryPage,
    StoryParticipant,
    TakenBack,
    WordingRetirement,
)
from hub.stories.review.decisions import approve_story, return_story
from hub.stories.review.flags import raise_legal_flag
from hub.stories.review.taking_back import show_again
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, add_person, make_story, wording, words
from tests.mixture_rules import WhatElseHappens
from tests.owner import as_owner

TEXTS = st.sampled_from(["One", "Two", "Three"])


class AnyMixture(WhatElseHappens):
    times_shown = 0

    @initialize(people=st.integers(0, 2))
    def a_story(self, people: int) -> None:
        self.story_id = make_story(self.tree, people=people).pk
        self.whatever_stood_in_the_way_is_put_right_and_everyone_says_yes()

    def consents(self) -> Any:
        return Consent.objects.filter(participation__story_id=self.story_id)

    @rule(guardians=st.booleans())
    def everyone_says_yes_and_it_is_approved(self, guardians: bool) -> None:
        self.say_yes(guardians=guardians)

    @rule()
    def whatever_stood_in_the_way_is_put_right_and_everyone_says_yes(self) -> None:
        HubPage.objects.filter(pk=self.story_id).update(expire_at=None)
        self.it_is_moved(back=True)
        show_again(self.story, by=a_moderator())
        Partner.objects.update(is_open=True)
        as_owner("DELETE FROM stories_wordingretirement")
        LegalFlag.objects.filter(story_id=self.story_id).update(cleared_at=timezone.now(), note="Over")
        for person in self.story.participations.all():
            note_age(person.participant, age_band=AgeBand.ADULT, reask_at=None)
        publish_story(self.story.get_latest_revision_as_object())
        self.say_yes(guardians=False)

    def say_yes(self, *, guardians: bool) -> None:
        for person in self.story.participations.select_related("participant"):
            self.says(person)
            if guardians:
                self.says(person, given_by=GivenBy.GUARDIAN)
        approve_story(self.story, moderator=a_moderator())

    @rule(number=st.integers(0, 3), decision=st.sampled_from([Decision.GIVEN, Decision.REFUSED, Decision.DEFERRED]))
    def somebody_answers(self, number: int, decision: Decision) -> None:
        if person := self.person(number):
            self.says(person, decision=decision)

    @rule(
        number=st.integers(0, 3),
        decision=st.sampled_from([Decision.REQUESTED, Decision.GIVEN, Decision.REFUSED, Decision.DEFERRED]),
    )
    def somebody_answers_about_the_draft(self, number: int, decision: Decision) -> None:
        draft = self.story.get_latest_revision_as_object()
        about, person = draft.content_hash(), self.person(number)
        if person and not (decision == Decision.REQUESTED and has_yes(person, Use.WEBSITE, GivenBy.SELF, about=about)):
            answer = GivenAnswer(decision=decision, wording=wording(AgeBand(person.participant.age_band)))
            record_consent(person, Use.WEBSITE, answer, content_hash=about, revision_id=draft.latest_revision_id)

    @rule()
    def a_moderator_approves_the_draft(self) -> None:
        approve_story(self.story.get_latest_revision_as_object(), moderator=a_moderator())

    @rule(number=st.integers(0, 3))
    def somebody_withdraws(self, number: int) -> None:
        if person := self.person(number):
            withdraw(person)

    @rule(number=st.integers(0, 3), pauses=st.booleans())
    def somebody_pauses_or_goes_on(self, number: int, pauses: bool) -> None:
        person = self.person(number)
        for consent in person.consents.filter(decision=Decision.GIVEN) if person else ():
            (pause if pauses else end_pause)(consent)

    @rule()
    def somebody_is_added(self) -> None:
        if self.story.participations.count() < 3:
            add_person(self.story)

    @rule(approved=st.booleans())
    def a_moderator_decides(self, approved: bool) -> None:
        if approved:
            approve_story(self.story, moderator=a_moderator())
        else:
            return_story(self.story, moderator=a_moderator(), comment="Again")

    @rule(text=TEXTS, publish=st.booleans())
    def a_worker_edits(self, text: str, publish: bool) -> None:
        draft = self.story.get_latest_revision_as_object()
        draft.body = words(text)
        if publish:
            publish_story(draft)
        else:
            draft.save_revision()

    @rule()
    def an_old_revision_is_published(self) -> None:
        self.story.revisions.order_by("pk").first().publish()

    @rule()
    def it_is_unpublished(self) -> None:
        self.story.unpublish()

    @rule()
    def what_is_agreed_is_published(self) -> None:
        publish_when_agreed(self.story_id)

    @rule()
    def time_ticks(self) -> None:
        tick(now=timezone.now())

    @rule()
    def a_flag_is_raised(self) -> None:
        raise_legal_flag(self.story, LegalReason.COURT_CASE, by=None)

    @rule()
    def flags_are_cleared_by_hand(self) -> None:
        LegalFlag.objects.filter(story_id=self.story_id).update(cleared_at=timezone.now(), note="Over")

    @rule(text=TEXTS)
    def raw_words(self, text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE stories_storypage SET told_by = %s WHERE hubpage_ptr_id = %s", [text, self.story_id])

    @rule(live=st.booleans())
    def raw_live(self, live: bool) -> None:
        HubPage.objects.filter(pk=self.story_id).update(live=live)

    @rule(
        change=st.sampled_from([{"decision": "refused"}, {"content_hash": "0" * 64}, {"special_categories": ["crime"]}])
    )
    def raw_consents(self, change: dict[str, Any]) -> None:
        with suppress(DatabaseError), transaction.atomic():
            self.consents().exclude(decision="superseded").update(**change)

    @rule()
    def raw_consents_run_out(self) -> None:
        with suppress(DatabaseError), transaction.atomic():  # an end before the beginning is refused
            self.consents().filter(decision="given").update(expires_at=timezone.now() - timedelta(minutes=1))

    @rule()
    def a_light_is_forged(self) -> None:
        story = self.story
        try:
            with transaction.atomic():
                Visibility.objects.create(
                    page=story,
                    revision_id=story.live_revision_id,
                    content_hash=story.content_hash(),
                    public_until=timezone.now() + timedelta(days=1),
                )
        except DatabaseError:
            pass

    @rule()
    def somebody_relights(self) -> None:
        relight(self.story_id)

    @invariant()
    def nothing_is_public_that_was_not_agreed_to(self) -> None:
        public = HubPage.objects.filter(pk=self.story_id).live().exists()
        story = self.story
        served = Client().get(story.url).status_code == 200
        if served:
            assert public
            assert self.agreed(story)
            AnyMixture.times_shown += 1

    def agreed(self, story: StoryPage) -> bool:
        """The records, read plainly."""
        now, shown = timezone.now(), story.content_hash()
        needed = story.participations.filter(consent_needed=True).select_related("participant")
        latest = story.decisions.filter(content_hash=shown).order_by("-decided_at", "-pk").first()
        return (
            needed.exists()
            and latest is not None
            and latest.outcome == "approved"
            and not story.legal_flags.filter(cleared_at__isnull=True).exists()
            and (story.expire_at is None or story.expire_at > now)
            and Partner.objects.get(pk=story.partner_id).is_open
            and not TakenBack.objects.filter(story_id=story.pk, ended_at__isnull=True).exists()
            and story.get_parent().pk == self.tree.section.pk
            and all(self.says_yes(person, shown, now) for person in needed)
        )

    def says_yes(self, person: StoryParticipant, shown: str, now: Any) -> bool:
        """Everybody whose voice counts at this age says yes, and nobody has grown past an age that counts."""
        who = person.participant
        of_age = who.age_band == AgeBand.ADULT and (who.reask_at is None or who.reask_at > now)
        voices = [False, True] if who.age_band == AgeBand.UNDER_12 else [False]
        young = who.age_band not in {AgeBand.ADULT, AgeBand.UNKNOWN} and who.reask_at is not None and who.reask_at > now
        return (of_age or young) and all(self.voice_says_yes(person, by_guardian, shown, now) for by_guardian in voices)

    def voice_says_yes(self, person: StoryParticipant, by_guardian: bool, shown: str, now: Any) -> bool:
        """A question or a yes about other words says nothing about these; whatever else stands is a yes in force."""
        said = [c for c in person.consents.filter(use="website") if (c.given_by == "guardian") == by_guardian]
        standing = [c for c in said if c.decision != "superseded"]
        elsewhere = [c for c in standing if c.decision in {"given", "requested"} and not covers(c, shown)]
        these = [c for c in standing if c not in elsewhere]
        lines = ConsentEvent.objects.filter(
            story_id=person.story_id, participant_code=person.participant.code, use="website", kind__in=STOPS
        )
        noes = [line.said_at or line.at for line in lines if (line.given_by == "guardian") == by_guardian]
        if any(c.given_at and said_at >= c.given_at for c in these for said_at in noes):
            return False
        return bool(these) and all(
            c.decision == "given" and c.held_at is None and c.expires_at > now and covers(c, shown) and counts(c, now)
            for c in these
        )


def covers(consent: Consent, shown: str) -> bool:
    """Whether it is about the words shown, or a moderator carried it over to them."""
    carried = consent.carry_overs.filter(from_hash=consent.content_hash, to_hash=shown)
    return consent.content_hash == shown or carried.exists()


def counts(consent: Consent, now: Any) -> bool:
    """Whether the wording it was given under still counts."""
    return not WordingRetirement.objects.filter(wording=consent.wording_id, retired_at__lte=now).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [10, pytest.param(200, marks=pytest.mark.thorough)])
def test_no_mixture_of_steps_shows_what_was_not_agreed_to(tree: Tree, examples: int) -> None:
    AnyMixture.tree, AnyMixture.times_shown = tree, 0
    run_state_machine_as_test(
        AnyMixture,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert first_broken_link() is None
    assert AnyMixture.times_shown > examples // 2, "the mixtures hardly ever show the story, so they prove little"
