"""The receipt of an erasure: what was done when, by number and code. Holds no name, title or word of the story."""

from typing import Any

from django.utils import timezone

from hub.law.in_words import said
from hub.partners.law import law_now
from hub.stories.models import Proof, WithdrawalCase


def as_text(case: WithdrawalCase) -> str:
    """The receipt for people."""
    erased = f"erased on {_moment(case.erased_at)}" if case.erased_at else "not erased yet"
    kept = Proof.objects.filter(story_number=case.story_number).count()
    lines = [
        f"  {line.description}: {line.get_state_display().lower()}, {_moment(line.at)}"
        + (f" ({line.error_type})" if line.error_type else "")
        for line in case.lines.all()
    ]
    head = f"Withdrawal {case.pk}: story {case.story_number}, {erased}."
    years = said(law_now()).get("proof", "some years")
    foot = f"What stays: the ledger of consent, and {kept} proof(s) of a yes, by code, for {years}."
    return "\n".join([head, *lines, foot])


def _moment(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
