"""Under which address does a picture leave? Its public one, but on a page that is made for one reader under theirs.

The public address answers only while a public page shows the picture. Whoever is asked about a draft, or has to approve
it, sees its pictures under the address of the page that they are on, which asks the same right as that page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.urls import reverse

_theirs: ContextVar[str] = ContextVar("address_of_pictures", default="")


@contextmanager
def pictures_under(address: str) -> Iterator[None]:
    """Every picture of what is rendered meanwhile is asked for under `address`, which ends in a slash.

    Also one that code put into a text: what counts is what is rendered, not which template does it.
    """
    token = _theirs.set(address)
    try:
        yield
    finally:
        _theirs.reset(token)


def address_of(name: str) -> str:
    """Where the page that is being rendered asks for the size of a picture whose file has this name."""
    theirs = _theirs.get()
    return theirs + name if theirs else reverse("image", args=[name])
