"""Can words in this colour be read on that ground? As the Web Content Accessibility Guidelines reckon it (WCAG 2.2).

Knows the grounds of the design in both themes. Refuses a colour on which, or in which, somebody could not read.
"""

import re
from itertools import pairwise

from django.core.exceptions import ValidationError

WORDS_NEED = 4.5  # to one: level AA, words of any size
HEX = re.compile(r"#[0-9a-f]{6}")
BLACK, WHITE = "#000000", "#ffffff"

# What words stand on: static/css/tokens.css. A test holds these and that file together.
LIGHT = ("#faf4e8", "#fffcf6", "#f0e4cd", "#fbe2d5", "#dbeaf2", "#e2ebd6", "#fdecb9", "#ece1f2", "#e0e6e6")
DARK = ("#172027", "#202b33", "#2a363e", "#46291f", "#1d394b", "#2a3b2b", "#3a311a", "#392c45", "#2c3a41")
ON_BUTTON, ON_BUTTON_DARK = "#fffcf6", "#10202b"
ON_BAND = ("#faf4e8", "#dbd3c4")  # words in the band at the foot, in both themes

NOT_A_COLOUR = "“%(colour)s” is not a colour. Write six digits after a number sign, as in #0f4c75."
TOO_CLOSE = (
    "%(colour)s has a contrast of %(ratio).1f to 1 %(where)s %(other)s. Words need 4.5 to 1. Take a %(way)s colour."
)


def ratio(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` in it, from 0 to 1."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def for_the_dark(colour: str) -> str:
    """The same for links and buttons on dark grounds: so much lighter that words in it can be read on each of them."""
    steps = (mixed(colour, WHITE, step / 20) for step in range(21))
    return next(each for each in steps if _lowest(each, (*DARK, ON_BUTTON_DARK))[0] >= WORDS_NEED)


def readable_as_words(colour: str) -> None:
    """Validator: links in this colour, and light words on a button of it. Raises ValidationError, with the numbers."""
    _is_colour(colour)
    worst, ground = _lowest(colour, (*LIGHT, ON_BUTTON))
    if worst < WORDS_NEED:
        _refuse(colour, worst, "on the paper of the pages,", ground, "darker")


def readable_as_ground(colour: str) -> None:
    """Validator: the band at the foot, with light words on it."""
    _is_colour(colour)
    worst, words = _lowest(colour, ON_BAND)
    if worst < WORDS_NEED:
        _refuse(colour, worst, "under the words of the band,", words, "darker")


def _is_colour(colour: str) -> None:
    if not HEX.fullmatch(colour):
        raise ValidationError(NOT_A_COLOUR, params={"colour": colour})


def _refuse(colour: str, found: float, where: str, other: str, way: str) -> None:
    numbers = {"colour": colour, "ratio": found, "where": where, "other": other, "way": way}
    raise ValidationError(TOO_CLOSE, params=numbers)


def _lowest(colour: str, others: tuple[str, ...]) -> tuple[float, str]:
    return min((ratio(colour, other), other) for other in others)


def _parts(colour: str) -> list[int]:
    return [int(colour[a:b], 16) for a, b in pairwise((1, 3, 5, 7))]


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
