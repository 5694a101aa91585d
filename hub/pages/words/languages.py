"""Which languages and formats can a page be had in, and how is each written, read aloud and searched?

Easy read, British Sign Language and sound are offered beside languages: whoever needs one looks for it in the same
place. Which there are is a setting (HUB_LANGUAGES); the sentences that stand round a translation are in languages.toml.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language_info

ENGLISH = "en-GB"
FORMATS = frozenset({"en-x-easyread", "en-x-sound", "bfi"})
"""Written in English: the words of a film in British Sign Language stand beside it in English."""
# PostgreSQL's own dictionaries. Of all other languages words are compared as they are written.
DICTIONARIES = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch", "en": "english",
    "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """One language or format. `lang` and `dir` are what HTML says of words in it."""

    code: str
    name: str  # in itself
    english_name: str

    @property
    def is_format(self) -> bool:
        return self.code in FORMATS

    @property
    def is_easy(self) -> bool:
        return self.code == "en-x-easyread"

    @property
    def lang(self) -> str:
        return ENGLISH if self.is_format else self.code

    @property
    def dir(self) -> str:
        return "rtl" if self.code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"

    @property
    def dictionary(self) -> str:
        """What PostgreSQL knows its words by."""
        return DICTIONARIES.get(self.lang.split("-")[0], "simple")

    def says(self, key: str) -> "Said":
        """A sentence of the site's own in this language; in English, and marked so, while nobody has written it."""
        own = _sentences().get(self.code, {}).get(key)
        return Said(own, self.lang, self.dir) if own else Said(_sentences()["en"][key], ENGLISH, "ltr")


@dataclass(frozen=True, slots=True)
class Said:
    """Some words, and the language they are in."""

    words: str
    lang: str
    dir: str


@cache
def languages() -> dict[str, Language]:
    """Every language and format but English, by its code, in the order of the setting."""
    others = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return {code: Language(code, name, _in_english(code, name)) for code, name in others}


def language_of(code: str) -> Language:
    """The language with this code, also one that is offered no more."""
    return languages().get(code) or Language(code, code, code)


def choices() -> list[tuple[str, str]]:
    """What an editor may choose."""
    return [
        (code, one.name if one.name == one.english_name else f"{one.name} ({one.english_name})")
        for code, one in languages().items()
    ]


def spoken() -> list[tuple[str, str]]:
    """The languages among them, without the formats."""
    return [(code, label) for code, label in choices() if code not in FORMATS]


def dictionaries() -> list[str]:
    """The dictionaries by which pages in other languages are searched, besides the English one."""
    return sorted({language.dictionary for language in languages().values()} - {"english"})


def _in_english(code: str, name: str) -> str:
    names = {"gd": "Scottish Gaelic", "sco": "Scots"}
    return name if code in FORMATS else names.get(code) or str(get_language_info(code)["name"])


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
