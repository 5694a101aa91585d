"""Which language do these pages speak? A button chooses, for the link that somebody holds; no cookie remembers it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from hub.stories.family import links
from hub.stories.family.views.private import not_open, private
from hub.stories.models import PrivateLink


@private
def language(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """POST notes it on the link, and leads back to the page on which it was chosen."""
    if request.method != "POST":
        return not_open(request)
    links.speak(link, request.POST.get("language", ""))
    return redirect(_page_of(key, request.POST.get("back", "")))


def _page_of(key: str, path: str) -> str:
    """`path` where it is one of the pages under this link; otherwise the first of them."""
    try:
        found = resolve(path)
    except Resolver404:
        found = None
    ours = found is not None and (found.url_name or "").startswith("yours") and found.kwargs.get("key") == key
    return path if ours else reverse("yours", args=[key])
