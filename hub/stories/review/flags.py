"""A reason in law why a story may not appear: raised by anybody who may edit it, cleared by safeguarding alone."""

from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.stories.choices import LegalReason
from hub.stories.ledger import journal, verb
from hub.stories.light import lock, relight
from hub.stories.models import LegalFlag, StoryPage
from hub.stories.rule import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def raise_legal_flag(story: StoryPage, reason: LegalReason, *, by: "User | None", hides: bool = False) -> LegalFlag:
    """Blocks a story whatever anyone consents to; with `hides`, only safeguarding finds it from now on."""
    lock(story.pk)
    flag = LegalFlag.objects.create(story=story, reason=reason, raised_by=by, hides=hides)
    journal.note_flag(flag)
    relight(story.pk)
    return flag


@verb
def clear_legal_flag(flag: LegalFlag, *, by: "User", note: str) -> Verdict:
    """Lifts a block. Raises PermissionError unless `by` has the safeguarding role, ValueError without a note."""
    if not by.has_perm("stories.clear_legal_flag"):
        raise PermissionError("Clearing a legal flag is for the safeguarding role.")
    if not note.strip():
        raise ValueError("Say why the flag no longer applies.")
    lock(flag.story_id)
    open_flag = LegalFlag.objects.filter(pk=flag.pk, cleared_at__isnull=True)
    if not open_flag.update(cleared_at=database_now(), cleared_by=by, note=note.strip()):
        raise ValueError("Somebody has cleared this flag already. Their note stands.")
    return relight(flag.story_id)
