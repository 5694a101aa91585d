"""What may somebody have meant who typed a word that no page has? Words that public pages use, and those on our lists.

Offers no word of a story: the table it asks holds none (hub/pages/serving/search_index.py). And whether a page has a
word is asked of public pages alone: “did you mean” would tell, word by word, what stands in a story that has lapsed.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from hub.nearness import cost, pieces_to_look_for
from hub.pages.models import HubPage, SearchWord
from hub.spelling import spelled

MOST_CANDIDATES = 400
SHORTEST_PART = 3
UNKNOWN = """
    SELECT typed FROM unnest(%s::text[], %s::text[]) AS words (typed, spelled)
    WHERE numnode(plainto_tsquery('english', spelled)) > 0
        AND NOT EXISTS (SELECT FROM pages_searchentry WHERE vector @@ plainto_tsquery('english', spelled)
            AND page_id IN ({public}))
"""
CANDIDATES = """
    SELECT word FROM pages_searchword WHERE pieces && %(pieces)s::varchar[]
        AND length(word) BETWEEN %(shortest)s AND %(longest)s
    ORDER BY (SELECT count(*) FROM unnest(pieces) piece WHERE piece = ANY (%(pieces)s)) DESC, word LIMIT %(most)s
"""


def put_right(words: list[str], known: Collection[str]) -> list[str]:
    """`words` with each that no page has replaced by the nearest that one has; the same list when there is none."""
    strange = unknown(words)
    return [part for word in words for part in (nearest(word, known) if word in strange else [word])]


def unknown(words: list[str]) -> set[str]:
    """Those of `words` that no page has. Words like “the” count as known."""
    public, values = HubPage.objects.live().order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN.format(public=public), [words, [spelled(word) for word in words], *values])
        return {typed for (typed,) in cursor.fetchall()}


def nearest(word: str, known: Collection[str]) -> list[str]:
    """The word or the two words that `word` may have been meant for; itself when nothing is near enough."""
    used = [*_used_words_like(word), *known]
    near = [(far, other) for other in used if other != word and (far := cost(word, other)) is not None]
    if near:
        return [min(near)[1]]
    return _apart(word) or [word]


def _used_words_like(word: str) -> Iterable[str]:
    with connection.cursor() as cursor:
        wanted: dict[str, Any] = {"pieces": pieces_to_look_for(word), "most": MOST_CANDIDATES}
        cursor.execute(CANDIDATES, {**wanted, "shortest": len(word) - 3, "longest": len(word) + 3})
        return [found for (found,) in cursor.fetchall()]


def _apart(word: str) -> list[str]:
    """Two words that were written as one: “waitingroom”."""
    splits = [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    parts = {part for split in splits for part in split}
    used = set(SearchWord.objects.filter(word__in=parts).values_list("word", flat=True)) if parts else set()
    return next((list(split) for split in splits if used.issuperset(split)), [])
