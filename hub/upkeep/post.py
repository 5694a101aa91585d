"""Every mail is a row first. Nobody waits for a mail server, no mail is lost when it is down, and its age is known.

Django's mail backend here: whoever sends a mail, ours or Wagtail's, writes it down, encrypted, in the transaction that
it tells of. A thread posts it a moment after that is committed; with HUB_MAIL_BY_JOBS, where what answers readers
reaches no mail server, the jobs do within seconds. What could not be posted they try again, later and later, for three
days. A mail is erased when it is posted, or given up: it may hold somebody's private link. It is sent once or, when a
process is killed between sending and noting, twice; never not at all.
"""

import json
import logging
import smtplib
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from hub.database_clock import database_now
from hub.encryption import CannotOpen, lock_away, open_up
from hub.upkeep.models import Mail

logger = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(days=3)
KNOWN_AFTER = timedelta(days=30)  # that one was given up; its words are gone by then
LISTS = ("to", "cc", "bcc", "reply_to")


class Outbox(BaseEmailBackend):
    """Takes mails in. Raises what a database raises, and then whatever the mail tells of has not happened either."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [Mail(locked=lock_away(_written(message))) for message in email_messages if message.recipients()]
        Mail.objects.bulk_create(kept)
        if kept and not settings.HUB_MAIL_BY_JOBS:
            transaction.on_commit(partial(_post_soon, [mail.pk for mail in kept]), robust=True)
        return len(kept)


def post_waiting(now: datetime) -> int:
    """Job: posts every mail whose turn it is. Returns how many were posted."""
    Mail.objects.filter(given_up_at__lt=now - KNOWN_AFTER).delete()
    due = Mail.objects.filter(given_up_at=None, next_try_at__lte=now).order_by("pk")
    return post(due.values_list("pk", flat=True))


def post(numbers: Iterable[int]) -> int:
    """Posts these, one after the other, each in a transaction of its own that nobody else is at. Returns how many."""
    return sum(_post_one(number) for number in list(numbers))


def oldest_waiting() -> datetime | None:
    """Since when a mail waits to be posted."""
    return Mail.objects.filter(given_up_at=None).order_by("made_at").values_list("made_at", flat=True).first()


@transaction.atomic
def _post_one(number: int) -> bool:
    mail = Mail.objects.select_for_update(skip_locked=True).filter(pk=number, given_up_at=None).first()
    if mail is None:
        return False
    try:
        _read(open_up(mail.locked)).send()
    except Exception as problem:  # noqa: BLE001 - whatever a carrier raises; its words may name whom a mail is for
        logger.error("Mail %s was not sent: %s. It is tried again.", number, type(problem).__name__)  # noqa: TRY400
        _note(mail, problem)
        return False
    mail.delete()
    return True


def _note(mail: Mail, problem: Exception) -> None:
    """What went wrong, by its kind: the words of a mail server name whom a mail was for."""
    age = database_now() - mail.made_at
    mail.tries += 1
    mail.problem = type(problem).__name__
    mail.next_try_at = database_now() + min(FIRST_PAUSE * 2 ** min(mail.tries - 1, 10), LONGEST_PAUSE)
    if age > GIVEN_UP_AFTER or isinstance(problem, CannotOpen) or _is_refused_for_good(problem):
        mail.given_up_at, mail.locked = database_now(), ""
        logger.error("Mail %s is given up after %s tries. Its words are erased.", mail.pk, mail.tries)
    mail.save()


def _is_refused_for_good(problem: Exception) -> bool:
    """Whether the server knows none of those it was for, and never will."""
    return isinstance(problem, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in problem.recipients.values()
    )


def _post_soon(numbers: list[int]) -> None:
    threading.Thread(target=_post_and_close, args=[numbers], daemon=True, name="post").start()


def _post_and_close(numbers: list[int]) -> None:
    try:
        post(numbers)
    except Exception:
        logger.exception("Mails were not sent. The jobs try again.")
    finally:
        connection.close()


def _written(message: EmailMessage) -> str:
    """A mail as text. Raises ValueError for one with files: none of ours has any."""
    if message.attachments:
        raise ValueError("A mail with files cannot be kept: send a link.")
    said: dict[str, Any] = {name: list(getattr(message, name)) for name in LISTS}
    said |= {"subject": str(message.subject), "body": str(message.body), "from_email": message.from_email}
    said |= {"headers": {name: str(value) for name, value in message.extra_headers.items()}}
    others = [[str(part[0]), part[1]] for part in getattr(message, "alternatives", [])]
    return json.dumps({**said, "alternatives": others})


def _read(text: str) -> EmailMessage:
    said = json.loads(text)
    said["alternatives"] = [tuple(part) for part in said["alternatives"]]
    carrier = get_connection(settings.MAIL_CARRIER)
    return EmailMultiAlternatives(**said, connection=carrier)
