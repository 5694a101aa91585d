"""May it be? What a moderator decides, and what helps to decide it."""

from hub.stories.review import carrying_over, taking_back
from hub.stories.review.carrying_over import CannotCarryOver, accept, decline, has_older_yes, older_words, propose
from hub.stories.review.confirming import unconfirmed_among, unconfirmed_in
from hub.stories.review.decisions import approve_story, changed_since_decided, confirm_answer, return_story
from hub.stories.review.difference import BLOCKS, FIELDS, Passage, passages_of
from hub.stories.review.flags import clear_legal_flag, raise_legal_flag
from hub.stories.review.handing_in import CannotHandIn, hand_in, take_hand_in_back
from hub.stories.review.holding import Decided, end_hold, hold_story, standing_hold
from hub.stories.review.jigsaw import BEGINNERS, NOT_NAMES, details_in, known_names, pieces_of
from hub.stories.review.passing_on import CannotPassOn, pass_on, who_could_look
from hub.stories.review.taking_back import (
    FOR_MODERATORS,
    Why,
    note_what_the_database_took_back,
    show_again,
    show_restored_again,
    standing,
    story_unpublished,
    take_back,
)
from hub.stories.review.who_may_approve import MayNotApprove, WordsChanged, check_may_approve, moderates, writers_of

__all__ = [
    "BEGINNERS",
    "BLOCKS",
    "FIELDS",
    "FOR_MODERATORS",
    "NOT_NAMES",
    "CannotCarryOver",
    "CannotHandIn",
    "CannotPassOn",
    "Decided",
    "MayNotApprove",
    "Passage",
    "Why",
    "WordsChanged",
    "accept",
    "approve_story",
    "carrying_over",
    "changed_since_decided",
    "check_may_approve",
    "clear_legal_flag",
    "confirm_answer",
    "decline",
    "details_in",
    "end_hold",
    "hand_in",
    "has_older_yes",
    "hold_story",
    "known_names",
    "moderates",
    "note_what_the_database_took_back",
    "older_words",
    "pass_on",
    "passages_of",
    "pieces_of",
    "propose",
    "raise_legal_flag",
    "return_story",
    "show_again",
    "show_restored_again",
    "standing",
    "standing_hold",
    "story_unpublished",
    "take_back",
    "take_hand_in_back",
    "taking_back",
    "unconfirmed_among",
    "unconfirmed_in",
    "who_could_look",
    "writers_of",
]
