"""Would somebody guess this password? Judged here, by a list that comes with a package: it is sent to nobody.

zxcvbn knows thirty thousand passwords from break-ins, names, words and patterns of keys, and reckons how many guesses
it takes. Refuses what falls to a patient guesser; asks for no kinds of characters.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from hub.partners.models import Partner

FEWEST_GUESSES = 9  # as a power of ten: at thirty guesses an hour, longer than anybody lives
LONGEST_LOOKED_AT = 72  # characters; what is longer and good so far does not get worse
OURS = ("families", "making it work", "hub", "stigma", "toolkit", "story")  # and what partners are called
EASY = (
    "This password is easy to guess: most of it is words, names or patterns that many people use. Three or four words"
    " that have nothing to do with each other are good."
)


class HardToGuess:
    """As Django wants its validators."""

    def validate(self, password: str, user: Any = None) -> None:
        about = [str(getattr(user, name, "")) for name in ("username", "first_name", "last_name", "email")]
        partners = [name for names in Partner.objects.values_list("name", "short_name") for name in names]
        named = [word for word in (*about, *OURS, *partners, settings.WAGTAIL_SITE_NAME) if word]
        words = [*named, *(word.replace(" ", "") for word in named)]
        if zxcvbn(password[:LONGEST_LOOKED_AT], user_inputs=words)["guesses_log10"] < FEWEST_GUESSES:
            raise ValidationError(EASY, code="password_easy_to_guess")

    def get_help_text(self) -> str:
        return "Three or four words that have nothing to do with each other make a good password."
