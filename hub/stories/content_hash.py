"""Which exact words and pictures did people agree to?

One fingerprint for everything a reader can see of a story. It does not notice how much blank space stands between
two words or how an accent is encoded; it notices everything else, and refuses what it cannot write down exactly.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

VERSION = 1
"""Changing anything about the canonical form makes every consent OUTDATED: raise this, and plan it."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLANK = re.compile(r"[ \t\n\r\f\u00a0\u2000-\u200a\u202f\u205f\u3000]+")  # blank to the eye; U+1680 is a dash
_MARKUP = re.compile(r"([<>&;])")


def content_hash(content: Mapping[str, object], media: Iterable[str]) -> str:
    """The SHA-256, in lower-case hex, of a story's visible content and its original media files.

    `media` is the SHA-256 of each file; their order, and naming one twice, make no difference, so
    `content` itself must say which file stands where. Raises as `canonical` does, and ValueError for
    a medium that is not a SHA-256 in lower-case hex.
    """
    files = sorted(set(media))
    for file in files:
        if not _SHA256.fullmatch(file):
            raise ValueError(f"{file!r} is not a SHA-256. Give 64 lower-case hexadecimal digits per file.")
    text = canonical({"version": VERSION, "content": content, "media": files})
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    """The one JSON text of `value`: two values have the same text only if a reader sees the same.

    Takes mappings with text keys, lists, tuples (as lists), text, whole numbers, booleans, None, dates
    (as their ISO text) and times with a zone (in UTC). Text is in Unicode NFC between the signs of
    markup, never across one, without blank space at its ends and with one space for any run inside.
    TypeError for anything else, such as a float, a set or bytes; ValueError for a time without a zone,
    half a character, or two keys that fold into one.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case str():
            return _text(value)
        case datetime():
            if value.utcoffset() is None:
                raise ValueError(f"{value!r} has no time zone. Give every time with its time zone.")
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return _plain_mapping(value)
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"A {type(value).__name__} has no one exact text. Turn it into text first.")


def _plain_mapping(value: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"The key {key!r} is a {type(key).__name__}. Every key must be text.")
        name = _text(key)
        if name in plain:
            raise ValueError(f"Two keys are both {name!r} once folded. Give them different names.")
        plain[name] = _plain(item)
    return plain


def _text(text: str) -> str:
    """`text` in NFC with blank space folded; ValueError (UnicodeEncodeError) for a lone surrogate."""
    text.encode()
    if not unicodedata.is_normalized("NFC", text):  # nearly all text is, and then each of its pieces is, too
        text = "".join(map(_composed, _MARKUP.split(text)))
    return _BLANK.sub(" ", text).strip(" ")


def _composed(piece: str) -> str:
    """A piece between two signs of markup in NFC, unless that would make such a sign or reach across one."""
    composed = unicodedata.normalize("NFC", piece)
    if _MARKUP.search(composed) and not _MARKUP.search(piece):
        return piece
    return composed
