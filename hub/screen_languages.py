"""In which languages do the Hub's own words stand, and in which is this answer? English, and each that has a catalogue.

A catalogue is locale/<code>/LC_MESSAGES/django.mo. What nobody has translated is said in English. No cookie and no
header of a browser chooses: the link that somebody holds does, or the page they read. To add one: docs/running.md.
"""

from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from hub.languages_offered import OWN_NAMES

ENGLISH = "en-GB"
UNCHECKED = frozenset({"gd"})
"""In which nobody who speaks them has read the Hub's own words yet. Their pages say so."""
IN_ENGLISH = ""
"""What is kept of somebody who is spoken to in English."""


def others() -> dict[str, str]:
    """Each language but English in which the screens speak, and what it calls itself, in the order of the setting."""
    return {code: OWN_NAMES.get(code, name) for code, name in settings.LANGUAGES if _has_catalogue(code)}


def known(code: str) -> str:
    """`code` if the screens speak it; otherwise `IN_ENGLISH`."""
    return code if code in others() else IN_ENGLISH


def asked_for(request: HttpRequest, otherwise: str = IN_ENGLISH) -> str:
    """What somebody chose who holds no link: it stands in the address, `?language=gd`."""
    return known(request.GET["language"]) if "language" in request.GET else otherwise


def spoken(code: str) -> translation.override:
    """Inside this block words and days are in that language; after it as before, whatever happens."""
    return translation.override(known(code) or settings.LANGUAGE_CODE)


def as_asked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Makes a view of a page that is written in no language of its own speak the one in its address."""

    @wraps(view)
    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with spoken(asked_for(request)):
            return view(request, *args, **kwargs)

    return speaking


def spoken_now() -> str:
    return known(translation.get_language() or IN_ENGLISH)


def lang_now() -> str:
    """The same as HTML and PDF call it."""
    return spoken_now() or ENGLISH


def to_choose() -> list[tuple[str, str, str]]:
    """(code, what HTML calls it, its own name) of each language but that of now; none in a Hub in English alone."""
    every = [(settings.LANGUAGE_CODE, ENGLISH, "English"), *((code, code, name) for code, name in others().items())]
    return [one for one in every if one[1] != lang_now()]


def languages_to_choose() -> dict[str, object]:
    """What a page needs on which somebody chooses without a link: templates/stories/private/languages.html."""
    return {"screen_languages": to_choose(), "spoken": spoken_now()}


def in_this_language(address: str) -> str:
    """An address of ours that goes on in the language of now."""
    return f"{address}{'&' if '?' in address else '?'}language={spoken_now()}" if spoken_now() else address


def in_words(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, str]]:
    """What can be chosen, in the language of now. Where labels are kept, they are English."""
    return [(value, translation.gettext(str(label))) for value, label in choices]


def _has_catalogue(code: str) -> bool:
    return code != settings.LANGUAGE_CODE and code in _catalogues(tuple(settings.LOCALE_PATHS))


@cache
def _catalogues(folders: tuple[Path, ...]) -> frozenset[str]:
    """Looked for once: this is asked for every page."""
    files = [file for folder in folders for file in folder.glob("*/LC_MESSAGES/django.mo")]
    return frozenset(translation.to_language(file.parent.parent.name) for file in files)
