"""Keeps the public search's words equal to what is public. Holds no word of a page that is not.

Two tables: an entry for each public page, and the words that pages without a story use. The entry of a story goes with
its light, by a trigger; its words are in no other table, so there is nothing else to take back.
"""

from typing import Any

from django.db import connection

from hub.left_out import each
from hub.nearness import pieces
from hub.pages.models import HubPage, SearchEntry, SearchWord
from hub.spelling import for_comparing, words_in

KINDS = ("module", "activity", "guidance", "story", "section", "info", "translation")
OTHER_LANGUAGES = frozenset({"translation"})  # no English word is a slip of theirs
WITHOUT_A_STORY = frozenset(KINDS) - {"story"}
SHORTEST_WORD, LONGEST_WORD = 3, 40
UNUSED = """
    DELETE FROM pages_searchword w WHERE numnode(plainto_tsquery('english', word)) > 0
        AND NOT EXISTS (SELECT FROM pages_searchentry e WHERE e.vector @@ plainto_tsquery('english', w.word))
"""


def refresh(page: Any) -> None:
    """Writes the words of `page` if the public may read it now, and removes them if not."""
    specific = page.specific
    if specific.kind in KINDS and HubPage.objects.filter(pk=page.pk).live().exists():
        _write(specific)
    else:
        SearchEntry.objects.filter(page_id=page.pk).delete()


def _write(page: Any) -> None:
    may_be_quoted = page.kind in WITHOUT_A_STORY
    text = page.plain_text()
    SearchEntry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "title": for_comparing(page.title),
            "names": for_comparing(" ".join(page.other_names)),
            "summary": for_comparing(page.summary),
            "words": for_comparing(text),
            "text": text if may_be_quoted else "",
            "dictionary": page.dictionary,
        },
    )
    if may_be_quoted and page.kind not in OTHER_LANGUAGES:
        _remember(f"{page.title} {page.summary} {text}")


def _remember(text: str) -> None:
    """Adds the words of `text` to those that a slip of the finger may have meant."""
    words = {word for word in words_in(text) if word.isalpha() and SHORTEST_WORD <= len(word) <= LONGEST_WORD}
    rows = [SearchWord(word=word, pieces=pieces(word)) for word in sorted(words)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def put_right(now: Any = None) -> int:
    """Adds public pages that the search does not know, and takes out what is not public. Returns how many."""
    public = HubPage.objects.live()
    gone, _ = SearchEntry.objects.exclude(page__in=public).delete()
    missing = public.exclude(pk__in=SearchEntry.objects.values("page")).specific()
    found = list(each((page for page in missing if page.kind in KINDS), _write, of="the search"))
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(UNUSED)
    return gone + len(found)


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Signal receiver: a page was published or unpublished."""
    refresh(instance)


def after_an_upgrade(**signal: Any) -> list[str]:
    """What provisioning asks: the search knows every public page. Returns a sentence when it did not."""
    changed = put_right()
    return [f"Put {changed} pages right in the search."] if changed else []
