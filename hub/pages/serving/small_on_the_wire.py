"""Is an answer that nobody keeps packed on its way? For readers, yes: a search costs as little as a kept page.

Not for whoever is signed in, nor on private pages: what is secret there is never packed together with what was typed.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from hub.kept import notes
from hub.security_headers import is_for_staff

PRIVATE = ("/yours/", "/join/")


class SmallOnTheWire(GZipMiddleware):
    """Django's, with its random bytes against guessing. What is kept is packed once, when it is kept (hub.kept)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or notes.will_be_kept() or not _is_a_readers(request):
            return response
        if not response.headers.get("Content-Type", "").startswith(("text/", "application/")):
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


def _is_a_readers(request: HttpRequest) -> bool:
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return not (signed_in or is_for_staff(request) or request.path_info.startswith(PRIVATE))
