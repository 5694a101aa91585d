"""The second person: a moderator of another partner looks at what shows a yes that came after a no, and confirms it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hub.partners.people import signed_in
from hub.stories.admin.review import for_moderators
from hub.stories.light import publish_when_agreed, stories_seen_by
from hub.stories.review import MayNotApprove, confirm_answer, unconfirmed_in


@require_POST
@for_moderators
def confirm(request: HttpRequest, story_id: int, consent_id: int) -> HttpResponse:
    """Confirms one answer. A second press, or one by somebody who may not, changes nothing and says why."""
    story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
    waiting = {consent.pk: consent for consent in unconfirmed_in(story)}
    if consent_id not in waiting:
        messages.error(request, "This answer does not wait to be confirmed any more.")
        return redirect("story_review", story.pk)
    consent = waiting[consent_id]
    try:
        confirm_answer(consent, by=signed_in(request))
    except MayNotApprove as refusal:
        messages.error(request, str(refusal))
    else:
        publish_when_agreed(story.pk)
        messages.success(request, f"The answer of {consent.participation.participant.code} is confirmed.")
    return redirect("story_review", story.pk)
