"""When does an agreed draft become the public page? When the rule allows it, with nobody on duty; never before.

Refuses what no person handed in, or took back since (CONSENT.md section 5, law 5): time alone publishes nothing.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.left_out import each
from hub.stories.choices import Use
from hub.stories.ledger import verb
from hub.stories.light.facts import facts_of_many
from hub.stories.light.lighting import answers_for, lock, relight
from hub.stories.light.newest import Versions, versions_of
from hub.stories.models import HandIn, NotBefore, StoryPage
from hub.stories.rule import Verdict, may_appear

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TOGETHER = 200  # stories, for as many questions as for one


def show_what_is_ready(now: datetime) -> int:
    """Shows stories, and newer words of public ones, whose days to think it over have passed. Returns how many."""
    told = StoryPage.objects.filter(participations__isnull=False)
    waiting = {*told.not_live().values_list("pk", flat=True)}
    waiting.update(told.filter(has_unpublished_changes=True).values_list("pk", flat=True))
    answers = [*each(_ready(waiting, _newest), publish_when_agreed, of="the stories shown")]
    answers += each(_ready(_whose_day_has_come(now), _on_the_page), relight, of="the stories whose day has come")
    return sum(answer is not None and answer.allowed for answer in answers)


def _whose_day_has_come(now: datetime) -> set[int]:
    """Dark stories for which somebody once chose a day that is over, and that nobody took off the site."""
    chosen = NotBefore.objects.filter(starts_at__lte=now).values("story_number")
    dark = StoryPage.objects.not_live().filter(pk__in=chosen, live_revision__isnull=False)
    return {*dark.values_list("pk", flat=True)}


def _ready(stories: set[int], which: Callable[[Versions], tuple[StoryPage, str]]) -> Iterator[int]:
    """Those of which the rule says yes to these words. Most that are dark stay dark, so they are asked about together,
    and none is locked for it; whoever shows one asks again, with the lock.
    """
    numbers = sorted(stories)
    for at in range(0, len(numbers), TOGETHER):
        some = numbers[at : at + TOGETHER]
        words = {pk: which(found) for pk, found in versions_of(some, of="the stories shown").items()}
        facts, now = facts_of_many(words.values()), database_now()
        yield from (pk for pk in words if pk in facts and may_appear(facts[pk][Use.WEBSITE], now=now).allowed)


def _newest(found: Versions) -> tuple[StoryPage, str]:
    return found.draft, found.draft_words


def _on_the_page(found: Versions) -> tuple[StoryPage, str]:
    return found.story, found.page_words


def somebody_asked(sender: object, *, story_id: int, **kwargs: object) -> Verdict | None:
    """Signal receiver: a person publishes, or ends a workflow. They get what everybody agreed to, and nothing else."""
    return publish_when_agreed(story_id)


@verb
def publish_when_agreed(story_id: int) -> Verdict | None:
    """Publishes the latest draft if it is handed in, agreed to by everybody and approved; else changes nothing.

    So the last answer, and the end of the days to think it over, need nobody on duty. Returns None when it waits.
    """
    lock(story_id)
    story = StoryPage.objects.get(pk=story_id)
    draft = story.newest_words()
    words = draft.content_hash()
    if story.live and story.live_revision_id and words == story.content_hash():
        return relight(story_id)
    if not HandIn.objects.standing(story_id).filter(content_hash=words).exists():
        return None
    answer = answers_for(draft, content_hash=words, now=database_now())[Use.WEBSITE]
    if not answer.allowed or story.latest_revision is None:
        return None
    story.latest_revision.publish()
    return relight(story_id)


@verb
def publish_story(story: StoryPage, *, user: "User | None" = None) -> Verdict:
    """Publishes the latest draft. It is shown only if everyone agreed to these words and a moderator approved them."""
    story.save_revision(user=user).publish(user=user)
    return relight(story.pk)
