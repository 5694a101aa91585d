"""Offers to tell a story, for the partner they were made to: how to reach somebody, until when, and what became of it.

Whoever works for that partner sees them, administrators too; anybody else, moderators of other partners as well, a 404.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from hub.partners.people import partners_of, signed_in
from hub.stories.models import StoryOffer
from hub.stories.public_requests import offers as offered

MOST_CLOSED = 30


class BecameForm(forms.Form):
    """What became of it. Nothing of what was talked about is asked for."""

    became = forms.ChoiceField(
        label="What became of it?",
        choices=StoryOffer.Became.choices,
        widget=forms.RadioSelect,
        help_text="It is deleted a month later. Write nothing of what they told you here.",
        error_messages={"required": "Say what became of it."},
    )


def sees_offers(user: Any) -> bool:
    """Whoever works for a partner, and administrators."""
    return user.is_superuser or bool(partners_of(user))


@cache_control(private=True, no_store=True)
def offers(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first, and those that were closed last."""
    if not sees_offers(request.user):
        raise Http404
    seen = offered.offers_seen_by(request.user)
    closed = seen.filter(closed_at__isnull=False).order_by("-closed_at")[:MOST_CLOSED]
    context = {"waiting": seen.filter(closed_at__isnull=True), "closed": closed}
    return render(request, "stories/admin/offers.html", context)


@cache_control(private=True, no_store=True)
def one(request: HttpRequest, offer_id: int) -> HttpResponse:
    """One offer: how to reach them, and the form that closes it."""
    found = get_object_or_404(offered.offers_seen_by(request.user), pk=offer_id)
    form = BecameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            offered.close(found, by=signed_in(request), became=form.cleaned_data["became"])
        except ValueError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Closed. What they sent is deleted in a month.")
            return redirect("story_offers")
    return render(request, "stories/admin/offer.html", {"found": found, "form": form})


@require_POST
@cache_control(private=True, no_store=True)
def delete(request: HttpRequest, offer_id: int) -> HttpResponse:
    """They asked us to delete what they sent: at once, and whole."""
    offered.take_back(get_object_or_404(offered.offers_seen_by(request.user), pk=offer_id))
    messages.success(request, "It is deleted.")
    return redirect("story_offers")


class OffersMenuItem(MenuItem):
    """“Offers”, for whoever works for a partner."""

    def __init__(self) -> None:
        super().__init__("Offers to tell", reverse("story_offers"), name="offers", icon_name="comment", order=255)

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_offers(request.user)
