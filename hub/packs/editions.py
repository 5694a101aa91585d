"""Which words are in this pack, to the letter? A digest of each part, and a short code for all of them on every page.

A story's digest is under the story's own key: after erasure it matches nothing that anybody could hold.
"""

import hashlib
from collections.abc import Iterable

from hub.packs.rich_words import Block
from hub.packs.sections import Section
from hub.stories.content_hash import canonical
from hub.stories.family import LETTERS
from hub.stories.ledger import keyed_hash
from hub.stories.models import StoryPage

CODE_LENGTH = 8  # 26 ** 8 is 37 bits, and nothing but page numbers is behind one
HELP = 0
"""The number of the part that lists help lines: no page has it."""


def digest_of_story(story: StoryPage) -> str:
    """Of the words and pictures that everybody agreed to."""
    return keyed_hash(story.pk, story.content_hash())


def digest_of(sections: Iterable[Section]) -> str:
    """Of what is printed of a page that holds nobody's story. The day somebody checked it makes no difference."""
    return _sha256([[section.title, section.level, section.blocks] for section in sections])


def digest_of_help(lines: list[Block]) -> str:
    return _sha256(lines)


def code_for(parts: Iterable[tuple[int, str]], how: list[object]) -> str:
    """The code of a pack with these parts, made like this: “K7PQ-3XMD”. Another word anywhere is another code."""
    number = int(_sha256([how, [list(part) for part in parts]]), 16)
    letters = ""
    for _ in range(CODE_LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return f"{letters[:4]}-{letters[4:]}"


def code_as_typed(text: str) -> str:
    """The code that somebody means who types or says it in some way."""
    letters = "".join(sign for sign in text.upper() if sign.isalnum())[:CODE_LENGTH]
    return f"{letters[:4]}-{letters[4:]}"


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()
