"""Putting a story on hold, with a word why, and ending the hold. For moderators, from the page of their review."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hub.partners.people import signed_in
from hub.stories.admin.review import for_moderators
from hub.stories.light import stories_seen_by
from hub.stories.review import MayNotApprove, end_hold, hold_story


class HoldForm(forms.Form):
    """Why. The worker reads it."""

    comment = forms.CharField(
        label="Why is it on hold?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
        help_text="The worker reads this. Never name anybody.",
        error_messages={"required": "Say why it is on hold, so that the worker knows what to do."},
    )


@for_moderators
def hold(request: HttpRequest, story_id: int) -> HttpResponse:
    """Asks why, and takes the story off the site at once."""
    story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        hold_story(story, moderator=signed_in(request), comment=form.cleaned_data["comment"])
        messages.success(request, f"{story} is on hold. Nobody can read it until a moderator ends the hold.")
        return redirect("story_review", story.pk)
    context: dict[str, Any] = {"story": story, "form": form}
    return render(request, "stories/admin/hold.html", context)


@for_moderators
def end(request: HttpRequest, story_id: int) -> HttpResponse:
    """Ends the hold; what was approved before it is approved again. A GET changes nothing."""
    story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
    if request.method == "POST":
        try:
            answer = end_hold(story, moderator=signed_in(request))
        except (MayNotApprove, ValueError) as refusal:
            messages.error(request, str(refusal))
        else:
            what_now = "It is shown again." if answer.allowed else "It stays dark until everything is there."
            messages.success(request, f"The hold is ended. {what_now}")
    return redirect("story_review", story.pk)
