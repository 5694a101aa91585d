"""Where does a page stand now that stood at this address? A page that moves, or whose section is renamed, leaves word.

For a story none: its address answers as one that never was. Refuses to lead anywhere that is not public at this moment,
and round in a circle: an address at which a page stands leads nowhere else, and what a person writes down is followed
to its end before it is kept (`leads_round`).
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from wagtail.contrib.redirects.models import Redirect

from hub.pages import pieces
from hub.pages.models import HubPage
from hub.pages.serving.site_address import home_path
from hub.pages.visibility import exempt_types

MOST_STEPS = 10  # that an address may lead on; more is a mistake
MOST_KNOWN = 5_000  # old addresses that a process knows by heart; of more each is asked for


def slug_changed(*, instance: Any, instance_before: Any, **signal: Any) -> None:
    """When it is published under another address."""
    leave_word(instance, before=instance_before.url_path)


def page_moved(*, instance: Any, url_path_before: str, **signal: Any) -> None:
    leave_word(instance, before=url_path_before)


@transaction.atomic
def leave_word(page: Any, *, before: str) -> int:
    """Notes where the public pages at and below `page` stood, which stood at `before`. Returns how many."""
    after = HubPage.objects.values_list("url_path", flat=True).get(pk=page.pk)
    if after == before:
        return 0
    pages = HubPage.objects.descendant_of(page, inclusive=True).filter(content_type__in=exempt_types()).live()
    moved = {
        _address(before + url_path.removeprefix(after)): pk for pk, url_path in pages.values_list("pk", "url_path")
    }
    standing_at = [_address(url_path) for url_path in pages.values_list("url_path", flat=True)]
    Redirect.objects.filter(old_path__in=[*moved, *standing_at]).delete()
    rows = [Redirect(old_path=old, redirect_page_id=pk, automatically_created=True) for old, pk in moved.items()]
    return len(Redirect.objects.bulk_create(rows))


def moved_to(request: HttpRequest) -> str:
    """The address to go on to, for a reader who found nothing; empty when there is none, or none that is public."""
    path = "" if "\0" in request.path else str(Redirect.normalise_path(request.path))
    known = pieces.kept("old addresses", _old_addresses) if path else frozenset()
    return _end_of(path) if known is None or path in known else ""


def leads_round(old_path: str, link: str) -> bool:
    """Whether an address that leads to `link` would lead back to itself, or on for ever."""
    start = Redirect.normalise_path(old_path)
    return _followed(start, Redirect(old_path=start, redirect_link=link)) is None


def stands_there(old_path: str) -> bool:
    """Whether a page, public or not, stands at this address: then nothing leads away from it."""
    return HubPage.objects.filter(url_path=f"{home_path().rstrip('/')}{Redirect.normalise_path(old_path)}/").exists()


def _old_addresses() -> frozenset[str] | None:
    """Every address that leads on; None when there are too many to know."""
    found = frozenset(Redirect.objects.order_by().values_list("old_path", flat=True)[: MOST_KNOWN + 1])
    return found if len(found) <= MOST_KNOWN else None


def _end_of(path: str) -> str:
    first = _row_at(path)
    last = _followed(path, first) if first else None
    if last is None:
        return ""
    if last.redirect_page_id:
        public = HubPage.objects.filter(pk=last.redirect_page_id, content_type__in=exempt_types()).live().first()
        return str(public.get_url() or "") if public else ""
    return str(last.redirect_link)


def _followed(start: str, row: Any) -> Any:
    """The last of the rows that lead on from `row`; None when they lead back to `start`, or never end."""
    for _ in range(MOST_STEPS):
        path = "" if row.redirect_page_id else _path_in_the_hub(row.redirect_link)
        if path == start:
            return None
        onward = _row_at(path)
        if onward is None:
            return row
        row = onward
    return None


def _row_at(path: str) -> Any:
    return Redirect.objects.filter(old_path=path).order_by("pk").first() if path else None


def _path_in_the_hub(link: str) -> str:
    """The address within the Hub that `link` leads to; empty when it leads elsewhere."""
    there, ours = urlsplit(link), urlsplit(settings.HUB_ADDRESS)
    return Redirect.normalise_path(there.path) if there.netloc in {"", ours.netloc} and there.path else ""


def _address(url_path: str) -> str:
    """What a browser asks for, as the table has it."""
    return str(Redirect.normalise_path("/" + url_path.removeprefix(home_path())))
