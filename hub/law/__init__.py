"""The law of the place a Hub works in, as data: one file for each place, and what they have in common.

Which of them holds here is a row (hub/partners/law.py). Refuses a place it has no profile of: that is no law at all.
"""

from pathlib import Path

from hub.law.ages import AgeBand
from hub.law.profile import Age, Law, ProfileMistake, Said, Source, check_that_they_agree, read

FOLDER = Path(__file__).parent
ORDER = ("scotland", "england_and_wales", "northern_ireland", "ireland")
LAWS: dict[str, Law] = {code: read(FOLDER / f"{code}.toml") for code in ORDER}
"""Each profile by its code, in the order in which they are offered."""
check_that_they_agree(LAWS.values())

_WITH_GUARDIAN = {age.band for law in LAWS.values() for age in law.ages if age.with_guardian}


def with_guardian(band: str) -> bool:
    """Whether somebody of this age is asked together with a parent or guardian, each of whom can say no.

    The same under every law that knows the band.
    """
    return band in _WITH_GUARDIAN


__all__ = ["LAWS", "Age", "AgeBand", "Law", "ProfileMistake", "Said", "Source", "read", "with_guardian"]
