"""What has to be said of one page of WordPress's, each thing once; and which of its words are accounted for."""

import re
from dataclasses import dataclass, field

import nh3

from hub.pages.imports.elements import Fate
from hub.pages.imports.wordpress.table import Row

MOST_SAID = 60
BLOCK = re.compile(
    r"<(/?(?:p|div|ul|ol|li|h[1-6]|blockquote|table|t[rdh]|figure|figcaption|section|article|hr|pre|dl|d[td]|details|summary"
    r"|br|cite|caption|option|button|iframe|img)\b)",
    re.IGNORECASE,
)


@dataclass
class Telling:
    """`shared` is what stands on the page and comes from elsewhere in the file."""

    said: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        if sentence and sentence not in self.said and len(self.said) < MOST_SAID:
            self.said.append(sentence)

    def row(self, row: Row) -> None:
        if row.fate in {Fate.CHANGED, Fate.LEFT_OUT}:
            self.say(row.says)


def words_of(html: str) -> str:
    """What somebody sees of a piece of HTML, as plain text."""
    clean = nh3.clean(BLOCK.sub(r" <\1", html), tags=set(), link_rel=None)
    for sign, name in (("<", "&lt;"), (">", "&gt;"), ("\u00a0", "&nbsp;"), ("&", "&amp;")):
        clean = clean.replace(name, sign)
    return clean
