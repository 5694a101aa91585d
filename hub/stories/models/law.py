"""The law chosen, as stories see it: a change darkens every story in the same transaction, however it comes about.

What still holds is lit again by whoever changed it (hub/stories/consent/choosing_law.py); nothing is lit by itself. The
profiles stand in the database's own check as rows, made from the same files that Python reads.
"""

from typing import Any, ClassVar

import pgtrigger

from hub.law import LAWS, AgeBand
from hub.pages.changes import marks_changes
from hub.pages.visibility import darken
from hub.partners.models import LawChosen
from hub.stories.models.triggers import append_only

AS_A_TABLE = """(VALUES
            {rows}
        ) AS law (place, band, voice, is_asked_again, may_be_answered_for, days, days_short, short_uses)
        ON law.band = p.age_band AND law.place = (SELECT place FROM partners_lawchosen ORDER BY id DESC LIMIT 1)"""


def in_sql() -> str:
    """Every profile as a table `law`: a row for each voice that must be heard of each age it knows."""
    rows = [
        "('{}', '{}', '{}', {}, {}, {}, {}, {})".format(
            law.code,
            age.band,
            voice,
            age.band.ends_at is not None,
            age.may_be_answered_for,
            law.lasting.days_short if age.band != AgeBand.ADULT else law.lasting.days,
            law.lasting.days_short,
            f"ARRAY[{', '.join(repr(use) for use in sorted(law.lasting.short_uses))}]",
        )
        for law in LAWS.values()
        for age in law.ages
        for voice in (("own", "guardian") if age.with_guardian else ("own",))
    ]
    joined = ",\n            ".join(rows)
    return AS_A_TABLE.replace("{rows}", joined)


class LawAsStoriesSeeIt(LawChosen):
    """Whoever says that another law holds darkens all stories: which of them still hold is asked afterwards."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            *append_only("law"),
            marks_changes(pgtrigger.Insert),  # readers see its ages
            darken("another_law_darkens", pgtrigger.Insert, pages="SELECT hubpage_ptr_id FROM stories_storypage"),
        ]
