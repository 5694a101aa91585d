"""From an old story to a new one without the words of whoever leaves: what remains, the new page, the end of the old.

The new page has a history of its own: a new address, new numbers for its parts, no answer and no revision of the old.
The old one stays dark whatever happens here, and is erased only when the new one is there. Refuses a second new story.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hub.database_clock import database_now
from hub.stories.choices import LegalReason
from hub.stories.consent import add_participant
from hub.stories.erasure import steps
from hub.stories.ledger import verb
from hub.stories.light import lock
from hub.stories.models import (
    CaseLine,
    OwnBlock,
    PrivateLink,
    StoryPage,
    StoryParticipant,
    StoryWithout,
    WithdrawalCase,
    WroteBefore,
    draft_of,
)
from hub.stories.review import raise_legal_flag, writers_of
from hub.stories.withdrawal import Part, marks_of, not_before, parts_of, who_leaves

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WORDS = ("title", "summary", "told_by", "names_note", "content_note", "special_categories")
CARRIED = ("partner_id", "audience", "help_topics", "is_example", "written_in", "told_in")
KEPT_MEANWHILE = (
    "Somebody else has kept other words for this story since you opened the page. Nothing is saved yet, and what you "
    "wrote is still here. If you save again, yours take the place of theirs."
)
MADE_ALREADY = (
    "Somebody else has made the new story meanwhile. What you wrote is still here, and nowhere else: copy from it what "
    "their story lacks."
)
NOBODY_LEAVES = "Nobody wants to leave this story any more. Nothing has been made."


class CannotMake(Exception):
    """The sentence says why, to the worker."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """The draft when what is marked as theirs is out: the blocks that stay, what is gone, what others share."""

    draft: StoryPage
    body: list[Any]
    gone: list[Part]
    shared: list[Part]
    pictures: frozenset[int]

    @property
    def as_raw(self) -> list[Any]:
        """The blocks that stay, as Wagtail writes them."""
        return [block.get_prep_value() for block in self.body]


def what_remains(story: StoryPage) -> Remaining:
    """The latest draft without what is theirs alone, and without every picture they are in.

    A picture cannot be reworded: it goes whoever else is in it, wherever it stands.
    """
    draft, marks = draft_of(story), marks_of(story)
    staying = {person.pk for person in who_leaves.who_stays(story.pk)}
    parts = parts_of(draft)
    owners = {part.block_id: marks.get(part.block_id, set()) for part in parts}
    theirs = [part for part in parts if owners[part.block_id] - staying]
    pictures = frozenset(part.picture.pk for part in theirs if part.picture)
    out = {
        part.block_id
        for part in parts
        if (part.picture and part.picture.pk in pictures)
        or (owners[part.block_id] - staying and not owners[part.block_id] & staying)
    }
    return Remaining(
        draft=draft,
        body=[block for block in draft.body if str(block.id) not in out],
        gone=[part for part in parts if part.block_id in out],
        shared=[part for part in theirs if part.block_id not in out],
        pictures=pictures,
    )


def as_story(remaining: Remaining, words: dict[str, Any]) -> StoryPage:
    """A story with these words that is saved nowhere, and nothing of the old one in it but what no reader sees."""
    carried = {name: getattr(remaining.draft, name) for name in CARRIED}
    return StoryPage(**carried, **{name: words[name] for name in (*WORDS, "body")})


def kept_so_far(story_number: int) -> tuple[dict[str, Any], int]:
    """What a worker has kept of the new story, and which version that is; nothing and 0 at the beginning."""
    row = StoryWithout.objects.filter(story_number=story_number).first()
    return (json.loads(row.kept) if row and row.kept else {}), (row.version if row else 0)


@verb
def keep(story: StoryPage, written: dict[str, Any], *, version: int) -> int:
    """Keeps what is written so far, encrypted; returns its version. Raises CannotMake when somebody was quicker."""
    row = _in_the_making(story, version)
    row.kept, row.version = json.dumps(written), row.version + 1
    row.save(update_fields=["kept", "version"])
    return row.version


@verb
def make(story: StoryPage, words: dict[str, Any], *, version: int, by: "User") -> StoryPage:
    """Makes the new story, with everybody who stays and nobody's answer. Raises CannotMake, and then nothing is made.

    Raises ValidationError for words that no story can have.
    """
    row = _in_the_making(story, version)
    remaining = what_remains(story)
    new = as_story(remaining, words)
    new.body = [(block.block_type, block.value) for block in words["body"]]  # new numbers: none leads to the old ones
    new.live, new.owner, new.title = False, by, words["title"].strip()
    story.get_parent().add_child(instance=new)
    new.modules = list(remaining.draft.modules.all())
    new.save_revision(user=by, log_action=True)
    _carry_people(story, new, dict(zip(_numbers(words["body"]), _numbers(new.body), strict=True)))
    for flag in story.legal_flags.filter(cleared_at__isnull=True):  # what the law forbids of the old, and of the new
        raise_legal_flag(new, LegalReason(flag.reason), by=flag.raised_by, hides=flag.hides)
    WroteBefore.objects.bulk_create(WroteBefore(story=new, user_id=writer) for writer in writers_of(story))
    row.new_story_number, row.made_at, row.made_by, row.kept = new.pk, database_now(), by, ""
    row.version += 1
    row.save()
    _note(story.pk, who_leaves.LEAVE_LINE, by=by)
    return new


def erase_old(story_number: int, *, by: "User") -> WithdrawalCase:
    """Erases the old story for good. Goes on where an earlier try stopped. Raises steps.CannotErase with why not."""
    if not who_leaves.somebody_leaves(story_number):
        raise steps.CannotErase("Nobody wants to leave this story. Nothing has been erased.")
    nobody_stays = not who_leaves.who_stays(story_number).exists()
    if not nobody_stays and who_leaves.new_story_of(story_number) is None:
        raise steps.CannotErase("Make the new story first: the others' words would be lost. Nothing has been erased.")
    case = steps.erase(story_number, by=by)
    if case.erased_at:
        CaseLine.objects.filter(case__story_number=story_number, target=who_leaves.ERASE_OLD_LINE[0]).update(by=by)
    return case


def _in_the_making(story: StoryPage, version: int) -> StoryWithout:
    """The locked row of the new story, as long as it may still be written. Raises CannotMake."""
    lock(story.pk)
    if not who_leaves.somebody_leaves(story.pk):
        raise CannotMake(NOBODY_LEAVES)
    row, _ = StoryWithout.objects.get_or_create(story_number=story.pk)
    row = StoryWithout.objects.select_for_update().get(pk=row.pk)
    if who_leaves.new_story_of(story.pk) is not None:
        raise CannotMake(MADE_ALREADY)
    if row.version != version:
        raise CannotMake(KEPT_MEANWHILE)
    return row


def _carry_people(story: StoryPage, new: StoryPage, numbers: dict[str, str]) -> None:
    """Everybody who stays, to be asked; their marks and their cards. Not what they answered, nor a worker's notes."""
    for old in who_leaves.who_stays(story.pk):
        carried = StoryParticipant(
            story=new,
            participant=old.participant,
            role=old.role,
            named_as=old.named_as,
            place_level=old.place_level,
        )
        add_participant(carried)
        marked = old.own_blocks.filter(block_id__in=list(numbers)).values_list("block_id", flat=True)
        OwnBlock.objects.bulk_create(OwnBlock(participation=carried, block_id=numbers[one]) for one in marked)
        not_before.carry(old, carried)
        old.links.filter(purpose=PrivateLink.Purpose.KEEP).update(participation=carried)
    asked = PrivateLink.objects.filter(participation__story_id=story.pk, purpose=PrivateLink.Purpose.ANSWER)
    asked.filter(used_at__isnull=True).update(ends_at=timezone.now())


def _numbers(body: Any) -> list[str]:
    body.get_prep_value()
    return [str(block.id) for block in body]


def _note(story_number: int, line: tuple[str, str], *, by: "User") -> None:
    """Ticks this line off on the case of everybody who leaves."""
    codes = who_leaves.standing_in(story_number).values("participant_code")
    lines = CaseLine.objects.filter(case__story_number=story_number, case__participant_code__in=codes, target=line[0])
    lines.filter(state=CaseLine.State.TO_DO).update(state=CaseLine.State.DONE, at=database_now(), by=by)
