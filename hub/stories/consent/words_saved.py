"""Since when could anybody read these exact words? A yes from before then cannot be about them."""

from datetime import datetime

from wagtail.models import Revision

from hub.stories.models import Consent, PrivateLink, StoryPage

VERSIONS_TO_READ = 12


def words_saved_at(story: StoryPage, content_hash: str, *, revision_id: int | None, said_at: datetime) -> datetime:
    """When the words with this hash were saved, for an answer about them that was said at `said_at`.

    Saving the same words again makes them no younger: what was saved just before `said_at` is read as well.
    """
    of_story = Consent.objects.filter(participation__story_id=story.pk, content_hash=content_hash)
    known: list[datetime | None] = [
        *Revision.objects.filter(pk=revision_id or story.latest_revision_id).values_list("created_at", flat=True),
        *of_story.order_by("words_saved_at").values_list("words_saved_at", flat=True)[:1],
        *PrivateLink.objects.filter(participation__story_id=story.pk, content_hash=content_hash)
        .order_by("made_at")
        .values_list("made_at", flat=True)[:1],
    ]
    earliest = min((moment for moment in known if moment is not None), default=story.latest_revision_created_at)
    if earliest is not None and earliest <= said_at:
        return earliest
    before = story.revisions.filter(created_at__lte=said_at).order_by("-created_at", "-pk")[:VERSIONS_TO_READ]
    for revision in before:
        if revision.as_object().content_hash() == content_hash:
            found: datetime = revision.created_at
            return found
    return earliest or said_at
