"""Tells a partner's staff and the moderators that somebody withdrew or asked us to erase, by number and code only.

Sent when the withdrawal has been committed, so that it cannot break it. A mail that fails is logged; the case stays.
"""

import logging

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from hub.partners.models import Partner
from hub.partners.roles import MODERATOR, ROLES, SAFEGUARDING, mail_addresses, people_in
from hub.stories.disclosure import is_hidden
from hub.stories.models import StoryParticipant

logger = logging.getLogger(__name__)


def tell_staff_on_commit(participation: StoryParticipant, *, wish: bool) -> None:
    """Plans the mail. Everything it needs is read when it is sent, and nothing it does can raise."""
    story_number, code = participation.story_id, participation.participant.code
    partner_id = participation.story.partner_id
    transaction.on_commit(lambda: _tell(story_number, code, partner_id, wish=wish), robust=True)


def addresses(partner: Partner | None, *, story_number: int | None = None) -> list[str]:
    """Everybody with a role at the partner, and every moderator; each once. Of a hidden story safeguarding alone."""
    if story_number is not None and is_hidden(story_number):
        return mail_addresses(User.objects.filter(groups__name=SAFEGUARDING.group_name()))
    staff = User.objects.filter(groups__name=MODERATOR.group_name())
    for role in ROLES:
        if partner and role.of_partner:
            staff |= people_in(role, partner)
    return mail_addresses(staff)


def _tell(story_number: int, code: str, partner_id: int | None, *, wish: bool) -> None:
    try:
        partner = Partner.objects.filter(pk__in=[partner_id] if partner_id else []).first()
        to = addresses(partner, story_number=story_number)
        context = {
            "number": story_number,
            "code": code,
            "wish": wish,
            "address": settings.HUB_ADDRESS + reverse("withdrawals"),
        }
        text = render_to_string("stories/mail/withdrawal.txt", context)
        subject = f"Story {story_number}: " + ("somebody asks us to erase it" if wish else "a consent was withdrawn")
        if to:
            # blind copies: who works for whom is nobody else's business
            EmailMessage(subject, text, None, bcc=to).send()
    except Exception:
        logger.exception("The mail about a withdrawal from story %s was not sent.", story_number)
