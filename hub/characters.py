"""Which characters may a text hold that people are to read? Those that somebody can see, or that a script needs.

Takes out what nobody sees: control characters, half characters, zero-width signs, forced directions, towers of accents.
Leaves every script, emoji and flag whole. Used when words come in, never when they are read: people agree to words.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

NEW_LINES = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
MARKS_OF_ALL_SCRIPTS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
MOST_MARKS = {"of all scripts": 4, "of one script": 8}
# Scripts whose letters never need to be told whether to join.
NEVER_JOINED = {"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARMENIAN", "GEORGIAN", "CJK", "HANGUL", "HIRAGANA", "KATAKANA"}
WITHOUT_SPACES = {"THAI", "LAO", "KHMER", "MYANMAR"}
JOINER, NON_JOINER, ZERO_SPACE, EMOJI_LOOK, BRAILLE_BLANK = "\u200d", "\u200c", "\u200b", "\ufe0f", "\u2800"
HANGUL_FILLERS = "\u115f\u1160"
ISOLATES, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
EMBEDDINGS = {"\u202a": "\u2066", "\u202b": "\u2067"}  # the old sign, and the one that does no harm to what follows
OVERRIDES, END_OF_EMBEDDING = "\u202d\u202e", "\u202c"
FLAG_OF_A_COUNTRY = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{4,6}\U000e007f")
# Only a text with one of these, or with an accent apart from its letter, needs a closer look.
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\u2800\u3164\ud800-\udfff\ufdd0-\ufdef"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]|[\r\n\t]|[^\x00-\uffff]"
)
NEVER_SEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u17b4\u17b5\u2060-\u2065\u206a-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff9-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
TAG = re.compile(r"(<[^<>]*>)")
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")


def readable(text: str) -> str:
    """`text` with line breaks, and nothing in it that no reader can see. The same text when that is so already."""
    return _clean(text, line_break="\n")


def one_line(text: str) -> str:
    """The same, as one line: a title, a name, what goes into the head of a mail."""
    clean = _clean(text, line_break=" ")
    if any(sign in clean for sign in "\r\n\t"):
        lines = [line.strip(" ") for line in re.split(r"[\r\n\t]+", clean)]
        clean = " ".join(lines)
    return clean.strip() if clean != text else text


def readable_html(text: str) -> str:
    """The same for rich text: also what is written as a reference, and never across a tag."""
    if any(_is_unseen(reference) for reference in REFERENCE.findall(text)):
        text = REFERENCE.sub(_as_character, text)
    return "".join(part if part.startswith("<") else _composed(part) for part in TAG.split(_without_unseen(text, "\n")))


def _clean(text: str, *, line_break: str) -> str:
    if text.isascii() and not SUSPECT.search(text):
        return text
    return _composed(_without_unseen(text, line_break))


def _composed(text: str) -> str:
    """Letters with their accents as one sign where there is one, and no tower of accents on any."""
    return _without_towers(unicodedata.normalize("NFC", text))


def _without_unseen(text: str, line_break: str) -> str:
    if not SUSPECT.search(text):
        return text
    if re.search("[\ud800-\udfff]", text):  # two halves make a whole again; a half alone is nothing
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    text = re.sub(f"[{NEW_LINES}]", line_break, text)
    text = NEVER_SEEN.sub("", _without_nonsense(text))
    return "".join(_one_by_one(_with_directions(text)))


def _without_nonsense(text: str) -> str:
    """Without the last two signs of each plane, which are none, and without a return in the middle of a line."""
    if any(ord(letter) & 0xFFFE == 0xFFFE for letter in text if letter > "\uffff"):
        text = "".join(letter for letter in text if ord(letter) & 0xFFFE != 0xFFFE)
    return re.sub("\r(?!\n)", "\n", text)


def _with_directions(text: str) -> str:
    """Directions stay where a script is written from right to left; forced ones, and those left open, never."""
    if not any(unicodedata.bidirectional(letter) in {"R", "AL"} and letter.isalpha() for letter in text):
        return re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return "\n".join(_balanced(line) for line in text.split("\n"))


def _balanced(line: str) -> str:
    """Each opening sign with its end. Those of the old kind become those that leave alone what stands after them."""
    kept, opened = list(line), list[tuple[int, str]]()
    for place, letter in enumerate(line):
        if letter in ISOLATES:
            opened.append((place, END_OF_ISOLATE))
        elif letter in EMBEDDINGS or letter in OVERRIDES:
            kept[place] = EMBEDDINGS.get(letter, "")
            opened.append((place, END_OF_EMBEDDING))
        elif letter in {END_OF_ISOLATE, END_OF_EMBEDDING}:
            start, end = opened.pop() if opened and opened[-1][1] == letter else (-1, "")
            kept[place] = END_OF_ISOLATE if end and kept[start] else ""
    for place, _ in opened:
        kept[place] = ""
    return "".join(kept)


def _one_by_one(text: str) -> Iterator[str]:
    """What may stay depends on what stands beside it: joiners, looks of an emoji, flags, spaces of no width."""
    flags = {place for found in FLAG_OF_A_COUNTRY.finditer(text) for place in range(*found.span())}
    before = ""
    for place, letter in enumerate(text):
        after = text[place + 1 : place + 2]
        if place in flags or _may_stay(letter, before, after):
            yield letter
            before = letter
        elif letter == BRAILLE_BLANK:
            yield " "
            before = " "


def _may_stay(letter: str, before: str, after: str) -> bool:
    number = ord(letter)
    if letter == JOINER:
        is_seen = after not in (BRAILLE_BLANK, EMOJI_LOOK)
        return (_is_emoji(before) and _is_emoji(after) and is_seen) or _is_joined(before)
    if letter == NON_JOINER:
        return _is_joined(before)
    if letter == ZERO_SPACE:
        return _script(before) in WITHOUT_SPACES and _script(after) in WITHOUT_SPACES
    if letter == BRAILLE_BLANK:
        return _is_of("BRAILLE", before) or _is_of("BRAILLE", after)
    if letter in HANGUL_FILLERS:
        return _is_of("HANGUL", before) or _is_of("HANGUL", after)
    if 0x180B <= number <= 0x180F:
        return _script(before) == "MONGOLIAN"
    if 0xFE00 <= number <= 0xFE0F:
        return _may_have_a_look(before, of_emoji=number >= 0xFE0E)
    if 0xE0100 <= number <= 0xE01EF:
        return _script(before) == "CJK" and unicodedata.category(before) == "Lo"
    return not 0xE0000 <= number <= 0xE0FFF


def _may_have_a_look(before: str, *, of_emoji: bool) -> bool:
    """Whether the sign before it comes in several forms, one of which is asked for here."""
    kind = unicodedata.category(before or " ")[0]
    if of_emoji:
        return before != EMOJI_LOOK and (_is_emoji(before) or kind in "NPS")
    return kind in "LS" and _script(before) not in {"LATIN", "GREEK", "CYRILLIC"}


def _is_emoji(letter: str) -> bool:
    """Also one that is newer than this Python knows."""
    return bool(letter) and (
        letter in {EMOJI_LOOK, "\u2139"}
        or "\U0001f000" <= letter <= "\U0001fbff"
        or unicodedata.category(letter) in {"So", "Sm"}
    )


def _is_of(script: str, letter: str) -> bool:
    """Whether it is a sign of this script that somebody sees."""
    return _script(letter) == script and letter not in HANGUL_FILLERS + BRAILLE_BLANK


def _is_joined(letter: str) -> bool:
    """A letter, or a sign on one, of a script that joins its letters."""
    script = _script(letter)
    return bool(script) and unicodedata.category(letter)[0] in "LM" and script not in NEVER_JOINED


def _script(letter: str) -> str:
    """The first word of its name, which is its script for every letter: ARABIC, LATIN, DEVANAGARI."""
    return unicodedata.name(letter, "").partition(" ")[0].removesuffix("-") if letter else ""


def _without_towers(text: str) -> str:
    """At most four accents on a letter; eight where a script has its own. A language needs fewer."""
    if not any(unicodedata.category(letter) in {"Mn", "Me"} for letter in text):
        return text
    kept: list[str] = []
    marks = dict.fromkeys(MOST_MARKS, 0)
    for letter in text:
        if unicodedata.category(letter) not in {"Mn", "Me"} or "\ufe00" <= letter <= "\ufe0f":
            marks = dict.fromkeys(MOST_MARKS, 0)
            kept.append(letter)
            continue
        kind = "of all scripts" if any(a <= ord(letter) <= z for a, z in MARKS_OF_ALL_SCRIPTS) else "of one script"
        marks[kind] += 1
        if marks[kind] <= MOST_MARKS[kind]:
            kept.append(letter)
    return "".join(kept)


def _is_unseen(reference: str) -> bool:
    """Whether “&#8203;” or “&shy;” stands for what nobody sees. Some stand for nothing at all."""
    meant = html.unescape(reference)
    return not meant or (meant not in {"\r", "\n", "\t"} and meant < "\U00010000" and bool(SUSPECT.fullmatch(meant)))


def _as_character(reference: re.Match[str]) -> str:
    """Itself, so that it stands beside its neighbours; what mark-up is made of stays a reference."""
    meant = html.unescape(reference[0])
    return reference[0] if meant.isascii() and meant else meant
