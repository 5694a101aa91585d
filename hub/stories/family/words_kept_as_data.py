"""Which words of a family's pages are kept as data, and so are in no template and no call of gettext?

For the catalogue alone: hub/upkeep/management/commands/messages.py. Says nothing of what people wrote themselves.
"""

from dataclasses import fields
from typing import Any

from hub.stories.choices import NamedAs, SpecialCategory, Use
from hub.stories.family import questions
from hub.stories.family.happened import HAPPENED
from hub.stories.family.receipts import NO_LONGER, SAYS
from hub.stories.family.where_words_are import ACTS_IN_WORDS, GONE
from hub.stories.models import ConsentWording, PublicRequest
from hub.stories.review import BLOCKS, FIELDS
from hub.stories.withdrawal import RECORDED, cases

CHOICES = (Use, NamedAs, SpecialCategory, ConsentWording.Audience, PublicRequest.Wanted)
DATA = (
    *(questions.VOICES, questions.ANSWERS, questions.HINTS, questions.WHO_SEES, questions.SENT_BACK),
    *(SAYS, [NO_LONGER], HAPPENED, ACTS_IN_WORDS, GONE, BLOCKS, FIELDS, RECORDED),
    *(cases.OFF_THE_SITE, cases.KEPT_BY_OTHERS, [words for _, words in cases.AFTER.values()]),
)


def words_kept_as_data() -> list[str]:
    """Each once, in the order in which they are written."""
    labels = [str(label) for choices in CHOICES for label in choices.labels]
    return list(dict.fromkeys([*labels, *(words for data in DATA for words in _all_in(data))]))


def _all_in(said: Any) -> list[str]:
    if isinstance(said, str):
        return [said] if said else []
    if isinstance(said, questions.Manner):
        said = [getattr(said, one.name) for one in fields(said)]
    return [words for one in (said.values() if isinstance(said, dict) else said) for words in _all_in(one)]
