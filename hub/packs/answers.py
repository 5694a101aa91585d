"""A pack as an answer: a file to take away, kept by nobody on the way; or a kind page when too many are being made."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hub.packs.making import Made
from hub.stories.family import show

TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
COME_BACK = 20  # seconds


def as_file(made: Made, name: str = "") -> HttpResponse:
    """The file, under a name that says nothing about what is in it."""
    response = HttpResponse(made.data, content_type=TYPES[made.form])
    response["Content-Disposition"] = f'attachment; filename="{name or "pack"}-{made.code}.{made.form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return show(response)


def busy(response: HttpResponse) -> HttpResponse:
    """The same answer with the status that says: come back in a moment."""
    response.status_code = 503
    response["Retry-After"] = str(COME_BACK)
    return response


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """One of the pages about packs: no copy of it anywhere, since it may name a story."""
    return show(render(request, f"packs/{name}.html", context, status=status))
