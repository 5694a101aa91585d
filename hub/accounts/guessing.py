"""How often may somebody guess a password, a code or a passkey? Slower and slower first, then not before an hour.

Counted for one account from one network, for one network, and for one account from everywhere, so that neither many
guesses at one colleague nor one at each of many get far. Nobody locks another out: a browser in which she has signed
in before is counted by itself (hub/accounts/known_browser.py), wherever others guess; and for a new one there are a
passkey and the mail for a new password.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from hub.accounts import known_browser, limits
from hub.accounts.backends import account_called
from hub.accounts.client_address import client_network

logger = logging.getLogger(__name__)
TOO_MANY = "There have been too many wrong tries. Wait an hour, or ask an administrator to set a new password."
TOO_MANY_CODES = "There have been too many wrong tries. Wait an hour, then try again."
TOO_SOON = "That was wrong a few times. Wait {} seconds, then try again."
BY_OTHERS = (
    "Somebody has been trying passwords for this name in many places. For an hour it opens only in a browser in which"
    " you have signed in before, with a passkey, or after “Forgotten password”."
)
MOST = {"one name from here": 8, "from here": 30, "one name": 60, "second step": 10, "passkey from here": 30}
FREE = {"one name from here": 5}


@dataclass(frozen=True)
class Way:
    """One of the ways in which a guess is counted: what is guessed, by whom or at whom, and what is said after it."""

    what: str
    who: str
    sentence: str = TOO_MANY
    begins_anew: bool = False  # with the right one

    @property
    def limit(self) -> dict[str, Any]:
        return {"most": MOST[self.what], "free": FREE.get(self.what)}


def ways_of_a_password(name: str, request: HttpRequest | None) -> list[Way]:
    """Who is guessing whom. However an account is called, it is the same one."""
    account = account_called(name)
    who = str(account.pk) if account else f"name {name.casefold()}"
    if browser := known_browser.of(request, account):
        return [Way("one name from here", f"{who} {browser}", begins_anew=True)]
    network = client_network(request) if request else ""
    return [
        Way("one name from here", f"{who} {network}", begins_anew=True),
        Way("from here", network),
        Way("one name", who, BY_OTHERS),
    ]


def ways_of_a_second_step(user: Any, request: HttpRequest | None) -> list[Way]:
    """Codes are counted for the person: she whose password is known must not be guessed at from many places."""
    who = f"{user.pk} {known_browser.of(request, user)}".strip()
    return [Way("second step", who, TOO_MANY_CODES, begins_anew=True)]


def ways_of_a_passkey_alone(request: HttpRequest) -> list[Way]:
    """It says itself whose it is, so wrong ones are counted for the network."""
    return [Way("passkey from here", client_network(request), TOO_MANY_CODES)]


@contextmanager
def one_guess(ways: list[Way]) -> Iterator[None]:
    """Counts a guess before the block looks at it; when the block ends well, it was none.

    Raises a ValidationError instead of looking once there were too many wrong ones.
    """
    _take(ways)
    yield
    for way in ways:
        if way.begins_anew:
            limits.forget(f"sign-in {way.what}", way.who)
        else:
            limits.give_back(f"sign-in {way.what}", way.who)


def _take(ways: list[Way]) -> None:
    for number, way in enumerate(ways):
        if limits.take(f"sign-in {way.what}", way.who, **way.limit):
            continue
        for taken in ways[:number]:
            limits.give_back(f"sign-in {taken.what}", taken.who)
        wait = limits.seconds_to_wait(f"sign-in {way.what}", way.who, **way.limit)
        if way.what in FREE and wait < limits.PAUSES_DOUBLE_FROM * 2 ** (MOST[way.what] - FREE[way.what]):
            raise forms.ValidationError(TOO_SOON.format(wait), code="too_soon")
        logger.warning("Signing in is refused for an hour: too many wrong tries for a name or from a network.")
        raise forms.ValidationError(way.sentence, code="too_many")
