"""The rule in Python and the rule in SQL on the same random facts: neither says yes where the other says no."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hub.database_clock import database_now
from hub.law import LAWS, AgeBand, Law, with_guardian
from hub.pages.models import HubPage, Visibility
from hub.partners.models import LawChosen
from hub.stories.choices import EventKind, LegalReason, Use
from hub.stories.last_line import NO, STOPS
from hub.stories.ledger.lines import hash_of
from hub.stories.light.lighting import answers_for
from hub.stories.models import (
    CarryOver,
    Consent,
    ConsentEvent,
    LegalFlag,
    ModerationDecision,
    NotBefore,
    Participant,
    Stop,
    StoryPage,
    StoryParticipant,
    TakenBack,
    WordingRetirement,
)
from hub.stories.models.light import LIGHT_ONLY_WITH_PROOF
from hub.stories.reasons import Reason
from hub.stories.rule import Decision, GivenBy
from tests.factories import Tree, a_moderator, add_person, lit_story, make_story, wording, yes

DAY = timedelta(days=1)
SEEDS = {code: range(160 if code == "scotland" else 30) for code in LAWS}


class RandomFacts:
    """Puts random rows into the tables, most of them in order, so that half of the stories may be shown."""

    def __init__(self, story: StoryPage, seed: int, law: Law = LAWS["scotland"]) -> None:
        self.story, self.seed, self.random, self.law = story, seed, Random(seed), law
        self.now, self.uses = timezone.now(), [Use.WEBSITE]

    def seldom(self) -> bool:
        return self.random.random() < 0.035

    def moment(self, first: int, last: int) -> datetime:
        return self.now + self.random.randint(first, last) * DAY - timedelta(hours=1)

    def write(self) -> None:
        if self.seed % 8 == 5:  # a translation: everybody is asked about that, too
            self.uses.append(Use.TRANSLATION)
            self.story.told_in = "pl"
            StoryPage.objects.filter(pk=self.story.pk).update(told_in="pl")
        for _ in range(self.random.choice([1, 1, 1, 2])):
            self.person()
        if not self.seldom():
            self.decision("approved")
        if self.seldom():
            self.decision(self.random.choice(["returned", "held"]))
        if self.seldom():
            cleared = {"cleared_at": self.now, "note": "Over"} if self.random.random() < 0.5 else {}
            LegalFlag.objects.create(story=self.story, reason=LegalReason.ADOPTION, **cleared)
        if self.seldom():
            TakenBack.objects.create(
                story_id=self.story.pk, why="unpublished", ended_at=self.now if self.random.random() < 0.5 else None
            )

    def decision(self, outcome: str) -> None:
        ModerationDecision.objects.create(
            story=self.story, content_hash=self.story.content_hash(), outcome=outcome, moderator=a_moderator()
        )

    def person(self) -> None:
        pick = self.random.choice
        young = [age.band for age in self.law.ages if age.band.ends_at]
        strange = [AgeBand.UNKNOWN, *(band for band in AgeBand if self.law.age(band) is None)]
        band = pick([AgeBand.ADULT] * 3 + young + [pick(strange)])
        person = add_person(self.story, consent_needed=self.random.random() < 0.9, why_not_needed="In passing")
        reask = None if band == AgeBand.ADULT and not self.seldom() else self.moment(-3 if self.seldom() else 300, 400)
        Participant.objects.filter(pk=person.participant_id).update(
            age_band=band, reask_at=None if self.seldom() else reask, may_be_answered_by_attorney=pick([True, False])
        )
        givers = [GivenBy.SELF, GivenBy.GUARDIAN] if with_guardian(band) else [GivenBy.SELF]
        if band == AgeBand.ADULT and pick([True, False, False]):
            givers = [GivenBy.ATTORNEY]
        if self.seldom():
            givers = [pick(list(GivenBy))]
        for giver in givers:
            for use in self.uses:
                self.before(person, giver, use)
                self.answer(person, giver, use)
        for giver in [GivenBy.SELF, GivenBy.GUARDIAN] if self.seldom() else []:
            for day in (self.moment(-3, 3), pick([None, self.moment(-3, 3)])):
                NotBefore.objects.create(
                    story_number=self.story.pk,
                    participant_code=person.participant.code,
                    given_by=giver,
                    starts_at=day,
                )
        if self.seldom():
            Stop.objects.create(participation=person, kind="withdrawn", uses=[self.random.choice(self.uses)])

    def before(self, person: StoryParticipant, giver: GivenBy, use: Use) -> None:
        """A no, and now and then a question after it."""
        if self.random.random() < 0.25:
            self.line(self.random.choice(sorted(STOPS)), person, use, giver, self.moment(-60, -40))
            if self.random.random() < 0.6:
                self.line("requested", person, use, giver, self.moment(-39, -20))

    def answer(self, person: StoryParticipant, giver: GivenBy, use: Use) -> None:
        pick, said_at = self.random.choice, self.moment(-800, -300) if self.seldom() else self.moment(-20, -1)
        decision = pick(list(Decision)) if self.seldom() else Decision.GIVEN
        about = "0" * 64 if self.seldom() else self.story.content_hash()
        consent = Consent.objects.create(
            participation=person,
            use=Use.SOCIAL if self.seldom() else use,
            decision=decision,
            content_hash=about,
            keyed_hash="a" * 64,
            wording=wording(AgeBand.ADULT),
            given_by=giver,
            method=pick(["online", "online", "paper"]),
            special_categories=[] if self.seldom() else ["health", "crime"],
            given_at=said_at,
            words_saved_at=None if self.seldom() else said_at + (DAY if self.seldom() else -DAY),
            not_before=self.moment(-3, 3) if self.seldom() else None,
            expires_at=self.now + timedelta(minutes=5) if self.seldom() else self.moment(20, 300),
            held_at=self.now if self.seldom() else None,
        )
        if not self.seldom():
            words = "b" * 64 if self.seldom() else consent.keyed_hash
            self.line("given", person, consent, giver, said_at, keyed_hash=words)
        if self.random.random() < 0.2:
            self.line(pick(EventKind.values), person, consent, giver, said_at + pick([-1, 0, 0, 1]) * DAY)
        if self.random.random() < 0.1:
            self.line(pick(sorted(STOPS)), person, use, giver, said_at + pick([-1, 0, 1]) * DAY)
        if self.random.random() < 0.3:
            self.line("confirmed", person, consent, giver, said_at)
        if about != self.story.content_hash() and pick([True, False]):
            start = about if pick([True, False]) else "1" * 64
            CarryOver.objects.create(
                consent=consent, from_hash=start, to_hash=self.story.content_hash(), moderator=a_moderator()
            )

    def line(
        self,
        kind: str,
        person: StoryParticipant,
        about: Consent | Use,
        giver: GivenBy,
        said_at: datetime,
        keyed_hash: str = "a" * 64,
    ) -> None:
        consent, use = (about, about.use) if isinstance(about, Consent) else (None, about)
        last = ConsentEvent.objects.order_by("-sequence").first()
        event = ConsentEvent(
            sequence=(last.sequence if last else 0) + 1,
            kind=kind,
            story_id=person.story_id,
            participant_code=person.participant.code,
            use=use,
            consent_id=consent.pk if consent else None,
            keyed_hash=keyed_hash,
            given_by=giver,
            method=consent.method if consent else "",
            at=self.now,
            said_at=said_at,
            previous_hash=last.hash if last else "0" * 64,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)


def the_database_lights(story: StoryPage, until: datetime, **claimed: Any) -> bool:
    try:
        with transaction.atomic():
            Visibility.objects.filter(page=story).delete()
            Visibility.objects.create(
                page=story,
                revision_id=story.live_revision_id,
                content_hash=story.content_hash(),
                public_until=until,
                **claimed,
            )
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_both_rules_say_the_same_of_random_facts(tree: Tree, law: Law) -> None:
    bare = make_story(tree, people=0, special_categories=["health"])
    LawChosen.objects.create(place=law.code)
    seeds = SEEDS[law.code]
    lit = translations = 0
    for seed in seeds:
        with transaction.atomic():
            RandomFacts(StoryPage.objects.get(pk=bare.pk), seed, law).write()
            if seed % 9 == 0:
                WordingRetirement.objects.create(wording=wording(AgeBand.ADULT), retired_at=timezone.now() - DAY)
            story = StoryPage.objects.get(pk=bare.pk)
            answer = answers_for(story, content_hash=story.content_hash(), now=database_now())[Use.WEBSITE]
            python = bool(answer.allowed)
            sql = the_database_lights(story, answer.until or timezone.now() + timedelta(minutes=1))
            assert sql == python, f"seed {seed}: {answer}"
            lit += sql
            translations += sql and story.is_translation
            if answer.until:
                later = answer.until + timedelta(seconds=1)
                assert not the_database_lights(story, later), f"seed {seed}: the database would show it for longer"
            transaction.set_rollback(True)
    assert len(seeds) // 5 < lit < len(seeds) * 3 // 4, "random facts that are nearly always the same prove little"
    assert translations or len(seeds) < 100


@pytest.mark.django_db
def test_a_law_that_nobody_has_a_profile_of_is_dark_for_both(tree: Tree) -> None:
    story = lit_story(tree)
    LawChosen.objects.create(place="atlantis")
    assert not Visibility.objects.exists(), "another law darkens by itself"
    answer = answers_for(story, content_hash=story.content_hash(), now=database_now())[Use.WEBSITE]
    assert Reason.LAW_UNKNOWN in [gap.reason for gap in answer.gaps]
    assert not the_database_lights(story, timezone.now() + DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("use", [Use.BE_FOUND, Use.AI, Use.TRAINING])
def test_the_light_names_no_use_that_the_database_cannot_prove(tree: Tree, use: Use) -> None:
    story = lit_story(tree, people=2)
    one, other = story.participations.order_by("pk")
    claimed = {"uses": {use.value: (timezone.now() + DAY).isoformat()}}
    yes(one, use)
    assert not the_database_lights(story, timezone.now() + DAY, **claimed), "one of two is not everyone"
    yes(other, use)
    until = Visibility.objects.get(page=story).uses[use.value]
    assert the_database_lights(story, timezone.now() + DAY, **claimed)
    longer = {"uses": {use.value: (datetime.fromisoformat(until) + DAY).isoformat()}}
    assert not the_database_lights(story, timezone.now() + DAY, **longer)


@pytest.mark.django_db
def test_a_story_outside_its_section_is_dark_for_both(tree: Tree) -> None:
    story = make_story(tree)
    elsewhere = HubPage.objects.get(pk=tree.toolkit.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_hubpage SET path = %s WHERE id = %s", [elsewhere.path + "9999", story.pk])
    story = StoryPage.objects.get(pk=story.pk)
    gaps: Any = answers_for(story, content_hash=story.content_hash(), now=database_now())[Use.WEBSITE].gaps
    assert "elsewhere" in [gap.reason for gap in gaps]
    assert not the_database_lights(story, timezone.now() + DAY)


def test_what_is_a_no_is_written_the_same_in_both() -> None:
    for kinds in (NO, STOPS):
        for kind in kinds:
            assert f"'{kind}'" in LIGHT_ONLY_WITH_PROOF
