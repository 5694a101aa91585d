"""Everything that changes a piece of feedback. One function, one transaction, one line in the history.

Whoever writes about an older version than the one that is kept is told so, and nothing of theirs or of the other's is
lost. The history says who did what to which number, never a word of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from hub.feedback.models import Feedback
from hub.feedback.stamps import Stamp
from hub.pages.models import HubPage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KEPT = timedelta(days=365)
SPAM_KEPT = timedelta(days=30)
BLANK = "[taken out]"
RAN = "\0ran it"
State = Feedback.State


class CannotDo(Exception):
    """The sentence says why, to the editor who tried."""


class ChangedMeanwhile(CannotDo):
    """Somebody else was first. Whoever was second sees what they did, and doing it again is a choice."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What readers are shown: all of it written by staff."""

    you_said: str
    outcome: str
    our_words: str
    day: date


@transaction.atomic
def receive(
    stamp: Stamp,
    *,
    useful: str,
    words: str,
    ran_it: bool = False,
    suspected_because: str = "",
    at: datetime | None = None,
    is_example: bool = False,
) -> Feedback:
    """Keeps what somebody told us. The same form sent again with the same words is the same piece of feedback."""
    words = words.strip()
    state = State.WAITING if words else State.NOTED  # a yes or a no alone is counted, there is nothing to answer
    kept, _ = Feedback.objects.get_or_create(
        fingerprint=salted_hmac(
            "hub.feedback", f"{stamp.one}\0{useful}\0{words}{RAN if ran_it else ''}", algorithm="sha256"
        ).hexdigest(),
        defaults={
            "page": HubPage.objects.filter(pk=stamp.page_id).first(),
            "partner_id": stamp.partner_id,
            "about": stamp.about,
            "useful": useful,
            "words": words,
            "ran_it": ran_it,
            "state": State.SUSPECTED if suspected_because else state,
            "suspected_because": suspected_because,
            "received_at": at or timezone.now(),
            "is_example": is_example,
        },
    )
    return kept


@transaction.atomic
def publish_answer(feedback: Feedback, answer: Answer, *, by: "User", version: int) -> Feedback:
    """Shows this answer under the page, in place of an earlier one. Raises CannotDo."""
    row = _locked(feedback, version)
    if row.page_id is None:
        raise CannotDo("The page is deleted, so there is no place to show an answer. You can note it instead.")
    row.you_said, row.our_words = answer.you_said.strip(), answer.our_words.strip()
    row.outcome, row.answered_on, row.answered_by = answer.outcome, answer.day, by
    return _kept(row, State.ANSWERED, by, "published")


@transaction.atomic
def take_back(feedback: Feedback, *, by: "User", version: int) -> Feedback:
    """Takes the answer off the site at once. It waits again, with the answer as a draft. Raises CannotDo."""
    row = _locked(feedback, version)
    if row.state != State.ANSWERED:
        raise CannotDo("There is no published answer to take back.")
    return _kept(row, State.WAITING, by, "taken_back")


@transaction.atomic
def note(feedback: Feedback, *, by: "User", version: int) -> Feedback:
    """Read, and no answer is published. Raises CannotDo."""
    return _kept(_locked_and_open(feedback, version), State.NOTED, by, "noted")


@transaction.atomic
def call_it_spam(feedback: Feedback, *, by: "User", version: int) -> Feedback:
    """Out of the queue; deleted a month after it came. Raises CannotDo."""
    return _kept(_locked_and_open(feedback, version), State.SPAM, by, "spam")


@transaction.atomic
def put_in_the_queue(feedback: Feedback, *, by: "User", version: int) -> Feedback:
    """It is no spam, or should be answered after all: it waits. Raises CannotDo."""
    return _kept(_locked_and_open(feedback, version), State.WAITING, by, "queued")


@transaction.atomic
def blank_out(feedback: Feedback, pieces: Iterable[str], *, by: "User", version: int) -> Feedback:
    """Takes these pieces out of what was written, for good. Raises CannotDo when none of them stands in it."""
    row = _locked(feedback, version)
    wanted = sorted({piece.strip() for piece in pieces if piece.strip()}, key=len, reverse=True)
    missing = [piece for piece in wanted if piece not in row.words]
    if not wanted or missing:
        raise CannotDo("Tick what to take out, or copy it word for word. Nothing was changed.")
    for piece in wanted:
        row.words = row.words.replace(piece, BLANK)
    return _kept(row, State(row.state), by, "blanked")


def forget_old(now: datetime) -> int:
    """Erases what people wrote a year after it came, and spam after a month. Published answers stay. Returns how many.

    Whatever was not answered goes as a whole; of what was answered, only the words of whoever wrote it.
    """
    old = Feedback.objects.filter(received_at__lt=now - KEPT)
    erased = old.filter(state=State.ANSWERED, words_erased_at=None).update(words="", words_erased_at=now)
    unanswered, _ = old.exclude(state=State.ANSWERED).delete()
    spam, _ = Feedback.objects.filter(state=State.SPAM, received_at__lt=now - SPAM_KEPT).delete()
    return erased + unanswered + spam


def check_version(feedback: Feedback, version: int) -> None:
    """Raises ChangedMeanwhile when somebody has changed `feedback` since it was at this version."""
    if feedback.version != version:
        raise ChangedMeanwhile("Somebody else has dealt with this while you were here. Below is how it stands now.")


def _locked(feedback: Feedback, version: int) -> Feedback:
    row = Feedback.objects.select_for_update(of=("self",)).filter(pk=feedback.pk).first()
    if row is None:
        raise ChangedMeanwhile("This is not there any more: its time was over.")
    check_version(row, version)
    return row


def _locked_and_open(feedback: Feedback, version: int) -> Feedback:
    row = _locked(feedback, version)
    if row.state == State.ANSWERED:
        raise CannotDo("An answer is published. Take it back first.")
    return row


def _kept(row: Feedback, state: Feedback.State, by: "User", what: str) -> Feedback:
    row.state = state
    row.version += 1
    row.save()
    log(instance=row, action=f"hub.feedback.{what}", user=by)
    return row
