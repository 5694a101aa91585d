"""Whose is which passage, which picture? Marked block by block, so that somebody's words can go without the others'.

A mark says nothing about consent and darkens nothing. Refuses to be saved over marks that a colleague made meanwhile.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.rich_text import get_text_for_indexing

from hub.pages.models import HubImage
from hub.stories.light import lock
from hub.stories.models import OwnBlock, StoryPage, StoryParticipant
from hub.stories.review import BLOCKS

Marks = dict[str, set[int]]
PARAGRAPH_ENDS = re.compile(r"</(?:p|li)>")
MARKED_MEANWHILE = (
    "Somebody else has changed these marks since you opened the page. Nothing is saved yet, and your ticks are still "
    "here. If you save again, yours take the place of theirs."
)


class MarkedMeanwhile(Exception):
    """The sentence says so, to the worker who came second."""


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the story, as a worker reads it."""

    block_id: str
    kind: str
    text: str
    picture: HubImage | None


def parts_of(draft: StoryPage) -> list[Part]:
    """Every block of `draft`, in reading order."""
    draft.body.get_prep_value()  # a block that was never saved has no number yet
    return [Part(str(block.id), BLOCKS[block.block_type], words_in(block), picture_in(block)) for block in draft.body]


def picture_in(block: Any) -> HubImage | None:
    """The picture a block shows; None for words, and for one that is gone."""
    return block.value["image"] if block.block_type == "image" else None


def words_in(block: Any) -> str:
    """What is read in one block, without mark-up, each paragraph by itself; of a picture, what is said about it."""
    value = block.value
    match block.block_type:
        case "image":
            words = [value["alt_text"], value["caption"]]
        case "quote":
            words = [value["text"], value["who"]]
        case "heading":
            words = [value["text"]]
        case _:
            paragraphs = (" ".join(get_text_for_indexing(one).split()) for one in PARAGRAPH_ENDS.split(value.source))
            return "\n\n".join(filter(None, paragraphs))
    return " ".join(" ".join(str(word) for word in words if word).split())


def marks_of(story: StoryPage) -> Marks:
    """Which people, by the number of their part in the story, each marked block belongs to."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    rows = OwnBlock.objects.filter(participation__story_id=story.pk).values_list("block_id", "participation_id")
    for block_id, participation_id in rows:
        found[block_id].add(participation_id)
    return dict(found)


def stamp_of(marks: Marks) -> str:
    """The same for the same marks: a form made from it knows whether somebody was quicker."""
    written = sorted((block_id, sorted(owners)) for block_id, owners in marks.items())
    return hashlib.sha256(repr(written).encode()).hexdigest()[:16]


@transaction.atomic
def mark(story: StoryPage, ticked: Mapping[str, set[int]], *, seen: str) -> None:
    """Makes the marks of these blocks what was ticked; other blocks, of older drafts say, keep theirs.

    People of another story are left out. Raises MarkedMeanwhile unless `seen` is the stamp of the marks there are.
    """
    lock(story.pk)
    if stamp_of(marks_of(story)) != seen:
        raise MarkedMeanwhile(MARKED_MEANWHILE)
    mine = set(StoryParticipant.objects.filter(story_id=story.pk).values_list("pk", flat=True))
    OwnBlock.objects.filter(participation__story_id=story.pk, block_id__in=list(ticked)).delete()
    OwnBlock.objects.bulk_create(
        OwnBlock(participation_id=owner, block_id=block_id)
        for block_id, owners in ticked.items()
        for owner in sorted(owners & mine)
    )


def marked_counts(story: StoryPage, draft: StoryPage) -> dict[int, int]:
    """How many blocks of `draft` are marked as each person's."""
    here = {part.block_id for part in parts_of(draft)}
    found: defaultdict[int, int] = defaultdict(int)
    for block_id, owners in marks_of(story).items():
        for owner in owners if block_id in here else ():
            found[owner] += 1
    return dict(found)
