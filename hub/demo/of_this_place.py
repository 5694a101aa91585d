"""What is the demo's partnership called, what law holds there, whom can people phone, and what do they search for?"""

from typing import Any

from django.contrib.auth.models import User

from hub.demo.content import Content
from hub.pages.models import HelpLine, HubPage, SearchBestBet, SearchSynonyms
from hub.partners.law import law_now
from hub.partners.models import Partnership
from hub.stories.consent import choose_law


def name_the_partnership(words: dict[str, Any]) -> None:
    row, _ = Partnership.objects.update_or_create(pk=Partnership.load().pk, defaults=words)
    row.full_clean()


def work_under_the_law(place: str, *, by: User) -> None:
    """Before any page is made: pages say the law's numbers."""
    now = law_now()
    if now is None or now.code != place:
        choose_law(place, by=by)


def add_help_lines(content: Content) -> None:
    """Those of the place, after what every Hub begins with."""
    for order, line in enumerate(content.read("help_lines.toml")["help_line"], start=HelpLine.objects.count() + 1):
        HelpLine.objects.create(**line, sort_order=order * 10)


def teach_the_search(content: Content, links: dict[str, int]) -> None:
    """Words that mean the same here, and what comes first for which words: a page is named by its address there."""
    words = content.read("search.toml")
    for same in words["same"]:
        SearchSynonyms.objects.create(**same)
    for bet in words["bet"]:
        row = SearchBestBet(words=bet["words"], address=HubPage.objects.get(pk=links[bet["page"]]).url)
        row.full_clean()
        row.save()
