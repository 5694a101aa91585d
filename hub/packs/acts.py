"""What does a button on the page of a pack change in its address? One that is not known changes nothing."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noted

from hub.packs.contents import page_for_a_pack
from hub.packs.wishes import MOST, Wish

GONE = noted("That page is not on the site any more, so it was not added.")
FULL = noted("A pack holds up to %(most)d things. Take something out first, or begin a second pack.")


class CannotDo(Exception):
    """The sentence says why, to whoever pressed."""


def add(wish: Wish, number: int) -> Wish:
    """With a page that is public at its end. Raises CannotDo."""
    if len(wish.pages) >= MOST and number not in wish.pages:
        raise CannotDo(gettext(FULL) % {"most": MOST})
    if page_for_a_pack(number) is None:
        raise CannotDo(gettext(GONE))
    return wish.with_page(number)


ACTS: dict[str, Callable[[Wish, int], Wish]] = {
    "add": add,
    "up": lambda wish, number: wish.moved(number, -1),
    "down": lambda wish, number: wish.moved(number, 1),
    "out": lambda wish, number: wish.without(number),
}


def after(wish: Wish, act: str) -> Wish:
    """The wish after “up-12”, “add-7” or “swap-12-7”. Raises CannotDo."""
    name, *numbers = act.split("-")
    if not all(number.isascii() and number.isdecimal() and len(number) < 19 for number in numbers):
        return wish
    if name == "swap" and len(numbers) == 2:
        old, new = map(int, numbers)
        add(Wish(), new)
        return wish.instead(old, new)
    if name in ACTS and len(numbers) == 1:
        return ACTS[name](wish, int(numbers[0]))
    return wish
