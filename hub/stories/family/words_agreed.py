"""Which words does somebody see who looks after theirs? Those they said yes to; none once anybody has stopped them.

The same holds as for whoever is asked: after a stop or during a pause, by whomever, nobody reads on.
"""

from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.family.asking import is_stopped
from hub.stories.light import agreed_to
from hub.stories.models import Consent, PrivateLink, StoryPage
from hub.stories.withdrawal import TheirOwnDecision, check_may_decide, own_voice


def words_agreed_to(link: PrivateLink) -> StoryPage | None:
    """The words and pictures that this person's yes is about: the public ones if it covers them, or else as agreed.

    None without a yes in force, when somebody has stopped or paused it, when the words are not kept as they were, and
    for a parent whose child decides by now.
    """
    story_id = link.participation.story_id
    try:
        check_may_decide(link)
    except TheirOwnDecision:
        return None
    yeses = [consent for consent in own_voice(link) if _is_in_force(consent)]
    if not yeses or is_stopped(story_id):
        return None
    public = StoryPage.objects.filter(pk=story_id).live().first()
    covered = Consent.objects.filter(pk__in=[consent.pk for consent in yeses])
    if public and covered.filter(agreed_to(public.content_hash())).exists():
        return public
    return _as_saved(max(yeses, key=lambda consent: (consent.use == Use.WEBSITE, consent.pk)))


def _is_in_force(consent: Consent) -> bool:
    return consent.held_at is None and consent.expires_at is not None and consent.expires_at > timezone.now()


def _as_saved(consent: Consent) -> StoryPage | None:
    words = consent.revision.as_object() if consent.revision else None
    return words if isinstance(words, StoryPage) and words.content_hash() == consent.content_hash else None
