"""Which earlier answers stay when there is a newer one? Only a yes to the words that are on the page, while a newer
draft is asked about. Refuses to keep anything beside a no, a "not now" or an answer about the same words.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.ledger import supersede
from hub.stories.models import Consent, StoryPage, StoryParticipant
from hub.stories.rule import Decision, GivenBy

if TYPE_CHECKING:
    from django.db.models import QuerySet


def agreed_to(words: str) -> Q:
    """The condition by which a consent is about the words with this hash, asked or carried over."""
    return Q(content_hash=words) | Q(carry_overs__to_hash=words, carry_overs__from_hash=F("content_hash"))


def has_yes(participation: StoryParticipant, use: Use, given_by: GivenBy, *, about: str) -> bool:
    """Whether a yes to the words with the hash `about` stands and has not run out."""
    found = yeses_to(about, participation=participation, use=use, given_by=given_by)
    return found.filter(expires_at__gt=timezone.now()).exists()


def yeses_in(story: StoryPage) -> "QuerySet[Consent]":
    """Every yes in this story that has not been ended, to whichever words and however long it lasts."""
    return Consent.objects.filter(participation__story_id=story.pk, decision=Decision.GIVEN)


def yeses_to(words: str, **of: object) -> "QuerySet[Consent]":
    """Those to the words with this hash; `of` says whose and for what."""
    return Consent.objects.filter(agreed_to(words), decision=Decision.GIVEN, **of)


def standing_beside(earlier: "QuerySet[Consent]", decision: Decision, story: StoryPage, *, about: str) -> list[int]:
    """The earlier answers that a new one about the words `about` leaves standing.

    A question or a yes about a newer draft says nothing about the words on the page. Every other answer ends it all.
    """
    shown = story.content_hash()
    if decision not in (Decision.REQUESTED, Decision.GIVEN) or about == shown:
        return []
    return list(earlier.filter(agreed_to(shown), decision=Decision.GIVEN).values_list("pk", flat=True))


def supersede_yeses_to_old_words(story: StoryPage) -> None:
    """Once new words are public, ends each yes to older ones by a person who has said yes to the new."""
    shown = story.content_hash()
    yeses = yeses_in(story)
    now_agreed = yeses.filter(agreed_to(shown))
    again = now_agreed.filter(
        participation=OuterRef("participation"), use=OuterRef("use"), given_by=OuterRef("given_by")
    )
    older = yeses.exclude(pk__in=now_agreed.values("pk")).filter(Exists(again))
    drafted = story.newest_words().content_hash()
    supersede(older.exclude(content_hash=drafted), by=None)
