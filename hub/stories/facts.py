"""Rows into facts: everything the rule needs to know about a story and one use, in three queries. Decides nothing."""

from collections import defaultdict
from typing import Any

from hub.stories.choices import Use
from hub.stories.models import Consent, StoryPage, StoryParticipant
from hub.stories.models.moderation import ModerationDecision
from hub.stories.rule import (
    AgeBand,
    ConsentFacts,
    Decision,
    GivenBy,
    PersonFacts,
    StoryFacts,
)


def story_facts(story: StoryPage, *, content_hash: str) -> dict[Use, StoryFacts]:
    """What is known about each use of `story`, for the content with this hash."""
    participations = list(
        StoryParticipant.objects.filter(story_id=story.pk).select_related("participant").order_by("pk")
    )
    consents = _consents_by_use(story)
    approved = _approved(story)
    flags = story.legal_flags.filter(cleared_at__isnull=True).count()
    return {
        use: StoryFacts(
            content_hash=content_hash,
            special_categories=frozenset(story.special_categories),
            approved_hashes=approved,
            open_legal_flags=flags,
            people=tuple(person_facts(p, tuple(consents[use, p.pk])) for p in participations),
        )
        for use in Use
    }


def _approved(story: StoryPage) -> frozenset[str]:
    """Hashes whose latest decision is approval: a later return takes an approval back."""
    decisions = story.decisions.order_by("decided_at", "pk").values_list("content_hash", "outcome")
    latest = dict(decisions)
    return frozenset(h for h, outcome in latest.items() if outcome == ModerationDecision.Outcome.APPROVED)


def _consents_by_use(story: StoryPage) -> defaultdict[tuple[Use, int], list[ConsentFacts]]:
    found: defaultdict[tuple[Use, int], list[ConsentFacts]] = defaultdict(list)
    rows = (
        Consent.objects.filter(participation__story_id=story.pk)
        .exclude(decision=Decision.SUPERSEDED)
        .select_related("wording__retirement")
        .prefetch_related("carry_overs")
        .order_by("pk")
    )
    for row in rows:
        found[Use(row.use), row.participation_id].append(consent_facts(row))
    return found


def consent_facts(row: Consent) -> ConsentFacts:
    """One answer. Asks nothing more of the database if wording, retirement and carry-overs were fetched with it."""
    retirement: Any = getattr(row.wording, "retirement", None)
    return ConsentFacts(
        decision=Decision(row.decision),
        given_by=GivenBy(row.given_by),
        content_hash=row.content_hash,
        carried_over=frozenset(c.to_hash for c in row.carry_overs.all() if c.from_hash == row.content_hash),
        given_at=row.given_at,
        not_before=row.not_before,
        expires_at=row.expires_at,
        held=row.held_at is not None,
        wording_retired_at=retirement.retired_at if retirement else None,
        categories=frozenset(row.special_categories),
    )


def person_facts(row: StoryParticipant, consents: tuple[ConsentFacts, ...]) -> PersonFacts:
    """One person with these answers. The participant should have been fetched with `row`."""
    return PersonFacts(
        code=row.participant.code,
        consent_needed=row.consent_needed,
        age_band=AgeBand(row.participant.age_band),
        reask_at=row.participant.reask_at,
        may_be_answered_by_attorney=row.participant.may_be_answered_by_attorney,
        consents=consents,
    )
