"""Nothing typed is lost: what came with a form whose session was over, or whose token was too old, is there again.

Over: it is kept, encrypted, in the browser's own session, and stands ready when the same person has signed in. Whose it
was is not known, or another window has signed in meanwhile: it stands in the answer itself, to be sent once more.
Refuses to carry a password, what another site sent, and what somebody else typed.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

from hub.encryption import CannotOpen, lock_away, open_up
from hub.partners.people import signed_in
from hub.security_headers import forbid_copies, is_for_staff

KEPT = "typed"
OF_THE_FORM = "csrfmiddlewaretoken"
SECRET = ("password", "credential")


@dataclass(frozen=True, slots=True)
class Typed:
    """Where a form was going, and what was in it, in order. `had_files`: those have to be chosen again."""

    address: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


class NothingTypedIsLost(MiddlewareMixin):
    """Stands before whatever signs somebody out, to know who she was."""

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """Only what has a valid token gets here, so what is kept came from a form of ours."""
        if request.method == "POST" and is_for_staff(request) and _is_a_person_pressing_a_button(request):
            request.typed_by = request.session.get(SESSION_KEY, "")

    def process_response(self, request: Any, response: HttpResponseBase) -> HttpResponseBase:
        whose = getattr(request, "typed_by", None)
        if whose is None:
            return response
        if not _leads_to_sign_in(response):
            _forget_what_was_sent(request, response)
            return response
        typed = what_was_typed(request)
        if typed is None:
            return response
        if not whose:
            return _once_more(request, typed, signed_out=True)
        request.session[KEPT] = _locked(typed, whose)
        return redirect(f"{reverse('wagtailadmin_login')}?next={reverse('typed')}")


def what_was_typed(request: HttpRequest) -> Typed | None:
    """What can be carried of this form; None when there is nothing, or a secret among it."""
    try:
        lists = [(name, text) for name, texts in request.POST.lists() for text in texts if name != OF_THE_FORM]
        had_files = bool(request.FILES)
    except UnreadablePostError:
        return None
    if not lists or _is_about_signing_in(request) or any(secret in name for name, _ in lists for secret in SECRET):
        return None
    return Typed(request.get_full_path(), tuple((name, str(text)) for name, text in lists), had_files)


def typed(request: HttpRequest) -> HttpResponse:
    """What she wrote before she was signed out, and one button that sends it where it was going."""
    found = _opened(request.session.get(KEPT), str(signed_in(request).pk))
    if found is None or request.method == "POST":
        request.session.pop(KEPT, None)
        return redirect("wagtailadmin_home")
    return forbid_copies(render(request, "accounts/typed.html", {"typed": found}))


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of Django's page about CSRF: somebody signed in elsewhere meanwhile, or the page is from another day."""
    typed = what_was_typed(request) if _is_from_here(request) else None
    return _once_more(request, typed, signed_out=False)


def _once_more(request: HttpRequest, typed: Typed | None, *, signed_out: bool) -> HttpResponse:
    context = {"typed": typed, "signed_out": signed_out, "address": request.path if is_for_staff(request) else "/"}
    return forbid_copies(render(request, "accounts/once_more.html", context, status=403))


def _is_a_person_pressing_a_button(request: HttpRequest) -> bool:
    """Not what the editor sends by itself: its saving and its previews are sent again by itself too."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and request.accepts("text/html")


def _is_about_signing_in(request: HttpRequest) -> bool:
    return request.path.startswith((reverse("wagtailadmin_login"), reverse("mfa_index")))


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it. A browser says so in at least one of three ways, and no page can forge them."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    return sender is None or url_has_allowed_host_and_scheme(sender, {request.get_host()})


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    leads_to = urlsplit(response.headers.get("Location", ""))
    return leads_to.path == reverse("wagtailadmin_login") and "next=" in leads_to.query


def _forget_what_was_sent(request: HttpRequest, response: HttpResponseBase) -> None:
    kept = request.session.get(KEPT)
    if kept and response.status_code < 500 and kept["to"] == request.get_full_path():
        del request.session[KEPT]


def _locked(typed: Typed, whose: str) -> dict[str, str]:
    words = json.dumps({"fields": typed.fields, "had_files": typed.had_files})
    return {"to": typed.address, "by": whose, "words": lock_away(words)}


def _opened(kept: dict[str, str] | None, whose: str) -> Typed | None:
    """None when nothing is kept, when it is somebody else's, and when a key is lost."""
    if not kept or kept["by"] != whose:
        return None
    try:
        words = json.loads(open_up(kept["words"]))
    except CannotOpen:
        return None
    return Typed(kept["to"], tuple((name, text) for name, text in words["fields"]), words["had_files"])
