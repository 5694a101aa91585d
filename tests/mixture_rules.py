"""What staff, families and time may do besides answering: half the steps of tests/stories/test_every_mixture.py.

A base class only for its steps. Whatever an operation refuses is refused in its own way; nothing here asserts.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from hub.law import AgeBand
from hub.pages.models import HubPage
from hub.partners.models import Partner
from hub.stories.choices import EventKind, LegalReason, Method, Use
from hub.stories.consent.answers import GivenAnswer, record_consent
from hub.stories.consent.growing_up import note_age
from hub.stories.consent.order_of_answers import CannotRecord
from hub.stories.erasure.steps import CannotErase, erase
from hub.stories.family.asking import ask
from hub.stories.family.links import issue
from hub.stories.family.may_be_asked import CannotAsk
from hub.stories.light.lighting import partner_reopened
from hub.stories.models import (
    Consent,
    ConsentWording,
    Participant,
    PrivateLink,
    StoryPage,
    StoryParticipant,
    WordingRetirement,
)
from hub.stories.review import carrying_over
from hub.stories.review.flags import raise_legal_flag
from hub.stories.review.holding import end_hold, hold_story
from hub.stories.review.who_may_approve import MayNotApprove, WordsChanged
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import looking_after
from hub.stories.withdrawal.stopping import revoke
from hub.stories.withdrawal.use_register import MayNotBeUsed, record_use
from tests.factories import Tree, a_moderator, a_worker, make_story, wording, yes
from tests.past import moved_by_hand, written_long_ago

PEOPLE = st.integers(0, 3)
LATER = timedelta(days=400)


class WhatElseHappens(RuleBasedStateMachine):
    tree: Tree
    story_id: int

    @property
    def story(self) -> StoryPage:
        return StoryPage.objects.get(pk=self.story_id)

    def person(self, number: int) -> StoryParticipant | None:
        people = list(self.story.participations.order_by("pk"))
        return people[number % len(people)] if people else None

    def says(self, person: StoryParticipant, **how: Any) -> None:
        """An answer, where one can be written in."""
        with suppress(CannotRecord):
            yes(person, **how)

    @rule(ends=st.booleans())
    def a_moderator_holds_the_story_or_ends_it(self, ends: bool) -> None:
        with suppress(ValueError, MayNotApprove):
            if ends:
                end_hold(self.story, moderator=a_moderator())
            else:
                hold_story(self.story, moderator=a_moderator(), comment="Wait")

    @rule(text=st.sampled_from(["One", "One,", "Two"]), accepted=st.booleans())
    def a_correction_is_proposed_and_decided(self, text: str, accepted: bool) -> None:
        draft = self.story.get_latest_revision_as_object()
        draft.names_note = text
        draft.save_revision()
        with suppress(carrying_over.CannotCarryOver, MayNotApprove, WordsChanged):
            proposal = carrying_over.propose(self.story, by=a_worker(), why="")
            if accepted:
                carrying_over.accept(proposal, moderator=a_moderator())
            else:
                carrying_over.decline(proposal, moderator=a_moderator(), comment="Ask")

    @rule(number=PEOPLE, band=st.sampled_from([AgeBand.ADULT, AgeBand.AGE_12_15, AgeBand.UNDER_12]))
    def an_age_is_noted(self, number: int, band: AgeBand) -> None:
        grown = band == AgeBand.ADULT
        if person := self.person(number):
            note_age(person.participant, age_band=band, reask_at=None if grown else timezone.now() + LATER)

    @rule(number=PEOPLE)
    def a_guardian_says_yes(self, number: int) -> None:
        if person := self.person(number):
            self.says(person, given_by=GivenBy.GUARDIAN)

    @rule(number=PEOPLE, act=st.sampled_from(["pause", "go_on", "stop"]), given_by=st.sampled_from(GivenBy))
    def somebody_comes_by_their_link(self, number: int, act: str, given_by: GivenBy) -> None:
        if person := self.person(number):
            link = issue(person, PrivateLink.Purpose.KEEP, given_by=given_by).link
            with suppress(looking_after.TheirOwnDecision):
                getattr(looking_after, act)(link)

    @rule(number=PEOPLE)
    def we_find_an_answer_not_valid(self, number: int) -> None:
        if person := self.person(number):
            revoke(person, EventKind.INVALIDATED, by=None)

    @rule()
    def somebody_tells_of_harm(self) -> None:
        raise_legal_flag(self.story, LegalReason.SAFEGUARDING, by=None, hides=True)

    @rule(is_open=st.booleans())
    def a_partner_closes_or_opens(self, is_open: bool) -> None:
        Partner.objects.filter(pk=self.tree.section.organisation.pk).update(is_open=is_open)
        if is_open:
            partner_reopened(Partner, Partner.objects.get(pk=self.tree.section.organisation.pk))

    @rule()
    def a_wording_is_retired_and_a_new_version_made(self) -> None:
        for version in ConsentWording.objects.filter(retirement__isnull=True):
            WordingRetirement.objects.create(wording=version, retired_at=timezone.now())

    @rule(days=st.sampled_from([-1, 400]))
    def raw_expiry(self, days: int) -> None:
        HubPage.objects.filter(pk=self.story_id).update(expire_at=timezone.now() + timedelta(days=days))

    @rule(number=PEOPLE)
    def raw_reask(self, number: int) -> None:
        if person := self.person(number):
            Participant.objects.filter(pk=person.participant_id).update(reask_at=timezone.now() - timedelta(days=1))

    @rule()
    def raw_tree(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pages_hubpage SET url_path = url_path || 'x/' WHERE id = %s", [self.story_id])

    @rule(number=PEOPLE, minutes=st.integers(0, 9), said=st.sampled_from([Decision.GIVEN, Decision.REFUSED]))
    def an_older_answer_is_written_in(self, number: int, minutes: int, said: Decision) -> None:
        """From paper, with a date of some minutes ago: before or after whatever else was said."""
        if person := self.person(number):
            written_long_ago(self.story, days=1)
            answer = GivenAnswer(
                decision=said,
                wording=wording(AgeBand(person.participant.age_band)),
                method=Method.PAPER,
                given_at=timezone.now() - timedelta(minutes=minutes),
            )
            with suppress(CannotRecord):
                record_consent(person, Use.WEBSITE, answer)

    @rule(number=PEOPLE)
    def somebody_is_asked_again(self, number: int) -> None:
        if person := self.person(number):
            with suppress(CannotAsk):
                ask(person, uses=[Use.WEBSITE], by=User.objects.get_or_create(username="a-worker")[0])

    @rule(back=st.booleans())
    def it_is_moved(self, back: bool) -> None:
        parent = HubPage.objects.get(pk=self.tree.section.pk if back else self.tree.module.pk)
        here = HubPage.objects.get(pk=self.story_id)
        if here.get_parent().pk != parent.pk:
            moved_by_hand(here.pk, parent)

    @rule()
    def rows_of_an_older_day_are_loaded(self) -> None:
        """The answers as they were when each was a yes, past every operation."""
        rows = list(
            Consent.objects.filter(participation__story_id=self.story_id).exclude(decision="superseded").values()
        )
        with suppress(DatabaseError), transaction.atomic():
            for row in rows:
                Consent.objects.filter(pk=row["id"]).delete()
                Consent.objects.create(**{**row, "decision": "given", "held_at": None})

    @rule(use=st.sampled_from([Use.TRAINING, Use.SOCIAL]))
    def it_is_used_elsewhere(self, use: Use) -> None:
        with suppress(MayNotBeUsed):
            by = User.objects.get_or_create(username="a-worker")[0]
            record_use(self.story, use, where="A room", used_on=date(2026, 1, 1), by=by)

    @rule()
    def it_is_erased_and_another_is_written(self) -> None:
        gone: Any = self.story_id
        with suppress(CannotErase):
            erase(gone)
            assert not HubPage.objects.filter(pk=gone).exists()
            self.story_id = make_story(self.tree, people=1).pk
