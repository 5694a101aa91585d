"""May this person be asked about these words now? Refuses to press somebody, and to go round the one who tells it.

Whoever tells a story agrees first: nobody else reads it before. Whoever took a yes back is asked no more, unless they
wished it themselves, or a worker says why. Several who tell it may be asked at once.
"""

from collections.abc import Collection

from django.utils import timezone

from hub.encryption import CannotOpen
from hub.stories.choices import PartInStory, Use
from hub.stories.light import agreed_to
from hub.stories.models import ChangeWanted, Consent, StoryPage, StoryParticipant
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import somebody_leaves, wish_to_be_asked


class CannotAsk(Exception):
    """The sentence says why, to the worker who tried."""


def check_may_be_asked(
    participation: StoryParticipant,
    draft: StoryPage,
    *,
    uses: Collection[Use],
    given_by: GivenBy = GivenBy.SELF,
    why_again: str = "",
) -> None:
    """Raises CannotAsk. `why_again` is what a worker says about asking somebody who took a yes back."""
    if not uses:
        raise CannotAsk("Choose at least one use to ask about.")
    not_before = participation.participant.do_not_ask_until
    if not_before and timezone.localdate() < not_before:
        raise CannotAsk(f"They asked not to be asked before {not_before:%-d %B %Y}.")
    if somebody_leaves(participation.story_id):
        raise CannotAsk("Somebody leaves this story. Make the new one without their words first, and ask about that.")
    if draft.latest_revision_id is None:
        raise CannotAsk("Save the story first, so that there are exact words to ask about.")
    if waiting := tellers_to_wait_for(participation, draft):
        codes = " and ".join(waiting)
        raise CannotAsk(f"The story is theirs who tell it: ask {codes} first. When they have agreed, ask the others.")
    if taken_back(participation, given_by, uses) and not why_again.strip():
        raise CannotAsk("They took it back. Say why they are asked again, or leave them in peace.")


def tellers_to_wait_for(participation: StoryParticipant, draft: StoryPage) -> list[str]:
    """The codes of those who tell the story and have not said yes to any use of these words; none for one of them."""
    if participation.role == PartInStory.TELLER:
        return []
    tellers = StoryParticipant.objects.filter(story_id=draft.pk, role=PartInStory.TELLER, consent_needed=True)
    yeses = Consent.objects.filter(agreed_to(draft.content_hash()), decision=Decision.GIVEN)
    waiting = tellers.exclude(pk__in=yeses.values("participation"))
    return list(waiting.order_by("participant__code").values_list("participant__code", flat=True))


def taken_back(participation: StoryParticipant, given_by: GivenBy, uses: Collection[Use]) -> set[Use]:
    """Of `uses` those for which this voice took a yes back and did not wish to be asked again."""
    rows = participation.consents.filter(given_by=given_by, use__in=uses, decision=Decision.WITHDRAWN)
    return {Use(use) for use in rows.values_list("use", flat=True)} - _wished(participation)


def _wished(participation: StoryParticipant) -> set[Use]:
    """What this person has asked to be asked about; nothing while the key to that is lost."""
    rows = ChangeWanted.objects.filter(participation=participation, done_at__isnull=True)
    try:
        wishes = {row.wanted for row in rows}
    except CannotOpen:
        return set()
    return {use for use in Use if wish_to_be_asked(use) in wishes}
