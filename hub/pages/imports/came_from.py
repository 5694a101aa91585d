"""Did this page come in before? Where each came from is kept with it: a second time it is noticed, and left alone."""

import hashlib

from hub.pages.models import CameFrom, HubPage


def here_already(origin: str, *, below: HubPage | None = None) -> HubPage | None:
    """The page that came from there, if it is still here; with `below`, only among the pages of that section."""
    found = CameFrom.objects.filter(origin=_kept(origin)).select_related("page")
    pages = [one.page for one in found if below is None or one.page.is_descendant_of(below)]
    return pages[0] if pages else None


def note_where_from(page: HubPage, origin: str) -> None:
    CameFrom.objects.create(page=page, origin=_kept(origin))


def _kept(origin: str) -> str:
    """By which it is known again. An address can hold a name, so no address is kept."""
    return hashlib.sha256(origin.encode()).hexdigest()
