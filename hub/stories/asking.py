"""From the first question to the answer: what exactly is somebody asked about, and what did they say?

Asking binds a link to one revision and its hash, so that an answer is about the words that were on the screen. An
answer is recorded once, after the person has checked it; sending it again changes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hub.stories import links
from hub.stories.choices import EventKind, Method, NamedAs, SpecialCategory, Use
from hub.stories.disclosure import is_hidden
from hub.stories.lighting import lock
from hub.stories.models import Answers, ChangeWanted, Consent, ConsentEvent, PrivateLink, StoryPage, StoryParticipant
from hub.stories.operations import GivenAnswer, record_consent
from hub.stories.publishing import publish_when_agreed
from hub.stories.rule import Decision, GivenBy
from hub.stories.standing import has_yes
from hub.stories.wordings import still_holds, wording_for

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SAID = {"yes": Decision.GIVEN, "no": Decision.REFUSED, "not_now": Decision.DEFERRED}


class CannotAsk(Exception):
    """The sentence says why, to the worker who tried."""


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the form: its key, which answers it takes, and whether it must be answered."""

    key: str
    choices: tuple[str, ...]
    use: Use | None = None


def draft_of(story: StoryPage) -> StoryPage:
    """The words people are asked about: the latest draft, as it would be shown."""
    found = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    if not isinstance(found, StoryPage):
        raise TypeError("The latest revision of a story is a story.")
    return found


@transaction.atomic
def ask(
    participation: StoryParticipant,
    *,
    uses: Iterable[Use],
    by: "User",
    given_by: GivenBy = GivenBy.SELF,
    easy_read: bool = False,
) -> links.Issued:
    """A private link by which this person reads the latest draft and answers about `uses`. Raises CannotAsk."""
    wanted = [use for use in Use if use in set(uses)]
    if not wanted:
        raise CannotAsk("Choose at least one use to ask about.")
    not_before = participation.participant.do_not_ask_until
    if not_before and timezone.localdate() < not_before:
        raise CannotAsk(f"They asked not to be asked before {not_before:%-d %B %Y}.")
    draft = draft_of(participation.story)
    if draft.latest_revision_id is None:
        raise CannotAsk("Save the story first, so that there are exact words to ask about.")
    try:
        wording = wording_for(participation, given_by, easy_read=easy_read)
    except LookupError as nothing_to_show:
        raise CannotAsk(str(nothing_to_show)) from None
    issued = links.issue(
        participation,
        PrivateLink.Purpose.ANSWER,
        given_by=given_by,
        made_by=by,
        revision_id=draft.latest_revision_id,
        content_hash=draft.content_hash(),
        wording=wording,
        uses=[use.value for use in wanted],
    )
    for use in wanted:
        if not has_yes(participation, use, given_by, about=issued.link.content_hash):
            request = GivenAnswer(decision=Decision.REQUESTED, wording=wording, given_by=given_by)
            record_consent(
                participation,
                use,
                request,
                recorded_by=by,
                content_hash=issued.link.content_hash,
                revision_id=issued.link.revision_id,
            )
    return issued


def story_asked_about(link: PrivateLink) -> StoryPage | None:
    """The words this link is about; None when they are not kept as they were, or somebody in the story has stopped it.

    After a withdrawal or during a pause nobody else reads on: not even others who are in the story. Nor does whoever
    has reached an age at which they are asked in other words, or by a link of their own.
    """
    if is_stopped(link.participation.story_id):
        return None
    if not still_holds(link.wording, link.participation, GivenBy(link.given_by)):
        return None
    revision = link.revision
    found: Any = revision.as_object() if revision else None
    if not isinstance(found, StoryPage) or found.content_hash() != link.content_hash:
        return None
    return found


def is_stopped(story_id: int) -> bool:
    """Whether somebody in the story has stopped or paused it, or safeguarding hides it: then none of them reads on."""
    stopped = Consent.objects.filter(participation__story_id=story_id, use=Use.WEBSITE).filter(
        Q(decision__in=[Decision.WITHDRAWN, Decision.REVOKED]) | Q(decision=Decision.GIVEN, held_at__isnull=False)
    )
    return is_hidden(story_id) or stopped.exists()


