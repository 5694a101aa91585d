"""What does somebody want in a pack, in which order, and under which title? The address of the page says it, signed.

Nothing is kept: no account, no cookie, no row. Refuses an address that was changed or cut off, rather than guess at it.
"""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.urls import reverse

MOST = 40
"""Things in one pack. More than that is a book, and nobody carries it."""
LONGEST_TITLE = 120
NUMBER = 2**63  # the first number that no page has


class NotOurs(ValueError):
    """The address was changed, cut off, or made by somebody else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The pages by number in the order they are wanted, the words on the cover, and the day of the session."""

    pages: tuple[int, ...] = ()
    title: str = ""
    day: date | None = None

    def query(self) -> str:
        """The part of the address after the question mark; empty for an empty wish."""
        return urlencode(self._fields() | {"signed": _signature(self._fields())}) if self != Wish() else ""

    def address(self) -> str:
        """Where the page of this pack is."""
        query = self.query()
        return reverse("pack") + (f"?{query}" if query else "")

    def with_page(self, number: int) -> "Wish":
        """With one more at the end; the same when it is in already. Says nothing of MOST: whoever asks does."""
        return self if number in self.pages else replace(self, pages=(*self.pages, number))

    def without(self, number: int) -> "Wish":
        return replace(self, pages=tuple(page for page in self.pages if page != number))

    def moved(self, number: int, by: int) -> "Wish":
        """With this page `by` places further on, at most to an end. The same when it is not in it."""
        if number not in self.pages:
            return self
        at = self.pages.index(number)
        others = self.without(number).pages
        to = min(max(at + by, 0), len(others))
        return replace(self, pages=(*others[:to], number, *others[to:]))

    def instead(self, number: int, other: int) -> "Wish":
        """With `other` in the place of this page."""
        if number not in self.pages or other in self.pages:
            return self
        return replace(self, pages=tuple(other if page == number else page for page in self.pages))

    def _fields(self) -> dict[str, str]:
        fields = {"items": ".".join(str(page) for page in self.pages), "title": self.title}
        return {name: value for name, value in fields.items() if value} | (
            {"day": self.day.isoformat()} if self.day else {}
        )


def read(asked: QueryDict) -> Wish:
    """The wish in an address. Raises NotOurs for anything but exactly what `query` wrote."""
    names = ("items", "title", "day", "signed")
    if any(len(asked.getlist(name)) > 1 for name in names):
        raise NotOurs
    fields = {name: str(asked[name]) for name in ("items", "title", "day") if asked.get(name)}
    if not fields and "signed" not in asked:
        return Wish()
    if not _is_signed(fields, asked.get("signed", "")):
        raise NotOurs
    try:
        pages = tuple(dict.fromkeys(_number(one) for one in fields.get("items", "").split(".") if one))
        return Wish(pages, fields.get("title", ""), date.fromisoformat(fields["day"]) if "day" in fields else None)
    except ValueError as error:  # signed by a version of the Hub that wrote it otherwise
        raise NotOurs from error


def read_query(query: str) -> Wish:
    """The same for the text that `query` wrote, as it travels in a form. Raises NotOurs."""
    if len(query) > 8_000:
        raise NotOurs
    return read(QueryDict(query))


def _number(text: str) -> int:
    number = int(text)
    if not 0 < number < NUMBER:
        raise ValueError(text)
    return number


def _signature(fields: dict[str, str]) -> str:
    return Signer(salt="hub.packs").signature(urlencode(fields))


def _is_signed(fields: dict[str, str], signature: str) -> bool:
    try:
        Signer(salt="hub.packs").unsign(f"{urlencode(fields)}:{signature}")
    except BadSignature:
        return False
    return True
