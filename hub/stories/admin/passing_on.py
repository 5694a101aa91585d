"""A moderator hands a story to another; and says whether she wants a mail about what waits, once a day at most.

The mail says how many, and no title: whoever reads it signs in. Refuses to write to somebody who moderates no more.
"""

from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hub.left_out import each
from hub.partners.people import known_as, signed_in
from hub.stories.admin.queue import places
from hub.stories.admin.review import for_moderators
from hub.stories.light import stories_seen_by
from hub.stories.models import WantsMail
from hub.stories.review import CannotPassOn, moderates, pass_on


@require_POST
@for_moderators
def give(request: HttpRequest, story_id: int) -> HttpResponse:
    """Hands it to the moderator who was chosen, and leads back to the queue."""
    story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
    chosen = request.POST.get("to", "")
    to = User.objects.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdecimal() else None
    if to is None:
        messages.error(request, "Choose whom to hand it to.")
        return redirect("story_review", story.pk)
    try:
        pass_on(story, to=to, by=signed_in(request))
    except CannotPassOn as refusal:
        messages.error(request, str(refusal))
        return redirect("story_review", story.pk)
    messages.success(request, f"Handed to {known_as(to)}, who finds it first in the queue.")
    return redirect("story_queue")


@require_POST
@for_moderators
def mail_me(request: HttpRequest) -> HttpResponse:
    """On or off, for whoever presses it."""
    user = signed_in(request)
    if request.POST.get("wanted") == "yes":
        WantsMail.objects.get_or_create(user=user)
        messages.success(request, "You get one mail a day, on days on which something waits.")
    else:
        WantsMail.objects.filter(user=user).delete()
        messages.success(request, "You get no mail about what waits.")
    return redirect("story_queue")


def mail_moderators(now: datetime) -> int:
    """Job: tells whoever wants it, once a day, how much waits. Returns how many were told."""
    today = timezone.localtime(now).date()
    wanted = WantsMail.objects.exclude(sent_on=today).select_related("user").order_by("pk")
    return sum(each(wanted, lambda row: _tell(row.pk, today), of="the mails to moderators"))


@transaction.atomic
def _tell(number: int, today: date) -> int:
    row = WantsMail.objects.select_for_update(of=("self",)).select_related("user").filter(pk=number).first()
    if row is None or row.sent_on == today or not row.user.is_active or not row.user.email or not moderates(row.user):
        return 0
    found = [one for one in places(row.user) if not one.has_changed]
    if not found:
        return 0
    row.sent_on = today
    row.save(update_fields=["sent_on"])
    yours = sum(one.handed_in is not None and one.handed_in.given_to_id == row.user_id for one in found)
    address = settings.HUB_ADDRESS + reverse("story_queue")
    text = render_to_string("stories/mail/waiting.txt", {"count": len(found), "yours": yours, "address": address})
    send_mail("Stories wait to be reviewed", text, None, [row.user.email])
    return 1
