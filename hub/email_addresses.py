"""Are two e-mail addresses one? Each is kept in one form, so that what looks the same is the same.

Changes nothing that a person would notice: invisible signs, wide letters, and capitals in the name of the place.
"""

import unicodedata
from typing import Any

from django import forms

from hub.characters import one_line


def as_kept(typed: str) -> str:
    """The form in which an address is stored and looked for. Whether it is an address is for others to say."""
    name, at, place = one_line(unicodedata.normalize("NFKC", one_line(typed))).strip().rpartition("@")
    return f"{name}{at}{_place(place) if at else place}"


def are_one(first: str, second: str) -> bool:
    """Whether both lead to the same person; no place that people use tells capitals in names apart."""
    return as_kept(first).casefold() == as_kept(second).casefold()


class AddressField(forms.EmailField):
    """An address as it is kept, however it was typed or copied."""

    def to_python(self, value: Any) -> str:
        return as_kept(str(super().to_python(value) or ""))


def _place(place: str) -> str:
    """Small letters, and the form that mail servers know: “bücher.example” is “xn--bcher-kva.example” there."""
    try:
        return place.casefold().encode("idna").decode()
    except UnicodeError:
        return place.casefold()
