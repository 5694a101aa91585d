"""Requests of people who are in a story and were never asked: a queue with a month's clock, and an answer to each.

Moderators see all of them, a partner's workers those about their own stories, anybody else a 404.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from wagtail.admin.menu import MenuItem

from hub.partners.people import partners_of, signed_in
from hub.stories.light import sees_hidden
from hub.stories.public_requests import close, requests_seen_by
from hub.stories.review import moderates

MOST_CLOSED = 30


class OutcomeForm(forms.Form):
    """What was done, or why not."""

    outcome = forms.CharField(
        label="What did you do?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Or why it could not be done. If they left a way to reach them, tell them first.",
        error_messages={"required": "Say what was done, or why not: the person may ask."},
    )


def sees_requests(user: Any) -> bool:
    """Moderators, safeguarding, and whoever works for a partner."""
    return moderates(user) or sees_hidden(user) or bool(partners_of(user))


@cache_control(private=True, no_store=True)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, and what was closed last."""
    if not sees_requests(request.user):
        raise Http404
    seen = requests_seen_by(request.user)
    context = {
        "waiting": seen.filter(closed_at__isnull=True),
        "closed": seen.filter(closed_at__isnull=False).order_by("-closed_at")[:MOST_CLOSED],
    }
    return render(request, "stories/admin/requests.html", context)


@cache_control(private=True, no_store=True)
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request in full, what can be done about the story, and the form that closes it."""
    found = get_object_or_404(requests_seen_by(request.user), pk=request_id)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close(found, by=signed_in(request), outcome=form.cleaned_data["outcome"])
        except ValueError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{found.reference} is closed.")
            return redirect("public_requests")
    context = {"found": found, "form": form, "moderates": moderates(request.user)}
    return render(request, "stories/admin/request.html", context)


class RequestsMenuItem(MenuItem):
    """“Requests”, for moderators and for whoever works for a partner."""

    def __init__(self) -> None:
        super().__init__("Requests", reverse("public_requests"), name="requests", icon_name="mail", order=254)

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_requests(request.user)
