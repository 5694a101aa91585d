"""Under which place's law does this Hub work? The newest row says so, to Python and to the database's own checks.

A place that no profile is about is no law, and nothing is shown.
"""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from hub.law import LAWS, Law
from hub.partners.models import LawChosen


def newest_place() -> QuerySet[LawChosen, Any]:
    """The newest row's place, to be asked within another question."""
    return LawChosen.objects.order_by("-pk").values_list("place", flat=True)[:1]


def law_now() -> Law | None:
    """The profile of the place; None when there is none, and then nobody may be shown or asked."""
    return next((LAWS[place] for place in newest_place() if place in LAWS), None)


def proof_kept() -> timedelta:
    """How long a proof stays after everything else is erased; without a law, as long as it does anywhere."""
    law = law_now()
    return law.proof.time if law else max(known.proof.time for known in LAWS.values())
