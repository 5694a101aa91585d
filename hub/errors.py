"""What people see when something is not there or has broken. Never a stack trace, never a clue about what was there.

Two kinds of breaking: a mistake of ours, and the ground gone from under us (no database, a full disk). The second is a
503 with the numbers of help lines and, for a form, all that was typed with a button to send it once more.
"""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from hub.accounts.typed import what_was_typed
from hub.last_heard import without_asking
from hub.pages.help_numbers import numbers_for
from hub.pages.serving.moved import moved_to
from hub.screen_languages import as_asked, lang_now
from hub.security_headers import forbid_copies, is_for_staff
from hub.shelves import FilesDoNotAnswer

SAFE = frozenset({"GET", "HEAD"})
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EIO})
SECONDS = "60"


@as_asked
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A kind page with help lines: the same for an address that never was and for one that has gone dark.

    Whoever looks for a page that has moved is led on.
    """
    if request.method in SAFE and not is_for_staff(request) and (address := moved_to(request)):
        return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "max-age=600"})  # it may move back
    has_exit = True  # it may have been a story a minute ago
    context = {"help_lines": numbers_for([])[:4], "has_exit": has_exit, "names_a_story": False}
    return render(request, "errors/404.html", context, status=404)


@as_asked
def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing: no database, no context, since any of them may be what broke."""
    if is_no_ground(sys.exception()):
        return _no_ground(request)
    context = {**without_asking(), "screen_lang": lang_now()}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def is_no_ground(error: BaseException | None) -> bool:
    """Whether the database or the disk is what failed, and not we."""
    if isinstance(error, FilesDoNotAnswer):
        return True
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError | InterfaceError)


def _no_ground(request: HttpRequest) -> HttpResponse:
    typed = what_was_typed(request) if request.method == "POST" else None
    token = request.POST.get("csrfmiddlewaretoken", "") if typed else ""
    sent = {"typed": typed, "token": token, "posted": request.method == "POST"}
    context = {**without_asking(), **sent, "screen_lang": lang_now()}
    page = HttpResponse(render_to_string("errors/503.html", context), status=503)
    page.headers["Retry-After"] = SECONDS
    return forbid_copies(page)
