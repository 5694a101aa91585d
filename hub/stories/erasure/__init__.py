"""What goes: every place that keeps a word of a story, and proof that none is left."""

from hub.stories.erasure import without_them
from hub.stories.erasure.check import verify
from hub.stories.erasure.receipt import as_text
from hub.stories.erasure.steps import STEPS, CannotErase, check_may_erase, delete_old_proofs, erase, go_on_erasing
from hub.stories.erasure.without_them import WORDS, Remaining, as_story

__all__ = [
    "STEPS",
    "WORDS",
    "CannotErase",
    "Remaining",
    "as_story",
    "as_text",
    "check_may_erase",
    "delete_old_proofs",
    "erase",
    "go_on_erasing",
    "verify",
    "without_them",
]
