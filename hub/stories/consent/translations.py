"""Is a wording there in another language, and is that still of the words it has in English?

A language has a file beside wordings.toml, such as wordings.gd.toml: for each of those who answer the English that was
translated, word for word, and the translation. Refuses a translation of words of before: where the English is another
by now, there is none, and people read the English until somebody has looked.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from hub import screen_languages

FOLDER = Path(__file__).parent


def languages() -> list[str]:
    """Those in which the screens speak here and wordings are written."""
    return [code for code in screen_languages.others() if source(code)]


def of(whose: str, language: str, *, english: str) -> str:
    """The translation of exactly this English; empty without one."""
    entry = source(language).get("texts", {}).get(whose, {})
    return str(entry["text"]) if entry and entry["english"].strip() == english.strip() else ""


def is_checked(language: str) -> bool:
    """Whether somebody who speaks it has read them beside the English; who that was stands in the file."""
    return bool(source(language).get("checked_by"))


def last_and(language: str) -> str:
    """What stands between the last two of several names."""
    return str(source(language)["and"])


@cache
def source(language: str) -> dict[str, Any]:
    """What is written in that language; nothing where nobody has."""
    file = FOLDER / f"wordings.{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
