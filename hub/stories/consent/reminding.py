"""Whose yes is going to end, and who is told in time? Each stage once; by code and day, never by name or title."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from hub.left_out import each
from hub.partners.models import Partner
from hub.partners.people import mail_addresses, people_in
from hub.partners.roles import LEAD
from hub.stories.light import hidden_stories
from hub.stories.models import Consent, Notice
from hub.stories.rule import Decision

logger = logging.getLogger(__name__)
REMIND = (30, 90)  # days before a yes ends, the nearest first


def remind_partners(now: datetime) -> int:
    """Tells each partner's leads, 90 and 30 days before, which yes is going to end. Returns how many were told of."""
    return sum(each(Partner.objects.filter(is_open=True), lambda partner: _remind(partner, now), of="the reminders"))


@transaction.atomic
def _remind(partner: Partner, now: datetime) -> int:
    """One mail for everything that is due. If it cannot be sent, nothing is noted, and the next run tries again."""
    to = mail_addresses(people_in(LEAD, partner))
    due = _due(partner, now)
    if not due:
        return 0
    if not to:
        logger.warning("Nobody leads partner %s with an e-mail address: %s reminders wait.", partner.pk, len(due))
        return 0
    claimed = [
        (consent, days) for consent, days in due if Notice.objects.get_or_create(consent=consent, days_before=days)[1]
    ]
    if claimed:
        queue = settings.HUB_ADDRESS + reverse("wagtailadmin_home")
        text = render_to_string("stories/mail/ending.txt", {"due": [c for c, _ in claimed], "address": queue})
        send_mail("Some answers are going to end", text, None, to)
    return len(claimed)


def _due(partner: Partner, now: datetime) -> list[tuple[Consent, int]]:
    ending = (
        Consent.objects.filter(
            participation__participant__partner=partner,
            decision=Decision.GIVEN,
            expires_at__gt=now,
            expires_at__lte=now + timedelta(days=max(REMIND)),
        )
        .exclude(participation__story__in=hidden_stories())
        .select_related("participation__participant")
        .order_by("expires_at", "pk")
    )
    nearest = [(c, next(d for d in REMIND if c.expires_at and c.expires_at <= now + timedelta(days=d))) for c in ending]
    told = set(Notice.objects.filter(consent__in=[c for c, _ in nearest]).values_list("consent_id", "days_before"))
    return [(consent, days) for consent, days in nearest if (consent.pk, days) not in told]
