"""Is this only a slip of the pen, so that a moderator may carry a yes over without asking again?

A closed world: what may change is said here, and whatever is not said here needs a new yes (CONSENT.md section 2).
Four things may: a word misspelt (slips.py), a comma, semicolon or full stop between plain words or at the end, spaces,
and the capital at the beginning of a sentence in a word that nobody is called. Every word stays, in its place, and so
does every other sign: digits, quotation marks, dashes, currency, bold type, lists. A yes from here decides nothing: a
moderator reads the difference and does.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import NamedTuple

from hub.stories.review.difference import Change, Passage
from hub.stories.review.slips import NEGATIONS, NEVER_A_NAME, NUMBERS, may_be_a_slip

MAY_BE_CORRECTED = {"Title", "Summary", "Text", "Heading", "Lines for search engines", "Title for search engines"}
RICH_TEXT = "Text"
BLOCKS = re.compile(r"</?(p|li|ul|ol|h[1-6])\b")

SPACE = re.compile(r"[ \t\r\n]+")
PIECE = re.compile(r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<gap>[ \t\r\n.,;]+)|(?P<sign>.)", re.DOTALL)
CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
MARKS = {"", ".", ",", ";", "..", ",,"}
FREE_BEFORE = re.compile(r"(?:^|[ \t\r\n,;])[(\[“‘\"']*$")
FREE_AFTER = re.compile(r"[.,;:!?)\]”’\"'…]*(?:$|[ \t\r\n])|[,;]")
ENDS_A_SENTENCE = re.compile(r"[.!?][”’\"')\]]*[ \t\r\n]+$")
I_SMALL = {"i", "i'm", "i've", "i'd", "i'll"}


class Run(NamedTuple):
    """Words between two tags. `opens` and `closes`: whether a paragraph or the like begins before and ends after."""

    text: str
    opens: bool
    closes: bool


class Solid(NamedTuple):
    """A word or a sign, where it stands in its run, and the spaces and marks before it."""

    text: str
    is_word: bool
    start: int
    end: int
    gap: str


def reasons_to_ask_again(changes: list[Change]) -> list[str]:
    """Why these changes need a new yes, each reason once; empty when they may be proposed as a small correction."""
    found = [reason for change in changes if (reason := _reason(change))]
    return list(dict.fromkeys(found))


def _reason(change: Change) -> str:
    name, before, after = change.name, change.before, change.after
    if name not in MAY_BE_CORRECTED:
        return f"{name}: a change here always needs a new yes."
    if before is None or after is None:
        return f"{name}: a whole passage was added or taken away."
    (tags, old), (tags_now, new) = _runs(before), _runs(after)
    if tags != tags_now:
        return f"{name}: paragraphs, lists or bold type were changed. That needs a new yes."
    for was, is_now in zip(old, new, strict=True):
        if not _is_small(was, is_now):
            return f"{name}: {_what_became_what(was.text, is_now.text)}. That is more than a slip of the pen."
    return ""


def _runs(passage: Passage) -> tuple[list[str], list[Run]]:
    """The tags of a passage, in order, and the words around them: one run more than there are tags."""
    reader = _Reader()
    if passage.name == RICH_TEXT:
        reader.feed(passage.exact)
        reader.close()
    else:
        reader.handle_data(passage.text)
    tags = reader.tags
    blocks = [True, *(bool(BLOCKS.match(tag)) for tag in tags), True]
    texts = [CURLY.sub("'", unicodedata.normalize("NFC", text)) for text in reader.texts]
    return tags, [Run(text, blocks[place], blocks[place + 1]) for place, text in enumerate(texts)]


class _Reader(HTMLParser):
    """Takes rich text apart. Wagtail's own names of paragraphs say nothing to a reader and are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(f"<{tag} {sorted((name, value or '') for name, value in attrs if name != 'data-block-key')}>")

    def handle_endtag(self, tag: str) -> None:
        self._tag(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self._tag(f"<!{data}>")

    def handle_decl(self, decl: str) -> None:
        self._tag(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self._tag(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self._tag(f"<?{data}>")

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data

    def _tag(self, tag: str) -> None:
        self.tags.append(tag)
        self.texts.append("")


def _is_small(was: Run, is_now: Run) -> bool:
    """Whether the same words and signs follow each other, and only what may change has changed."""
    (old, old_end), (new, new_end) = _solids(was.text), _solids(is_now.text)
    if [one.is_word or one.text for one in old] != [one.is_word or one.text for one in new]:
        return False
    if not all(_may_stand(one, other, was, is_now) for one, other in zip(old, new, strict=True) if one.is_word):
        return False
    pairs = [None, *zip(old, new, strict=True), None]
    gaps = [*((one.gap, other.gap) for one, other in zip(old, new, strict=True)), (old_end, new_end)]
    return all(_may_be_between(*gap, pairs[place], pairs[place + 1], was) for place, gap in enumerate(gaps))


def _solids(text: str) -> tuple[list[Solid], str]:
    """The words and signs of `text`, and the spaces and marks after the last of them."""
    found, gap = [], ""
    for piece in PIECE.finditer(text):
        if piece.lastgroup == "gap":
            gap = piece[0]
            continue
        found.append(Solid(piece[0], piece.lastgroup == "word", piece.start(), piece.end(), gap))
        gap = ""
    return found, gap


def _may_stand(one: Solid, other: Solid, was: Run, is_now: Run) -> bool:
    """Whether the word `other` may stand where `one` stood."""
    old, new = one.text, other.text
    if old == new:
        return True
    if not (_stands_free(one, was) and _stands_free(other, is_now)):
        return False
    if old.lower() != new.lower():
        return may_be_a_slip(old, new)
    before = is_now.text[: other.start]
    begins = bool(ENDS_A_SENTENCE.search(before)) or (is_now.opens and not before.strip())
    return new == old.capitalize() and (old in I_SMALL or (begins and old in NEVER_A_NAME))


def _stands_free(word: Solid, run: Run) -> bool:
    """Whether nothing is grown together with it: no hyphen, no digit, no address, no bold half of a word."""
    before = ("" if run.opens else "\0") + run.text[: word.start]
    after = run.text[word.end :] + ("" if run.closes else "\0")
    return bool(FREE_BEFORE.search(before) and FREE_AFTER.match(after))


Pair = tuple[Solid, Solid] | None


def _may_be_between(old: str, new: str, left: Pair, right: Pair, run: Run) -> bool:
    """Whether the spaces and marks `new` may stand where `old` stood, between the words or signs `left` and `right`."""
    old, new = SPACE.sub(" ", old), SPACE.sub(" ", new)
    if left is None and run.opens:
        old, new = old.lstrip(), new.lstrip()
    if right is None and run.closes:
        old, new = old.rstrip(), new.rstrip()
    if old == new:
        return True
    if left is None or (right is None and not run.closes):
        return False
    beside = [*left, *(right or ())]
    return (
        all(one.is_word and not _must_stay_as_marked(one.text) for one in beside)
        and not (right and _are_names(left[1].text, right[1].text))
        and all(_is_plain(gap, at_the_end=right is None) for gap in (old, new))
    )


def _must_stay_as_marked(word: str) -> bool:
    """Beside a no or a number a comma turns the sense round: “Don't, stop”, “twenty, three”."""
    return word.lower() in NEGATIONS | NUMBERS or word.lower().endswith(("n't", "nae"))


def _are_names(left: str, right: str) -> bool:
    """Whether both may be names: “Ann Marie” is one person, and “Ann, Marie” are two."""
    return left[0].isupper() and right[0].isupper() and right.lower() not in NEVER_A_NAME


def _is_plain(gap: str, *, at_the_end: bool) -> bool:
    """One comma, semicolon or full stop, or none. After a full stop there is a space: else it belongs to an address."""
    marks = gap.replace(" ", "")
    return marks in MARKS and ("." not in marks or at_the_end or gap.endswith(" "))


def _what_became_what(was: str, is_now: str) -> str:
    """The first words that differ, for the sentence that says so."""
    old, new = was.split(), is_now.split()
    codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    i, j, k, m = next(((i, j, k, m) for tag, i, j, k, m in codes if tag != "equal"), (0, 0, 0, 0))
    return f"“{' '.join(old[i:j]) or 'nothing'}” became “{' '.join(new[k:m]) or 'nothing'}”"
