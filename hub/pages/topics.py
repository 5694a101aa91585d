"""The controlled lists readers and editors choose from: who a page is for, what it talks about, what help is for.

Controlled, because a free-text content note can itself give away what it warns of.
"""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noted


class Audience(TextChoices):
    EVERYONE = "everyone", noted("Everyone")
    STAFF = "staff", noted("Staff and volunteers")
    FACILITATORS = "facilitators", noted("People who run a session")
    FAMILIES = "families", noted("Families")
    YOUNG_PEOPLE = "young_people", noted("Young people")


class ContentNote(TextChoices):
    """What a page talks about, in words that say it without showing it."""

    POVERTY = "poverty", noted("living in poverty")
    BEING_JUDGED = "being_judged", noted("being judged in public")
    MONEY_WORRIES = "money_worries", noted("money worries")
    SUBSTANCE_USE = "substance_use", noted("drug use")
    ALCOHOL = "alcohol", noted("drinking")
    MENTAL_HEALTH = "mental_health", noted("mental health")
    SUICIDE = "suicide", noted("suicide")
    ABUSE = "abuse", noted("abuse at home")
    CHILDREN_IN_CARE = "children_in_care", noted("children looked after away from home")
    BEREAVEMENT = "bereavement", noted("someone dying")
    RACISM = "racism", noted("racism")
    DISABILITY = "disability", noted("disability")


def notes_in_words(codes: Iterable[str]) -> list[str]:
    """What each says, in the language of now."""
    return [gettext(str(ContentNote(code).label)) for code in codes]


# A page about any of these carries the exit control (FRONTEND.md R1).
LEAVE_FAST = frozenset({ContentNote.ABUSE, ContentNote.SUBSTANCE_USE, ContentNote.SUICIDE})


# The subject of the whole toolkit: a note about these before nearly every page would be a note about nothing.
EXPECTED_HERE = frozenset({ContentNote.POVERTY, ContentNote.BEING_JUDGED, ContentNote.MONEY_WORRIES})


class HelpTopic(TextChoices):
    MENTAL_HEALTH = "mental_health", "Feeling low or worried"
    SUICIDE = "suicide", "Thoughts of suicide"
    ABUSE = "abuse", "Abuse"
    SUBSTANCE_USE = "substance_use", "Alcohol and drugs"
    MONEY = "money", "Money and benefits"
    CHILDREN = "children", "Children and young people"
    BEREAVEMENT = "bereavement", "Bereavement"
    HEALTH = "health", "Health"


class Needed(TextChoices):
    """What a room has, or has not. Whoever looks for an activity ticks what is at hand."""

    PENS = "pens", noted("Pens and paper")
    STICKY = "sticky", noted("Sticky notes or cards")
    FLIPCHART = "flipchart", noted("A flip chart or a wall to write on")
    PRINTING = "printing", noted("Something printed")
    SCREEN = "screen", noted("A screen")
    ROOM = "room", noted("Room to move")
