"""Where may a link of a Word file lead? To the web, a mail address or a telephone; anything else is plain text."""

import re

from hub.pages.imports import sentences as say
from hub.pages.imports.telling import Telling

GOOD = re.compile(r"(https?://[^\s/]|mailto:\S|tel:\S)", re.IGNORECASE)
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:(?!\\)", re.IGNORECASE)


def address(target: str, place: str, telling: Telling) -> str:
    """The address if a page may link to it, otherwise nothing, and a sentence why."""
    target = target.strip()
    if GOOD.match(target):
        return f"{target}#{place}" if place and "#" not in target else target
    if not target:
        telling.lose(say.LINK_INSIDE if place else say.LINK_NO_ADDRESS)
    elif OTHER_SCHEME.match(target) and not target.lower().startswith("file:"):
        telling.lose(say.LINK_NO_ADDRESS)
    elif target.startswith("#"):
        telling.lose(say.LINK_INSIDE)
    else:
        telling.lose(say.LINK_ON_A_COMPUTER)
    return ""
