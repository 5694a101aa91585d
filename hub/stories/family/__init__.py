"""Their own pages: what somebody without an account is asked, sees and keeps."""

from hub.stories.family import asking, farewell, links
from hub.stories.family.asking import categories_in_words, forget_what_was_typed
from hub.stories.family.in_their_language import name_of, translated
from hub.stories.family.links import LETTERS
from hub.stories.family.may_be_asked import CannotAsk, taken_back, tellers_to_wait_for
from hub.stories.family.views.private import show
from hub.stories.family.words_kept_as_data import words_kept_as_data

__all__ = [
    "LETTERS",
    "CannotAsk",
    "asking",
    "categories_in_words",
    "farewell",
    "forget_what_was_typed",
    "links",
    "name_of",
    "show",
    "taken_back",
    "tellers_to_wait_for",
    "translated",
    "words_kept_as_data",
]
