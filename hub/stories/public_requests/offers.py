"""“I would like to tell mine”: an offer to one partner. Only its own people read it, and it is not kept for long.

No word of a story is asked for: that is talked about, face to face, and written down only when the person says so. The
person can take the offer back by the address they were given. Refuses to tell anybody else that there is one.
"""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.left_out import each_by_itself
from hub.partners.models import Partner
from hub.partners.people import mail_addresses, partners_of
from hub.stories.models import StoryOffer

logger = logging.getLogger(__name__)
ANSWER_WITHIN = timedelta(days=14)
KEPT_AFTER = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=180)


@transaction.atomic
def offer(
    *,
    partner: Partner,
    contact: str,
    call_me: str = "",
    may_leave_message: bool = False,
    once: str = "",
    is_probably_spam: bool = False,
) -> str:
    """Keeps an offer and returns the key to take it back by. The same form sent twice is one offer.

    `once` tells one opened form from every other. Staff get a mail without a word of it.
    """
    key = salted_hmac("hub.stories.offer", once or secrets.token_urlsafe(32), algorithm="sha256").hexdigest()
    now = timezone.now()
    kept, is_new = StoryOffer.objects.get_or_create(
        key_hash=_hash(key),
        defaults={
            "partner": partner,
            "contact": contact.strip(),
            "call_me": call_me.strip(),
            "may_leave_message": may_leave_message,
            "is_probably_spam": is_probably_spam,
            "received_at": now,
            "answer_by": now + ANSWER_WITHIN,
        },
    )
    if is_new and not is_probably_spam:
        transaction.on_commit(lambda: _tell(kept, "has come"), robust=True)
    return key


def offer_at(key: str) -> StoryOffer | None:
    """The offer that this key takes back; None once it is gone."""
    return StoryOffer.objects.filter(key_hash=_hash(key)).select_related("partner").first()


def offers_seen_by(user: Any) -> QuerySet[StoryOffer]:
    """Those to the partners that `user` works for. No moderator of another partner sees any; administrators do."""
    found = StoryOffer.objects.select_related("partner", "closed_by")
    return found if user.is_superuser and user.is_active else found.filter(partner__in=partners_of(user))


def close(one: StoryOffer, *, by: User, became: str) -> None:
    """Notes what became of it. Raises ValueError when somebody has closed it already."""
    if became not in StoryOffer.Became.values:
        raise ValueError("Say what became of it.")
    waiting = StoryOffer.objects.filter(pk=one.pk, closed_at__isnull=True)
    if not waiting.update(became=became, closed_at=timezone.now(), closed_by=by):
        raise ValueError("Somebody has closed this one already, or it was taken back. What they noted stands.")


def take_back(one: StoryOffer) -> None:
    """Deletes it, whole. Doing it twice does no harm."""
    StoryOffer.objects.filter(pk=one.pk).delete()


def remind(now: datetime) -> int:
    """Tells the partner, once, that an offer has waited too long. Returns how many mails."""
    late = StoryOffer.objects.filter(
        closed_at__isnull=True, is_probably_spam=False, answer_by__lte=now, reminded_at__isnull=True
    )
    return sum(each_by_itself(late, partial(_remind_of, now=now), of="the reminders of offers"))


def forget_old(now: datetime) -> int:
    """Deletes offers a month after they were dealt with, spam a month after it came, all after half a year."""
    old, oldest = now - KEPT_AFTER, now - KEPT_AT_MOST
    over = Q(closed_at__lt=old) | Q(is_probably_spam=True, received_at__lt=old) | Q(received_at__lt=oldest)
    deleted, _ = StoryOffer.objects.filter(over).delete()
    return deleted


def _remind_of(one: StoryOffer, *, now: datetime) -> bool:
    told = StoryOffer.objects.filter(pk=one.pk, reminded_at__isnull=True)
    return bool(told.update(reminded_at=now) and _tell(one, "has waited for two weeks"))


def _tell(one: StoryOffer, words: str) -> bool:
    """A mail to the partner's own people; it says that there is an offer, and nothing of whom."""
    try:
        to = mail_addresses(User.objects.filter(groups__partner_link__partner=one.partner))
        address = settings.HUB_ADDRESS + reverse("story_offers")
        text = render_to_string("stories/mail/offer.txt", {"words": words, "address": address, "due": one.answer_by})
        if to:
            EmailMessage(f"An offer to tell a story {words}", text, None, bcc=to).send()
    except Exception:
        logger.exception("The mail about an offer was not sent. It stands among the offers.")
        return False
    return bool(to)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
