"""Tells a partner's staff and the moderators that somebody withdrew or asked us to erase, by number and code only.

Sent when the withdrawal has been committed, so that it cannot break it. A mail that fails is logged and tried again.
"""

import logging

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from hub.partners.models import Partner
from hub.partners.people import mail_addresses, people_in
from hub.partners.roles import MODERATOR, ROLES, SAFEGUARDING
from hub.stories.light import is_hidden
from hub.stories.models import Stop
from hub.stories.withdrawal.who_leaves import leaving_of

logger = logging.getLogger(__name__)


def addresses(partner: Partner | None, *, story_number: int | None = None) -> list[str]:
    """Everybody with a role at the partner, and every moderator; each once. Of a hidden story safeguarding alone."""
    if story_number is not None and is_hidden(story_number):
        return mail_addresses(User.objects.filter(groups__name=SAFEGUARDING.group_name()))
    staff = User.objects.filter(groups__name=MODERATOR.group_name())
    for role in ROLES:
        if partner and role.of_partner:
            staff |= people_in(role, partner)
    return mail_addresses(staff)


def _in_short(stop: Stop) -> str:
    if stop.erase:
        return "somebody asks us to erase it"
    return "somebody wants their words left out" if leaving_of(stop.participation) else "a consent was withdrawn"


def tell(stop: Stop) -> bool:
    """Sends the mail about `stop`; False when it could not be sent. Raises nothing."""
    story = stop.participation.story
    try:
        to = addresses(story.partner, story_number=story.pk)
        context = {
            "number": story.pk,
            "code": stop.participation.participant.code,
            "wish": stop.erase,
            "leaves": leaving_of(stop.participation) is not None,
            "address": settings.HUB_ADDRESS + reverse("withdrawals"),
        }
        text = render_to_string("stories/mail/withdrawal.txt", context)
        subject = f"Story {story.pk}: {_in_short(stop)}"
        if to:
            # blind copies: who works for whom is nobody else's business
            EmailMessage(subject, text, None, bcc=to).send()
    except Exception:
        logger.exception("The mail about a withdrawal from story %s was not sent. It is tried again.", story.pk)
        return False
    return True
