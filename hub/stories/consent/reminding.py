"""Whose yes is going to end, and who is told in time? Each stage once; by code and day, never by name or title.

When it ends is what the rule says: on its own day, sooner by law, or on a birthday. Nobody is asked twice in a month.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hub.left_out import each
from hub.partners.law import law_now
from hub.partners.models import Partner
from hub.partners.people import mail_addresses, people_in
from hub.partners.roles import LEAD
from hub.stories.consent.when_to_ask import not_to_be_asked_before
from hub.stories.light import carried_over_to, ends_by, first_end_of, hidden_stories
from hub.stories.models import Consent, Notice
from hub.stories.reasons import Reason

logger = logging.getLogger(__name__)
REMIND = (30, 90)  # days before a yes ends, the nearest first


@dataclass(frozen=True, slots=True)
class Ending:
    """A yes that ends `until`, of which is told so many days before. `ask_from` is None if they may be asked today."""

    consent: Consent
    until: datetime
    days_before: int
    ask_from: date | None


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
    claimed = [one for one in due if _claim(one)]
    if claimed:
        queue = settings.HUB_ADDRESS + reverse("wagtailadmin_home")
        text = render_to_string("stories/mail/ending.txt", {"due": claimed, "address": queue})
        send_mail("Some answers are going to end", text, None, to)
    return len(claimed)


def _claim(one: Ending) -> bool:
    return Notice.objects.get_or_create(consent=one.consent, days_before=one.days_before)[1]


def _due(partner: Partner, now: datetime) -> list[Ending]:
    """The nearest first, in as many questions for one as for many."""
    law = law_now()
    rows = (
        Consent.objects.filter(
            ends_by(now + timedelta(days=max(REMIND)), law), participation__participant__partner=partner
        )
        .exclude(participation__story__in=hidden_stories())
        .select_related("participation__participant", "wording__retirement")
        .annotate(carried_over_to=carried_over_to())
    )
    ends = [(row, end) for row in rows if (end := first_end_of(row, law)) and now < end[1]]
    told = set(Notice.objects.filter(consent__in=[row for row, _ in ends]).values_list("consent_id", "days_before"))
    days = not_to_be_asked_before(
        {row.participation.participant.code for row, _ in ends}, today=timezone.localdate(now)
    )
    found = (_ending(row, why, until, now, days) for row, (why, until) in ends)
    due = [one for one in found if one is not None and (one.consent.pk, one.days_before) not in told]
    return sorted(due, key=lambda one: (one.until, one.consent.pk))


def _ending(row: Consent, why: Reason, until: datetime, now: datetime, days: dict[str, date]) -> Ending | None:
    """None while it is too early to tell. A yes before a birthday ends on it too, so they are asked from then on."""
    stage = next((stage for stage in REMIND if until <= now + timedelta(days=stage)), None)
    if stage is None:
        return None
    ask_from = days.get(row.participation.participant.code)
    if why == Reason.AGE_REASK:
        birthday = timezone.localdate(until)
        ask_from = max(birthday, ask_from or birthday)
    return Ending(row, until, stage, ask_from)
