"""A person took a story off the site, or it came back from a backup: it stays away until a person shows it again.

Refuses to let a job, a planned publication, a relighting or a restore undo what somebody decided.
"""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from hub.database_clock import database_now
from hub.left_out import each
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import cancel_schedule, verb
from hub.stories.light import lock, publish_when_agreed
from hub.stories.models import ConsentEvent, StoryPage, TakenBack
from hub.stories.review.who_may_approve import MayNotApprove, moderates
from hub.stories.rule import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Why = TakenBack.Why
FOR_MODERATORS = {Why.RESTORED, Why.SENT_BACK}


@verb
def take_back(story_id: int, *, why: str = Why.UNPUBLISHED, by: "User | None" = None) -> None:
    """Takes a story off the site until a person shows it again. Twice does no harm."""
    lock(story_id)
    TakenBack.objects.get_or_create(story_id=story_id, why=why, ended_at=None, defaults={"by": by})
    note_in_ledger(story_id, by=by)


@verb
def note_in_ledger(story_id: int, *, by: "User | None" = None) -> None:
    """Writes the line that the ledger lacks about a story that is taken back, and clears any planned publication."""
    if not standing(story_id).exists() or _newest_line(story_id) == EventKind.TAKEN_BACK:
        return
    for story in StoryPage.objects.filter(pk=story_id):
        cancel_schedule(story)
    ledger.write_of_story(EventKind.TAKEN_BACK, story_id, by=by, at=database_now())


@verb
def show_again(story: StoryPage, *, by: "User") -> Verdict | None:
    """Ends what took it off the site. It is shown if everything else holds. Raises MayNotApprove with a sentence."""
    lock(story.pk)
    rows = standing(story.pk)
    if not story.permissions_for_user(by).can_edit() and not moderates(by):
        raise MayNotApprove("Showing a story again is for the workers of its section, or for moderators.")
    if rows.filter(why__in=FOR_MODERATORS).exists() and not moderates(by):
        raise MayNotApprove("This story came back from a backup. A moderator has to show it again.")
    if rows.filter(why=Why.LEFT).exists():
        raise MayNotApprove("Somebody leaves this story. It is not shown again in these words.")
    if rows.update(ended_at=database_now(), ended_by=by):
        ledger.write_of_story(EventKind.SHOWN_AGAIN, story.pk, by=by, at=database_now())
    return publish_when_agreed(story.pk)


@verb
def show_restored_again(story_id: int) -> None:
    """Ends what a restore took back, when it is known after all what was said since. Whatever else stands, stands."""
    lock(story_id)
    if standing(story_id).filter(why=Why.RESTORED).update(ended_at=database_now()) and not standing(story_id).exists():
        ledger.write_of_story(EventKind.SHOWN_AGAIN, story_id, by=None, at=database_now())
        publish_when_agreed(story_id)


def standing(story_id: int) -> QuerySet[TakenBack]:
    """What keeps this story off the site now."""
    return TakenBack.objects.filter(story_id=story_id, ended_at__isnull=True).order_by("pk")


def note_what_the_database_took_back(now: object = None) -> int:
    """Job: writes the lines about stories that were unpublished past the Hub's own screens. Returns how many."""
    open_rows = TakenBack.objects.filter(ended_at__isnull=True).order_by("story_id").distinct("story_id")
    unnoted = [row.story_id for row in open_rows if _newest_line(row.story_id) != EventKind.TAKEN_BACK]
    return len(list(each(unnoted, note_in_ledger, of="the stories taken back noted")))


def story_unpublished(sender: object, instance: StoryPage, **kwargs: object) -> None:
    """Signal receiver: somebody unpublished a story. The database has noted it; the ledger says so too."""
    note_in_ledger(instance.pk)


def _newest_line(story_id: int) -> str | None:
    kinds = [EventKind.TAKEN_BACK, EventKind.SHOWN_AGAIN]
    lines = ConsentEvent.objects.filter(story_id=story_id, kind__in=kinds).order_by("-sequence")
    return lines.values_list("kind", flat=True).first()
