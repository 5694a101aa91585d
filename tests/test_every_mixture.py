"""Every operation, raw writes included, in any order: after each step nothing is public that was not agreed to.

The oracle below reads the records by itself and does not ask the rule, so that a slip in the rule is seen too.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub.pages.models import HubPage, Visibility
from hub.stories.choices import LegalReason, Use
from hub.stories.ledger import first_broken_link
from hub.stories.lighting import relight
from hub.stories.models import Consent, LegalFlag, StoryPage, StoryParticipant
from hub.stories.operations import (
    GivenAnswer,
    approve_story,
    hold,
    publish_story,
    raise_legal_flag,
    record_consent,
    release,
    return_story,
    withdraw,
)
from hub.stories.publishing import publish_when_agreed
from hub.stories.rule import Decision, GivenBy
from hub.stories.standing import has_yes
from hub.stories.tick import tick
from tests.factories import Tree, a_moderator, add_person, make_story, wording, words, yes

TEXTS = st.sampled_from(["One", "Two", "Three"])


class AnyMixture(RuleBasedStateMachine):
    tree: Tree
    times_shown = 0

    @initialize(people=st.integers(0, 2))
    def a_story(self, people: int) -> None:
        self.story_id = make_story(self.tree, people=people).pk

    @property
    def story(self) -> StoryPage:
        return StoryPage.objects.get(pk=self.story_id)

    def person(self, number: int) -> StoryParticipant | None:
        people = list(self.story.participations.order_by("pk"))
        return people[number % len(people)] if people else None

    def consents(self) -> Any:
        return Consent.objects.filter(participation__story_id=self.story_id)

    @rule()
    def everyone_says_yes_and_it_is_approved(self) -> None:
        for person in self.story.participations.all():
            yes(person)
        approve_story(self.story, moderator=a_moderator())

    @rule(number=st.integers(0, 3), decision=st.sampled_from([Decision.GIVEN, Decision.REFUSED, Decision.DEFERRED]))
    def somebody_answers(self, number: int, decision: Decision) -> None:
        if person := self.person(number):
            yes(person, decision=decision)

    @rule(
        number=st.integers(0, 3),
        decision=st.sampled_from([Decision.REQUESTED, Decision.GIVEN, Decision.REFUSED, Decision.DEFERRED]),
    )
    def somebody_answers_about_the_draft(self, number: int, decision: Decision) -> None:
        draft = self.story.get_latest_revision_as_object()
        about, person = draft.content_hash(), self.person(number)
        if person and not (decision == Decision.REQUESTED and has_yes(person, Use.WEBSITE, GivenBy.SELF, about=about)):
            answer = GivenAnswer(decision=decision, wording=wording())
            record_consent(person, Use.WEBSITE, answer, content_hash=about, revision_id=draft.latest_revision_id)

    @rule()
    def a_moderator_approves_the_draft(self) -> None:
        approve_story(self.story.get_latest_revision_as_object(), moderator=a_moderator())

    @rule(number=st.integers(0, 3))
    def somebody_withdraws(self, number: int) -> None:
        if person := self.person(number):
            withdraw(person)

    @rule(number=st.integers(0, 3), pause=st.booleans())
    def somebody_pauses_or_goes_on(self, number: int, pause: bool) -> None:
        person = self.person(number)
        for consent in person.consents.filter(decision=Decision.GIVEN) if person else ():
            (hold if pause else release)(consent)

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
        self.consents().exclude(decision="superseded").update(**change)

    @rule()
    def raw_consents_run_out(self) -> None:
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
        needed = story.participations.filter(consent_needed=True)
        latest = story.decisions.filter(content_hash=shown).order_by("-decided_at", "-pk").first()
        return (
            needed.exists()
            and latest is not None
            and latest.outcome == "approved"
            and not story.legal_flags.filter(cleared_at__isnull=True).exists()
            and all(self.says_yes(person, shown, now) for person in needed)
        )

    def says_yes(self, person: StoryParticipant, shown: str, now: Any) -> bool:
        """A question or a yes about other words says nothing about these; whatever else stands is a yes in force."""
        standing = [c for c in person.consents.filter(use="website") if c.decision != "superseded"]
        elsewhere = [c for c in standing if c.decision in {"given", "requested"} and c.content_hash != shown]
        these = [c for c in standing if c not in elsewhere]
        return bool(these) and all(
            c.decision == "given" and c.held_at is None and c.expires_at > now and c.content_hash == shown
            for c in these
        )


@pytest.mark.django_db
def test_no_mixture_of_steps_shows_what_was_not_agreed_to(tree: Tree) -> None:
    AnyMixture.tree = tree
    run_state_machine_as_test(
        AnyMixture,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert first_broken_link() is None
    assert AnyMixture.times_shown > 20, "the mixtures hardly ever show the story, so they prove little"
