"""The two buttons of a worker who is done: hand it in, and take it back. Never what was not on her screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hub.partners.people import signed_in
from hub.stories.admin.people import for_the_section
from hub.stories.models import StoryPage
from hub.stories.review import CannotHandIn, hand_in, take_hand_in_back


@require_POST
@for_the_section
def give(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Hands the words that were on the screen in; says why not, if it cannot be."""
    try:
        hand_in(story, by=signed_in(request), about=request.POST.get("about", ""))
    except CannotHandIn as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Handed in. A moderator sees it now. You can go on with something else.")
    return redirect("story_people", story.pk)


@require_POST
@for_the_section
def take_back(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Out of the moderators' queue again."""
    if take_hand_in_back(story, by=signed_in(request)):
        messages.success(request, "Taken back. Nobody checks it until you hand it in again.")
    else:
        messages.info(request, "It was not handed in any more.")
    return redirect("story_people", story.pk)
