"""Which kind of page, or which language, does somebody ask for by its name? “games about money”, “gàidhlig”.

A kind that is named comes first. Where nothing else was typed it is a filter, and so is a language; neither takes the
place of a filter that was chosen.
"""

import re
from typing import TYPE_CHECKING

from hub.pages.words.languages import languages
from hub.search.typed import FILLERS
from hub.spelling import words_in

if TYPE_CHECKING:
    from django.http import QueryDict

ACTIVITY = re.compile(r"\b(?:activit(?:y|ies)|exercises?|games?)\b", re.IGNORECASE)
STORIES = re.compile(r"\b(?:famil(?:y|ies)['’]? )?stor(?:y|ies) (?:about|on|from|with)\b", re.IGNORECASE)
KINDS = {"activitypage": ACTIVITY, "storypage": STORIES}
NO_PRINTING = re.compile(
    r"\b(?:no|nae|without|nothing to|not have to|with no) (?:any |a |need to |needing to )?"
    r"(?:print\w*|hand-?outs?|photocop\w+|copies)\b",
    re.IGNORECASE,
)
OF_A_LANGUAGE = "in po page pages version translation translated"
IN_A_LANGUAGE = frozenset(OF_A_LANGUAGE.split())


def with_what_is_named(asked: "QueryDict") -> "QueryDict":
    """A copy of the search in which a kind or a language, where nothing else was typed, is a filter."""
    found, text = asked.copy(), asked.get("q", "")
    code = language_named(text)
    if code and not asked.get("language"):
        found["language"], found["q"] = code, ""
    elif names_only_activities(text) and not asked.getlist("kind"):
        found["kind"], found["q"] = "activity", ""
    return found


def kind_named(text: str) -> str:
    """The kind of page that is to come first; empty when none is named."""
    return next((kind for kind, name in KINDS.items() if name.search(text)), "")


def without_kind(text: str) -> str:
    """What is left to look for: all of it, when there would be nothing left."""
    rest = _rest(text)
    return rest if words_in(rest) else text


def names_only_activities(text: str) -> bool:
    """“group activities”, “games that need no printing”: but for little words, nothing else is asked for."""
    is_asked = ACTIVITY.search(text) or NO_PRINTING.search(text)
    return bool(is_asked) and FILLERS.issuperset(words_in(_rest(text)))


def asks_for_no_printing(text: str) -> bool:
    """Whether somebody wants what needs no printer: the page of activities can be asked for that."""
    return bool(NO_PRINTING.search(text))


def language_named(text: str) -> str:
    """The code of a language whose name, in itself or in English, is all that was typed."""
    typed = [word for word in words_in(text) if word not in IN_A_LANGUAGE]
    names = {code: (language.name, language.english_name) for code, language in languages().items()}
    return next((code for code, both in names.items() if typed and typed in map(words_in, both)), "")


def _rest(text: str) -> str:
    for pattern in (NO_PRINTING, *KINDS.values()):
        text = pattern.sub(" ", text)
    return text
