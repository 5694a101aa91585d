"""“Please change or remove this”: what becomes of a request from somebody who is not asked, because they are not known.

A request by itself darkens nothing: anybody could take any story away. Staff look within days and can put a story on
hold at once; the law gives us a month to answer. What was written is deleted a month after the answer.
"""

import logging
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hub.left_out import each_by_itself
from hub.partners.people import partners_of
from hub.stories.light import hidden_stories, sees_hidden
from hub.stories.models import PublicRequest, StoryPage
from hub.stories.review import moderates
from hub.stories.withdrawal import addresses

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)
LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
ANSWER_WITHIN = timedelta(days=30)
REMIND_BEFORE = timedelta(days=7)
KEPT_AFTER = timedelta(days=30)


@transaction.atomic
def receive(*, about: str, wanted: str, message: str, contact: str, is_probably_spam: bool = False) -> PublicRequest:
    """Keeps a request, and tells staff that there is one, in a mail without a word of it."""
    now = timezone.now()
    request = PublicRequest.objects.create(
        reference="R-" + "".join(secrets.choice(LETTERS) for _ in range(6)),
        story=story_at(about),
        about=about.strip(),
        wanted=wanted,
        message=message.strip(),
        contact=contact.strip(),
        is_probably_spam=is_probably_spam,
        received_at=now,
        due_at=now + ANSWER_WITHIN,
    )
    if not is_probably_spam:
        transaction.on_commit(lambda: _tell(request, "has come"), robust=True)
    return request


def story_at(about: str) -> StoryPage | None:
    """The public story whose address stands in `about`; None when none does. A dark one is not found."""
    pieces = [piece for piece in about.replace("?", "/").replace("#", "/").split("/") if piece.startswith("s-")]
    return StoryPage.objects.live().filter(slug__in=pieces).first() if pieces else None


def requests_seen_by(user: Any) -> QuerySet[PublicRequest]:
    """Moderators see all; whoever works for a partner sees those about its stories; nobody else sees any.

    Those about a hidden story are safeguarding's alone.
    """
    found = PublicRequest.objects.select_related("story__partner", "closed_by")
    usual = found if moderates(user) else found.filter(story__partner__in=partners_of(user), is_probably_spam=False)
    if sees_hidden(user):
        return usual | found.filter(story__in=hidden_stories())
    return usual.exclude(story__in=hidden_stories())


def close(request: PublicRequest, *, by: "User", outcome: str) -> None:
    """Notes what was done. Raises ValueError without a word of it, and when somebody has closed it already."""
    if not outcome.strip():
        raise ValueError("Say what was done, or why not: the person may ask.")
    with transaction.atomic():
        waiting = PublicRequest.objects.select_for_update().filter(pk=request.pk, closed_at__isnull=True).first()
        if waiting is None:
            raise ValueError("Somebody has closed this request already. Their note stands.")
        waiting.outcome, waiting.closed_at, waiting.closed_by = outcome.strip(), timezone.now(), by
        waiting.save()


def remind(now: datetime) -> int:
    """Tells staff, once each, that a request is due within a week, and that one is overdue. Returns how many mails."""
    waiting = PublicRequest.objects.filter(closed_at__isnull=True, is_probably_spam=False)
    sent = 0
    for field, before, words in (
        ("overdue_told_at", now, "is overdue"),
        ("reminded_at", now + REMIND_BEFORE, "is due within a week"),
    ):
        due = waiting.filter(**{f"{field}__isnull": True}, due_at__lte=before).order_by("pk")
        sent += sum(each_by_itself(due, partial(_remind_of, field=field, words=words, now=now), of="the reminders"))
    return sent


def _remind_of(request: PublicRequest, *, field: str, words: str, now: datetime) -> bool:
    told = PublicRequest.objects.filter(pk=request.pk, **{f"{field}__isnull": True})
    return bool(told.update(**{"reminded_at": now, field: now}) and _tell(request, words))


def forget_old(now: datetime) -> int:
    """Deletes what people wrote a month after it was answered, and spam a month after it came. Returns how many."""
    old = now - KEPT_AFTER
    deleted, _ = PublicRequest.objects.filter(
        Q(closed_at__lt=old) | Q(is_probably_spam=True, received_at__lt=old)
    ).delete()
    return deleted


def _tell(request: PublicRequest, words: str) -> bool:
    try:
        to = addresses(request.story.partner if request.story else None, story_number=request.story_id)
        address = settings.HUB_ADDRESS + reverse("public_requests")
        text = render_to_string("stories/mail/request.txt", {"request": request, "words": words, "address": address})
        if to:
            EmailMessage(f"Request {request.reference} {words}", text, None, bcc=to).send()
    except Exception:
        logger.exception("The mail about a request was not sent. It stands in the queue.")
        return False
    return bool(to)
