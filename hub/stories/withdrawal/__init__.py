"""What follows when somebody stops, pauses or leaves: dark first, then each thing that is left to do."""

from hub.stories.withdrawal import (
    cases,
    correcting,
    leaving_out,
    looking_after,
    not_before,
    stopping,
    who_leaves,
    whose_words,
)
from hub.stories.withdrawal.correcting import answered_codes, somebody_agrees
from hub.stories.withdrawal.looking_after import (
    TheirOwnDecision,
    check_may_decide,
    own_voice,
    wish_to_be_asked,
    wishes_that_wait,
)
from hub.stories.withdrawal.mail import addresses
from hub.stories.withdrawal.pointing import Pointer, open_wishes, pointers
from hub.stories.withdrawal.stopping import revoke, withdraw
from hub.stories.withdrawal.use_register import (
    CAN_BE_TAKEN_DOWN,
    RECORDED,
    MayNotBeUsed,
    in_words,
    record_use,
    take_down,
    why_not,
)
from hub.stories.withdrawal.who_leaves import (
    ERASE_OLD_LINE,
    LEAVE_LINE,
    leavers_in,
    leaving,
    leaving_of,
    new_story_of,
    others_in,
    somebody_leaves,
    standing_in,
)
from hub.stories.withdrawal.whose_words import Part, marked_counts, marks_of, parts_of

__all__ = [
    "CAN_BE_TAKEN_DOWN",
    "ERASE_OLD_LINE",
    "LEAVE_LINE",
    "RECORDED",
    "MayNotBeUsed",
    "Part",
    "Pointer",
    "TheirOwnDecision",
    "addresses",
    "answered_codes",
    "cases",
    "check_may_decide",
    "correcting",
    "in_words",
    "leavers_in",
    "leaving",
    "leaving_of",
    "leaving_out",
    "looking_after",
    "marked_counts",
    "marks_of",
    "new_story_of",
    "not_before",
    "open_wishes",
    "others_in",
    "own_voice",
    "parts_of",
    "pointers",
    "record_use",
    "revoke",
    "somebody_agrees",
    "somebody_leaves",
    "standing_in",
    "stopping",
    "take_down",
    "who_leaves",
    "whose_words",
    "why_not",
    "wish_to_be_asked",
    "wishes_that_wait",
    "withdraw",
]
