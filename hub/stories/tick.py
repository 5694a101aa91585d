"""What time asks of us: remind, light what is ready, tidy up. Darkening is not here: that needs no job at all.

Safe to run twice at once and after days without running. One job that fails does not stop the others. Mails hold
codes, story numbers and dates; never a name, a title or a word of a story.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from hub.accounts.invitations import forget_old as forget_old_invitations
from hub.accounts.operations import forget_old as forget_old_sign_ins
from hub.pages.abandoned_uploads import forget_abandoned_uploads
from hub.pages.guidance_checks import remind_owners
from hub.pages.imports.drafts import finish_abandoned, forget_old_imports
from hub.pages.schedule import keep_to_the_schedule
from hub.partners.models import Partner
from hub.partners.roles import LEAD, mail_addresses, people_in
from hub.partners.signals import time_passes
from hub.stories import journal, requests
from hub.stories.disclosure import hidden_stories
from hub.stories.evidence import forget_unattached
from hub.stories.models import Answers, Consent, Notice, PrivateLink, Proof, StoryPage
from hub.stories.publishing import publish_when_agreed
from hub.stories.rule import Decision

logger = logging.getLogger(__name__)
REMIND = (30, 90)  # days before a yes ends, the nearest first
KEEP_TYPED = timedelta(days=30)


def tick(*, now: datetime) -> list[str]:
    """Runs every job, those of apps above too; returns a sentence for each. One that failed is logged and says so."""
    jobs = {**JOBS}
    theirs: Any
    for _, theirs in time_passes.send(sender=None):
        jobs |= theirs
    return [_run(name, job, now) for name, job in jobs.items()]


def show_what_is_ready(now: datetime) -> int:
    """Shows stories, and newer words of public ones, whose days to think it over have passed. Returns how many."""
    told = StoryPage.objects.filter(participations__isnull=False)
    waiting = {*told.not_live().values_list("pk", flat=True)}
    waiting.update(told.filter(has_unpublished_changes=True).values_list("pk", flat=True))
    answers = [publish_when_agreed(pk) for pk in sorted(waiting)]
    return sum(answer is not None and answer.allowed for answer in answers)


def remind_partners(now: datetime) -> int:
    """Tells each partner's leads, 90 and 30 days before, which yes is going to end. Returns how many were told of."""
    return sum(_remind(partner, now) for partner in Partner.objects.filter(is_open=True))


def forget_what_was_typed(now: datetime) -> int:
    """Deletes what people typed on the way to their answers, a month after they sent it or the link ended."""
    old = now - KEEP_TYPED
    links = PrivateLink.objects.filter(used_at__lt=old) | PrivateLink.objects.filter(ends_at__lt=old)
    deleted, _ = Answers.objects.filter(link__in=links).delete()
    return deleted


def delete_old_proofs(now: datetime) -> int:
    """Deletes proofs whose six years are over."""
    deleted, _ = Proof.objects.filter(keep_until__lt=now).delete()
    return deleted


def complete_the_journal(now: datetime) -> int:
    """Writes beside the database what of the ledger is not there yet."""
    return journal.complete()


JOBS: dict[str, Callable[[datetime], int]] = {
    "Planned pages published or taken back": keep_to_the_schedule,
    "Stories shown": show_what_is_ready,
    "Consents partners were reminded of": remind_partners,
    "Pages whose owners were reminded": remind_owners,
    "Imports gone on with": finish_abandoned,
    "Old imports forgotten": forget_old_imports,
    "Uploads nobody finished deleted": forget_abandoned_uploads,
    "Evidence nobody needed deleted": forget_unattached,
    "Requests staff were reminded of": requests.remind,
    "Old requests deleted": requests.forget_old,
    "Half-typed answers deleted": forget_what_was_typed,
    "Addresses of old invitations forgotten": forget_old_invitations,
    "Old proofs deleted": delete_old_proofs,
    "Old sign-ins forgotten": forget_old_sign_ins,
    "Lines added to the journal": complete_the_journal,
}


def _run(name: str, job: Callable[[datetime], int], now: datetime) -> str:
    try:
        return f"{name}: {job(now)}."
    except Exception:
        logger.exception("%s: this job failed. It is tried again at the next run.", name)
        return f"{name}: FAILED, see the log."


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
