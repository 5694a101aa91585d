"""An answer that names a story is kept by nobody; one that may be kept rests on the light of what was shown.

What was read is known from hub.pages.kept_nowhere. An answer that is still being written when it is sent counts too.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hub.pages.pieces import being_made
from hub.pages.serving.proofs import note_what_was_shown
from hub.security_headers import NO_COPIES, forbid_copies


class KeptNowhereMiddleware:
    """Forbids every copy of an answer that names a story. A 404 names none, and all of them are alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with being_made() as now:
            response = self.get_response(request)
            note_what_was_shown()
            if (now.names_a_story or response.streaming) and response.status_code != 404:
                forbid_copies(response)
                response.headers.setdefault("X-Robots-Tag", NO_COPIES)
                response.headers.setdefault("TDM-Reservation", "1")
        return response
