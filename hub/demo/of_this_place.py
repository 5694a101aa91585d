"""What is the demo's partnership called, whom can people there phone, and what do they search for?"""

from typing import Any

from hub.demo import content
from hub.pages.models import HelpLine, HubPage, SearchBestBet, SearchSynonyms
from hub.partners.models import Partnership


def name_the_partnership(words: dict[str, Any]) -> None:
    row, _ = Partnership.objects.update_or_create(pk=Partnership.load().pk, defaults=words)
    row.full_clean()


def add_help_lines() -> None:
    """Those of the place, after what every Hub begins with."""
    for order, line in enumerate(content.read("help_lines.toml")["help_line"], start=HelpLine.objects.count() + 1):
        HelpLine.objects.create(**line, sort_order=order * 10)


def teach_the_search(links: dict[str, int]) -> None:
    """Words that mean the same here, and what comes first for which words: a page is named by its address there."""
    words = content.read("search.toml")
    for same in words["same"]:
        SearchSynonyms.objects.create(**same)
    for bet in words["bet"]:
        row = SearchBestBet(words=bet["words"], address=HubPage.objects.get(pk=links[bet["page"]]).url)
        row.full_clean()
        row.save()
