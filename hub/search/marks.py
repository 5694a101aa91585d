"""Which piece of a page shows that it is the right one, and which of its words were looked for? Marked in the text.

Shows pieces of pages that hold no story only: the index keeps the text of no other (hub/pages/serving/search_index.py).
"""

from collections.abc import Collection
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hub.search.known import Known
from hub.search.phrases import without_little
from hub.search.query import said_in_other_ways
from hub.spelling import WORD, stem, words_in

BEFORE, LENGTH = 60, 190


def looked_for(words: list[str], known: Known) -> frozenset[str]:
    """The stems of the words that count as found: those typed, and single words that mean the same.

    Little words count only when nothing else was typed.
    """
    others = (phrase for group in said_in_other_ways(words, known) for phrase in group)
    found = {*words, *(word for phrase in others if len(words_in(phrase)) == 1 for word in words_in(phrase))}
    return frozenset(stem(word) for word in without_little(sorted(found)))


def marked(text: str, stems: Collection[str]) -> SafeString:
    """`text` with each word that was looked for in a <mark>."""
    pieces, at = [], 0
    for match in WORD.finditer(text):
        if _stem_of(match[0]) in stems:
            pieces += [(text[at : match.start()], match[0])]
            at = match.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])


def piece_of(text: str, stems: Collection[str]) -> SafeString | None:
    """The first sentence or so of `text` in which most of the words stand; None when it has none of them."""
    hits = [match.start() for match in WORD.finditer(text) if _stem_of(match[0]) in stems]
    if not hits:
        return None
    best = max(hits, key=lambda start: (sum(start <= hit < start + LENGTH - BEFORE for hit in hits), -start))
    line = text.rfind("\n", 0, best) + 1
    begin = max(line, best - BEFORE)
    if begin > line:
        begin = text.find(" ", begin, best) + 1 or begin
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), best + 1)
    piece = " · ".join(" ".join(line.split()) for line in text[begin:end].splitlines() if line.strip())
    return format_html("{}{}{}", "… " if begin > line else "", marked(piece, stems), " …" if end < len(text) else "")


@lru_cache(maxsize=20_000)  # a result holds a thousand words, and most are the same few
def _stem_of(word: str) -> str:
    bare = words_in(word)
    return stem(bare[0]) if bare else ""
