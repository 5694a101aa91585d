"""What was said, line by line: written in one place, only ever added to, and compared with what stands beside it."""

from hub.stories.ledger import journal, story_key
from hub.stories.ledger.ending import cancel_schedule, end_answers, supersede
from hub.stories.ledger.journal import Line, as_text, is_said, key_of, replayed
from hub.stories.ledger.lines import first_broken_link, head, write, write_of_person, write_of_story
from hub.stories.ledger.story_key import keyed_hash
from hub.stories.ledger.verbs import verb
from hub.stories.ledger.verifying import differences, lines_the_ledger_lost

__all__ = [
    "Line",
    "as_text",
    "cancel_schedule",
    "differences",
    "end_answers",
    "first_broken_link",
    "head",
    "is_said",
    "journal",
    "key_of",
    "keyed_hash",
    "lines_the_ledger_lost",
    "replayed",
    "story_key",
    "supersede",
    "verb",
    "write",
    "write_of_person",
    "write_of_story",
]
