"""What changed because of a story, on screen: a worker writes it, tells the people in it, and can take it out again.

Only for those who work on the story. The words are public while the story is, so they name nobody and repeat nothing.
"""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hub.british_times import BritishDateField
from hub.partners.people import signed_in
from hub.stories.admin.people import for_the_section
from hub.stories.models import BecauseOfIt, StoryPage

TOO_LONG = "That is very long. Keep it under %(limit_value)d letters: your words are still below."


class BecauseForm(forms.Form):
    """One thing that is different now."""

    you_said = forms.CharField(
        label="What did the story tell you?",
        max_length=200,
        help_text="In your own words, never in theirs. For example: our letters frightened people.",
        error_messages={"required": "Say in a few words what the story told you.", "max_length": TOO_LONG},
    )
    we_did = forms.CharField(
        label="What did you do?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example: we wrote them anew, and a parent reads each before it goes out. Name nobody.",
        error_messages={"required": "Say what you did, or decided.", "max_length": TOO_LONG},
    )
    changed_on = BritishDateField(label="Since which day?")

    def clean_changed_on(self) -> date:
        day: date = self.cleaned_data["changed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is still to come. Write it down when it is done.")
        return day


@for_the_section
def because(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """What is written so far, and the form. The same written twice is kept once."""
    form = BecauseForm(request.POST if request.method == "POST" else None, initial={"changed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        BecauseOfIt.objects.get_or_create(story=story, **form.cleaned_data, defaults={"written_by": signed_in(request)})
        messages.success(request, "It stands on the pages of the people in the story now, and under the story.")
        return redirect("story_because", story.pk)
    people = story.participations.select_related("participant").order_by("pk")
    context = {"story": story, "form": form, "rows": story.because_of_it.select_related("told_by"), "people": people}
    return render(request, "stories/admin/because.html", context)


@require_POST
@for_the_section
def told(request: HttpRequest, story: StoryPage, change_id: int) -> HttpResponse:
    """Everybody who wanted to hear of it has. A second time changes nothing."""
    change = get_object_or_404(BecauseOfIt, pk=change_id, story=story)
    not_yet = BecauseOfIt.objects.filter(pk=change.pk, told_at__isnull=True)
    not_yet.update(told_at=timezone.now(), told_by=signed_in(request))
    return redirect("story_because", story.pk)


@require_POST
@for_the_section
def remove(request: HttpRequest, story: StoryPage, change_id: int) -> HttpResponse:
    """It was wrong, or is to be written anew."""
    get_object_or_404(BecauseOfIt, pk=change_id, story=story).delete()
    messages.success(request, "It is taken out, here and everywhere it was shown.")
    return redirect("story_because", story.pk)
