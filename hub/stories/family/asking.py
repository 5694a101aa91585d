"""From the first question to the answer: what exactly is somebody asked about, and what did they say?

Asking binds a link to one revision and its hash, so that an answer is about the words that were on the screen. An
answer is recorded once, after the person has checked it; sending it again changes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from hub.screen_languages import known
from hub.stories.choices import ONLY_IF_ON_THE_WEBSITE, Method, NamedAs, SpecialCategory, Use
from hub.stories.consent import GivenAnswer, record_answers, still_holds, wording_for
from hub.stories.family import links
from hub.stories.family.may_be_asked import CannotAsk, check_may_be_asked
from hub.stories.ledger import verb
from hub.stories.light import has_yes, is_hidden, lock, publish_when_agreed
from hub.stories.models import (
    Answers,
    AskedAgain,
    ChangeWanted,
    Consent,
    PrivateLink,
    StoryPage,
    StoryParticipant,
    draft_of,
)
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import somebody_leaves

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KEEP_TYPED = timedelta(days=30)
SAID = {"yes": Decision.GIVEN, "no": Decision.REFUSED, "not_now": Decision.DEFERRED}


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the form: its key, which answers it takes, and whether it must be answered."""

    key: str
    choices: tuple[str, ...]
    use: Use | None = None


@verb
def ask(
    participation: StoryParticipant,
    *,
    uses: Iterable[Use],
    by: "User",
    given_by: GivenBy = GivenBy.SELF,
    easy_read: bool = False,
    why_again: str = "",
    language: str = "",
) -> links.Issued:
    """A private link by which this person reads the latest draft and answers about `uses`. Raises CannotAsk.

    `language` is that of the pages and, where it exists in it, of the wording: empty for English. `why_again` is kept,
    encrypted, beside the question put to somebody who had taken a yes back.
    """
    wanted = [use for use in Use if use in set(uses)]
    draft = draft_of(participation.story)
    check_may_be_asked(participation, draft, uses=wanted, given_by=given_by, why_again=why_again)
    try:
        wording = wording_for(participation, given_by, easy_read=easy_read, language=language)
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
        language=known(language),
        uses=[use.value for use in wanted],
    )
    if why_again.strip():
        AskedAgain.objects.create(link=issued.link, because=why_again.strip())
    about = issued.link.content_hash
    request = GivenAnswer(decision=Decision.REQUESTED, wording=wording, given_by=given_by)
    requests = {use: request for use in wanted if not has_yes(participation, use, given_by, about=about)}
    record_answers(participation, requests, recorded_by=by, content_hash=about, revision_id=issued.link.revision_id)
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
    return is_hidden(story_id) or stopped.exists() or somebody_leaves(story_id)


def is_newer_than_the_public(link: PrivateLink) -> bool:
    """Whether other words of this story are on the website now than those this link asks about."""
    shown = StoryPage.objects.filter(pk=link.participation.story_id).live().first()
    return shown is not None and shown.content_hash() != link.content_hash


def questions(link: PrivateLink, story: StoryPage) -> list[Question]:
    """What this person is asked, in order, one page each. What follows from a yes to the website, only after one."""
    asked = [Question("name", tuple(NamedAs.values))]
    asked += [Question(use, tuple(SAID), use) for use in uses_asked_about(link)]
    if story.special_categories:
        asked.append(Question("categories", ("yes", "no")))
    return [*asked, Question("change", ("no", "yes"))]


def uses_asked_about(link: PrivateLink) -> list[Use]:
    """The uses this link asks about, without those that a "no" or "not now" to the website has answered already."""
    off_the_website = said_so_far(link).get(Use.WEBSITE, "yes") != "yes" and Use.WEBSITE in link.uses
    asked = [Use(use) for use in link.uses]
    return [use for use in asked if not (off_the_website and use in ONLY_IF_ON_THE_WEBSITE)]


def said_so_far(link: PrivateLink) -> dict[str, str]:
    """What was answered so far, by question; `wanted` is the change that was asked for, in their words."""
    answers = Answers.objects.filter(link=link).first()
    return dict(json.loads(answers.written)) if answers else {}


@verb
def keep(link: PrivateLink, said: Mapping[str, str]) -> None:
    """Keeps these answers beside the others until they are sent."""
    PrivateLink.objects.select_for_update().get(pk=link.pk)
    Answers.objects.update_or_create(link=link, defaults={"written": json.dumps({**said_so_far(link), **said})})


def first_unanswered(link: PrivateLink, story: StoryPage) -> Question | None:
    said = said_so_far(link)
    return next(
        (question for question in questions(link, story) if said.get(question.key) not in question.choices), None
    )


@verb
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
    decisions = {Use(use): SAID[said[use]] for use in uses_asked_about(link)}
    if wants_change:
        decisions = {use: Decision.DEFERRED if d == Decision.GIVEN else d for use, d in decisions.items()}
    record_by_link(link, decisions, categories=story.special_categories if said.get("categories") == "yes" else [])
    if wants_change:
        wanted = f"Named: {NamedAs(said['name']).label}. {said.get('wanted', '')}".strip()
        ChangeWanted.objects.create(participation=link.participation, wanted=wanted)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    publish_when_agreed(story.pk)
    return True


def record_by_link(link: PrivateLink, decisions: Mapping[Use, Decision], *, categories: Iterable[str]) -> None:
    """What was answered through `link`. A first yes has its days to think it over before anything is shown."""
    if link.wording is None:
        raise ValueError("A link to answer by has a wording.")
    stated = list(categories)
    answers = {
        use: GivenAnswer(
            decision=decision,
            wording=link.wording,
            given_by=GivenBy(link.given_by),
            method=Method.ONLINE,
            special_categories=stated,
            think_it_over=True,
        )
        for use, decision in decisions.items()
    }
    record_answers(link.participation, answers, content_hash=link.content_hash, revision_id=link.revision_id)


def categories_in_words(story: StoryPage) -> list[str]:
    return [str(SpecialCategory(code).label) for code in story.special_categories]


def forget_what_was_typed(now: datetime) -> int:
    """Deletes what people typed on the way to their answers, a month after they sent it or the link ended."""
    old = now - KEEP_TYPED
    links = PrivateLink.objects.filter(used_at__lt=old) | PrivateLink.objects.filter(ends_at__lt=old)
    deleted, _ = Answers.objects.filter(link__in=links).delete()
    return deleted
