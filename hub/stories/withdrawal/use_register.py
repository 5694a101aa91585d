"""May these words be used there, and where have they been used? Refuses a use to which not everybody agrees just now.

What was recorded stands on the pages of the people in the story, and on the case when one of them withdraws.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.light import answers_for, lock
from hub.stories.models import StoryPage, StoryUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

RECORDED: dict[Use, str] = {
    Use.TRAINING: "A session in which it was read out",
    Use.PRINT_PACK: "A print run",
    Use.SOCIAL: "A post",
    Use.MEDIA: "A newspaper, radio or TV",
    Use.PARTNER_SITES: "A partner’s own website",
    Use.FUNDER_REPORT: "A report",
    Use.RESEARCH: "Research",
    Use.TRANSLATION: "A translation",
    Use.AUDIO_VIDEO: "A recording or a film",
    Use.BE_FOUND: "A search engine that lists it",
    Use.AI: "An AI system that was given it",
}
"""What is written down for each use. This website is not: the Hub knows by itself what it shows."""

CAN_BE_TAKEN_DOWN = frozenset({Use.SOCIAL, Use.PARTNER_SITES, Use.TRANSLATION, Use.AUDIO_VIDEO, Use.BE_FOUND})


class MayNotBeUsed(Exception):
    """The sentences say why, by code, to the worker who tried."""


def why_not(story: StoryPage, use: Use) -> list[str]:
    """Every reason why the words of this story may not be used so now; empty when they may."""
    answer = answers_for(story, content_hash=story.content_hash(), now=timezone.now())[use]
    return [f"{gap.code}: {gap.reason.sentence}" if gap.code else gap.reason.sentence for gap in answer.gaps]


@transaction.atomic
def record_use(
    story: StoryPage, use: Use, *, where: str, used_on: date, by: "User | None", copies: int | None = None
) -> StoryUse:
    """Writes down that the words on the page were used. Raises MayNotBeUsed, and ValueError for a day to come.

    `by` is None for a pack that a reader made: nobody knows who that was.
    """
    if use not in RECORDED:
        raise ValueError("The Hub knows by itself what stands on this website.")
    if used_on > timezone.localdate():
        raise ValueError("Record it on the day or afterwards: until then somebody may still say no.")
    lock(story.pk)
    words = StoryPage.objects.get(pk=story.pk)
    reasons = why_not(words, use)
    if reasons:
        raise MayNotBeUsed(" ".join(reasons))
    return StoryUse.objects.create(
        story=words,
        use=use,
        where=where.strip(),
        used_on=used_on,
        copies=copies,
        revision_id=words.live_revision_id or words.latest_revision_id,
        content_hash=words.content_hash(),
        recorded_by=by,
    )


def take_down(used: StoryUse, *, by: "User") -> None:
    """Notes that it is down. Raises ValueError for what cannot be called back; a second time changes nothing."""
    if used.use not in CAN_BE_TAKEN_DOWN:
        raise ValueError("This cannot be taken down: it was read, printed or brought out already.")
    still_up = StoryUse.objects.filter(pk=used.pk, taken_down_at__isnull=True)
    still_up.update(taken_down_at=timezone.now(), taken_down_by=by)


def lines_for(story_id: int, uses: "Iterable[Use]") -> list[tuple[str, str, bool]]:
    """For a withdrawal: (target, sentence, whether it can be taken down) of each time these uses happened."""
    found = StoryUse.objects.filter(story_id=story_id, use__in=list(uses), taken_down_at__isnull=True)
    return [(f"used-{used.pk}", in_words(used), used.use in CAN_BE_TAKEN_DOWN) for used in found.order_by("used_on")]


def in_words(used: StoryUse) -> str:
    """One time, for staff and for the people in the story."""
    copies = f", {used.copies} copies" if used.copies else ""
    return f"{RECORDED[Use(used.use)]}, {used.used_on:%-d %B %Y}: {used.where}{copies}"
