"""What could somebody be about to type? Titles of public pages that hold no story, so that none is ever hinted at."""

from django.contrib.postgres.search import SearchQuery
from wagtail.models import Site

from hub.search.known import titles_to_offer
from hub.spelling import spelled, words_in

MOST = 8


def suggestions(typed: str, site: Site | None) -> list[str]:
    """Titles with a word that begins like the last one typed, and all words before it; none without a word."""
    words = words_in(typed)
    if not words:
        return []
    lexemes = [f"'{spelled(word)}':A" for word in words[:-1]] + [f"'{words[-1]}':*A"]
    query = SearchQuery(" & ".join(lexemes), search_type="raw", config="simple")
    titles = titles_to_offer(site).filter(search_entry__vector=query).values_list("title", "content_type__model")
    return list(dict.fromkeys(title for title, _ in titles[:MOST]))
