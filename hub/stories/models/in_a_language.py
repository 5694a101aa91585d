"""In which language are a story's words, and in which was it told? The page says so, and people agree to that too.

A translation is a story of its own. It names languages, and never the story it was made from: that one may be dark.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Locale

from hub.pages.words.languages import ENGLISH, Language, language_of, languages, spoken
from hub.screen_languages import known

WRITTEN_HELP = "Leave it empty for English."
TOLD_HELP = "Only for a translation. The page says that it is one; everybody in it is asked about it."
BSL = ("bfi", "British Sign Language")


def languages_of_words() -> list[tuple[str, str]]:
    """What the words on the page can be in, besides English."""
    return spoken()


def languages_of_telling() -> list[tuple[str, str]]:
    """What somebody may have told it in."""
    return [(settings.LANGUAGE_CODE, "English"), BSL, *spoken()]


def written_in_field() -> Any:
    """Empty for English."""
    return models.CharField(
        "language of these words", max_length=20, blank=True, choices=languages_of_words, help_text=WRITTEN_HELP
    )


def told_in_field() -> Any:
    """Empty for a story that is no translation."""
    return models.CharField(
        "language it was told in", max_length=20, blank=True, choices=languages_of_telling, help_text=TOLD_HELP
    )


class InALanguage:
    """What a story says of its two languages; it has `written_in` and `told_in`."""

    written_in: Any
    told_in: Any

    @property
    def words_language(self) -> Language | None:
        """The language of its words; None for English."""
        return language_of(self.written_in) if self.written_in else None

    @property
    def language_around(self) -> str:
        """What the site says around them is in their language, where the screens speak it."""
        return str(self.written_in)

    @property
    def words_lang(self) -> str:
        """What HTML and PDF call it."""
        return self.words_language.lang if self.words_language else ENGLISH

    @property
    def words_spoken(self) -> str:
        """The language in which the site speaks inside its words, where they stand on a page in another one."""
        return known(self.written_in) or settings.LANGUAGE_CODE

    @property
    def is_translation(self) -> bool:
        """Whether it was told in another language than it stands in: then everybody in it said yes to that too."""
        return bool(self.told_in) and self.told_in != (self.written_in or settings.LANGUAGE_CODE)

    @property
    def language_note(self) -> str:
        """What readers are told; empty for a story that was told in English and stands in English."""
        if not self.languages_shown():
            return ""
        standing = _("In %(language)s.") % {"language": _named(self.written_in or settings.LANGUAGE_CODE)}
        told = (
            _("A translation: it was told in %(language)s.") % {"language": _named(self.told_in)}
            if self.is_translation
            else ""
        )
        return f"{standing} {told}".strip()

    def languages_shown(self) -> dict[str, str]:
        """What is hashed of it: nothing of a story that says nothing, so that earlier answers stay."""
        both = {"written_in": self.written_in, "told_in": self.told_in}
        return {name: value for name, value in both.items() if value}

    def take_locale(self) -> None:
        """Files the story under the language of its words, by which the search knows them."""
        wanted = self.written_in if self.written_in in languages() else settings.LANGUAGE_CODE
        page: Any = self
        if page.locale_id is None and not self.written_in:
            return
        if page.locale_id is None or page.locale.language_code != wanted:
            page.locale, _ = Locale.objects.get_or_create(language_code=wanted)


def _named(code: str) -> str:
    return _(in_english(code))


def in_english(code: str) -> str:
    """What English calls a language in which a story was told."""
    known = {settings.LANGUAGE_CODE: "English", BSL[0]: BSL[1]}
    return known.get(code) or language_of(code).english_name
