"""Asks the rule about a story and lights or darkens its page accordingly. Never lights what the rule does not allow.

The database checks the light once more and may refuse; then the page stays dark and the log says that it did.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hub.database_clock import database_now
from hub.pages.models import HubPage, HubRendition, Visibility
from hub.pages.serving import search_index
from hub.partners.models import Partner
from hub.stories.choices import Use
from hub.stories.light.facts import story_facts
from hub.stories.light.standing import supersede_yeses_to_old_words
from hub.stories.models import StoryPage
from hub.stories.rule import Verdict, may_appear

logger = logging.getLogger(__name__)


def answers_for(story: StoryPage, *, content_hash: str, now: datetime) -> dict[Use, Verdict]:
    """For each use: may this content of `story` appear in it, until when, and if not why."""
    facts = story_facts(story, content_hash=content_hash)
    return {use: may_appear(facts[use], now=now) for use in Use}


def lock(story_id: int) -> None:
    """Makes everybody else who changes this story's consents wait until the transaction ends. Call it first."""
    HubPage.objects.select_for_update(no_key=True).get(pk=story_id)


def relight(story_id: int) -> Verdict:
    """Makes the light of a story equal to what the rule says now, and returns the rule's answer for the website.

    Locks the page, so that two who change its consents at once are answered one after the other.
    """
    with transaction.atomic():
        lock(story_id)
        story = StoryPage.objects.get(pk=story_id)
        content_hash, now = story.content_hash(), database_now()
        answers = answers_for(story, content_hash=content_hash, now=now)
        Visibility.objects.filter(page_id=story_id).delete()
        website = answers[Use.WEBSITE]
        closed = story.partner is not None and not story.partner.is_open
        if website.allowed and website.until and story.live and story.live_revision_id and not closed:
            _light(story, content_hash, answers, until=website.until)
        _keep_search_up(story)
    return website


def _keep_search_up(story: StoryPage) -> None:
    """Darkness does not wait for the search, which forgets dark pages by itself. Jobs put right what fails here."""
    try:
        with transaction.atomic():
            search_index.refresh(story)
    except Exception:
        logger.exception(
            "The search does not know story %s as it is now. The next run of the jobs sees to it.", story.pk
        )


def _light(story: StoryPage, content_hash: str, answers: dict[Use, Verdict], *, until: datetime) -> None:
    uses = {use.value: a.until.isoformat() for use, a in answers.items() if a.allowed and a.until}
    files = story.picture_files()
    if not all(files.values()):
        logger.error("Story %s stays dark: a picture in it is not the file that was put in.", story.pk)
        return
    HubRendition.forget_wrong(files)
    try:
        with transaction.atomic():
            Visibility.objects.create(
                page_id=story.pk,
                revision_id=story.live_revision_id,
                content_hash=content_hash,
                public_until=until,
                image_ids=list(files),
                picture_files=files,
                uses=uses,
            )
    except IntegrityError:
        logger.exception("The database refused to light story %s although the rule allowed it.", story.pk)


def story_published(sender: Any, instance: StoryPage, **kwargs: Any) -> None:
    """Signal receiver: a story went live. It stays dark unless the rule says otherwise; nothing is raised."""
    with transaction.atomic():
        lock(instance.pk)
        supersede_yeses_to_old_words(StoryPage.objects.get(pk=instance.pk))
        relight(instance.pk)


def partner_reopened(sender: Any, partner: Partner, **kwargs: Any) -> None:
    """Signal receiver: each of the partner's stories is asked about again; only what the rule allows comes back."""
    for story_id in StoryPage.objects.filter(partner=partner).order_by("pk").values_list("pk", flat=True):
        relight(story_id)
