"""Until when does one yes hold, and what ends it? As the rule says it, of one answer or of many.

Its own day, a law that lets it last less long, a birthday, a wording that is used no more: the first of them. The same
is a condition too, so that few out of many thousands are read; a test holds it against the rule. Decides nothing.
"""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from hub.law import AgeBand, Law
from hub.stories.choices import Use
from hub.stories.light.facts import consent_facts, facts_of_words, person_facts
from hub.stories.models import Consent
from hub.stories.reasons import Reason
from hub.stories.rule import ConsentFacts, Decision, PersonFacts, StoryFacts, ends_of

End = tuple[Reason, datetime]


def first_end(consent: ConsentFacts, person: PersonFacts, story: StoryFacts) -> End | None:
    """What ends this answer, and when; None unless it is a yes. Of two at once the birthday: no new yes outlasts it."""
    if consent.decision != Decision.GIVEN:
        return None
    ends = ends_of(consent, person, story).items()
    return min(ends, key=lambda end: (end[1], end[0] != Reason.AGE_REASK), default=None)


def first_end_of(row: Consent, law: Law | None) -> End | None:
    """The same of a row. No question to the database if its person and its wording's retirement came with it."""
    about = facts_of_words((), content_hash=row.content_hash, law=law, use=row.use)
    return first_end(consent_facts(row, ()), person_facts(row.participation, (), {}), about)


def ends_by(moment: datetime, law: Law | None) -> Q:
    """The yeses whose first end has come by `moment`."""
    again = Q(participation__participant__reask_at__lte=moment)
    retired = Q(wording__retirement__retired_at__lte=moment)
    return Q(decision=Decision.GIVEN) & (runs_out_by(moment, law) | again | retired)


def runs_out_by(moment: datetime, law: Law | None) -> Q:
    """The answers whose own day, or as long as the law lets them last, has come by `moment`."""
    own = Q(expires_at__isnull=True) | Q(expires_at__lte=moment)
    if law is None:
        return own
    by_law = (
        Q(participation__participant__age_band=band, use=use, given_at__lte=moment - law.lasting.of(band, use))
        for band in AgeBand
        for use in Use
    )
    return reduce(or_, by_law, own)