def is_newer_than_the_public(link: PrivateLink) -> bool:
    """Whether other words of this story are on the website now than those this link asks about."""
    shown = StoryPage.objects.filter(pk=link.participation.story_id).live().first()
    return shown is not None and shown.content_hash() != link.content_hash


def questions(link: PrivateLink, story: StoryPage) -> list[Question]:
    """What this person is asked, in order, one page each."""
    asked = [Question("name", tuple(NamedAs.values))]
    asked += [Question(use, tuple(SAID), Use(use)) for use in link.uses]
    if story.special_categories:
        asked.append(Question("categories", ("yes", "no")))
    return [*asked, Question("change", ("no", "yes"))]


def said_so_far(link: PrivateLink) -> dict[str, str]:
    """What was answered so far, by question; `wanted` is the change that was asked for, in their words."""
    answers = Answers.objects.filter(link=link).first()
    return dict(json.loads(answers.written)) if answers else {}


@transaction.atomic
def keep(link: PrivateLink, said: Mapping[str, str]) -> None:
    """Keeps these answers beside the others until they are sent."""
    PrivateLink.objects.select_for_update().get(pk=link.pk)
    Answers.objects.update_or_create(link=link, defaults={"written": json.dumps({**said_so_far(link), **said})})


def first_unanswered(link: PrivateLink, story: StoryPage) -> Question | None:
    said = said_so_far(link)
    return next(
        (question for question in questions(link, story) if said.get(question.key) not in question.choices), None
    )


@transaction.atomic
def send(link: PrivateLink, story: StoryPage) -> bool:
    """Records what somebody checked and sent, once. Sending it again, or from a second tab, changes nothing.

    A wish to change the words or the name comes first: then every yes waits as "not now" until they are asked again.
    Returns whether it was recorded now. Raises ValueError while a question is open.
    """
    lock(story.pk)
    link = PrivateLink.objects.select_for_update(of=["self"]).select_related("wording").get(pk=link.pk)
    if link.used_at is not None:
        return False
    if first_unanswered(link, story) is not None:
        raise ValueError("A question is still open.")
    said = said_so_far(link)
    wants_change = said["change"] == "yes" or said["name"] != link.participation.named_as
    for use in link.uses:
        decision = SAID[said[use]]
        if decision == Decision.GIVEN and wants_change:
            decision = Decision.DEFERRED
        stated = story.special_categories if said.get("categories") == "yes" else []
        record_answer(link, Use(use), decision, categories=stated)
    if wants_change:
        wanted = f"Named: {NamedAs(said['name']).label}. {said.get('wanted', '')}".strip()
        ChangeWanted.objects.create(participation=link.participation, wanted=wanted)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    publish_when_agreed(story.pk)
    return True


def record_answer(link: PrivateLink, use: Use, decision: Decision, *, categories: Iterable[str]) -> None:
    """One answer given through `link`. A first yes has its days to think it over before anything is shown."""
    if link.wording is None:
        raise ValueError("A link to answer by has a wording.")
    answer = GivenAnswer(
        decision=decision,
        wording=link.wording,
        given_by=GivenBy(link.given_by),
        method=Method.ONLINE,
        special_categories=categories,
        not_before=end_of_thinking_it_over(link.participation, use, said_at=timezone.now()),
    )
    record_consent(link.participation, use, answer, content_hash=link.content_hash, revision_id=link.revision_id)


def end_of_thinking_it_over(participation: StoryParticipant, use: Use, *, said_at: datetime) -> datetime | None:
    """Until when a first yes is not acted on; None for somebody who has said yes to this use before."""
    person = participation.participant
    earlier = ConsentEvent.objects.filter(story_id=participation.story_id, participant_code=person.code, use=use)
    if earlier.filter(kind=EventKind.GIVEN).exists():
        return None
    return said_at + timedelta(days=settings.COOLING_OFF_DAYS)


def categories_in_words(story: StoryPage) -> list[str]:
    return [str(SpecialCategory(code).label) for code in story.special_categories]
