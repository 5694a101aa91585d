"""The form behind “Was this page useful?”, and the page of everything we answered. No account, no cookie, no script.

A GET changes nothing. Whoever finds the page gone while they wrote is heard all the same.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hub.accounts import limits
from hub.accounts.client_address import client_network
from hub.feedback.forms import FeedbackForm
from hub.feedback.operations import receive
from hub.feedback.said import page_asking
from hub.feedback.said_filters import SaidForm, SaidPage
from hub.feedback.stamps import Stamp, read_stamp, stamp_for
from hub.feedback.suspicion import suspicious
from hub.screen_languages import as_asked, in_this_language
from hub.security_headers import forbid_copies
from hub.stories.family import show

MOST_AN_HOUR = 60  # from one place; a training room sits behind one address
TOO_MANY = noted("A lot has come from where you are. What you wrote is still here: please send it again in an hour.")
TOO_OLD = noted("This form was open for a long time. Nothing is lost: please press Send again.")
TOO_FRESH = noted("That was very quick, so we were not sure that you had finished. Please press Send again.")


@csrf_exempt  # there is no cookie that a forged form could use
@require_http_methods(["GET", "HEAD", "POST"])
@as_asked
def feedback(request: HttpRequest, page_id: int) -> HttpResponse:
    """The one question about one page; a right answer leads to a page of thanks."""
    posted = request.method == "POST"
    page = page_asking(page_id)
    stamp = read_stamp(request.POST.get("stamp", ""), page_id) if posted else None
    if page is None and stamp is None:
        raise Http404
    form = FeedbackForm(request.POST if posted else None, initial=_asked(request))
    status = 200
    if posted and form.is_valid():
        sender = client_network(request)
        if stamp is None or stamp.is_too_old:
            form.add_error(None, gettext(TOO_OLD))
        elif form.cleaned_data["words"] and stamp.is_too_fresh_to_have_written:
            form.add_error(None, gettext(TOO_FRESH))
        elif not limits.take("feedback", sender, most=MOST_AN_HOUR):
            status = 429
            form.add_error(None, gettext(TOO_MANY))
        else:
            _keep(stamp, form.cleaned_data, sender)
            return show(redirect(in_this_language(reverse("feedback_sent", args=[page_id]))))
    stamp = _next_stamp(page, stamp)
    context: dict[str, Any] = {
        "form": form,
        "about": page,
        "about_title": stamp.about,
        "stamp": stamp.sign(),
        "has_exit": page is None or page.has_exit,
        "is_activity": page is not None and getattr(page.specific_class, "kind", "") == "activity",
    }
    return show(render(request, "feedback/form.html", context, status=status))


@require_safe
@as_asked
def sent(request: HttpRequest, page_id: int) -> HttpResponse:
    """Thanks, the same for every number, with a way back while the page is public."""
    page = page_asking(page_id)
    context = {"about": page, "has_exit": page is None or page.has_exit}
    return show(render(request, "feedback/sent.html", context))


@require_safe
@as_asked
def you_said(request: HttpRequest) -> HttpResponse:
    """Every published answer whose page is public, the newest first, narrowed down by page and by who answers."""
    found = SaidPage(SaidForm(request.GET), request.GET)
    response = render(request, "feedback/you_said.html", {"said": found, "form": found.form, "page_obj": found.page})
    return forbid_copies(response)  # what is taken back is gone with the next request


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the link that led here said already."""
    return {"useful": request.GET.get("useful", ""), "ran_it": request.GET.get("ran") == "yes"}


def _keep(stamp: Stamp, said: dict[str, Any], sender: str) -> None:
    why = suspicious(words=said["words"], trap=said["website"], sender=sender, page_id=stamp.page_id)
    receive(stamp, useful=said["useful"], words=said["words"], ran_it=said["ran_it"], suspected_because=why)


def _next_stamp(page: Any, stamp: Stamp | None) -> Stamp:
    """The one that was handed out, while it is good, so that the same form stays the same; a new one otherwise."""
    if stamp is None:
        return stamp_for(page)
    return stamp.renewed() if stamp.is_too_old else stamp
