"""Would somebody guess this password? Judged here, by a list that comes with a package: it is sent to nobody.

zxcvbn knows thirty thousand passwords from break-ins, names, words and patterns of keys, and reckons how many guesses
it takes. Refuses what falls to a patient guesser; asks for no kinds of characters.
"""

from typing import Any

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from hub.partners.models import Partner
from hub.partners.partnership import the_partnership

FEWEST_GUESSES = 9  # as a power of ten: at thirty guesses an hour, longer than anybody lives
LONGEST_LOOKED_AT = 72  # characters; what is longer and good so far does not get worse
OURS = ("families", "hub", "stigma", "toolkit", "story")
EASY = (
    "This password is easy to guess: most of it is words, names or patterns that many people use. Three or four words"
    " that have nothing to do with each other are good."
)


class HardToGuess:
    """As Django wants its validators."""

    def validate(self, password: str, user: Any = None) -> None:
        about = [str(getattr(user, name, "")) for name in ("username", "first_name", "last_name", "email")]
        named = [word for word in (*about, *OURS, *_names()) if word]
        words = [*named, *(word.replace(" ", "") for word in named)]
        if zxcvbn(password[:LONGEST_LOOKED_AT], user_inputs=words)["guesses_log10"] < FEWEST_GUESSES:
            raise ValidationError(EASY, code="password_easy_to_guess")

    def get_help_text(self) -> str:
        return "Three or four words that have nothing to do with each other make a good password."


def _names() -> list[str]:
    """Of the partnership, its place and its partners: what somebody who knows the Hub tries first."""
    ours, theirs = the_partnership(), Partner.objects.values_list("name", "short_name")
    return [ours.name, ours.place, *(name for names in theirs for name in names)]
